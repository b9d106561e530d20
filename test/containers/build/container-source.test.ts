import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Aws, CfnParameter, Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { COMMIT, DIRECTORY, directory, logicalId, repoWith } from './built';
import { AwsImage, ContainerSource, GitProvider, InferenceEndpoint, InferenceModel, SageMakerImage } from '../../../src';
import { excluded } from '../../../src/containers/build/directory';
import { errorOf, expectCompliant, onlyResource, statementFor, statementsOf, warningsOf } from '../../helper';

const URL = 'https://github.com/acme/models.git';
const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b2c3d';
const DIGEST = `sha256:${'a'.repeat(64)}`;

const errorFor = (source: ContainerSource) => errorOf(() => repoWith().images.addImage('Abalone', source));
const buildStatements = (images: any, template: Template) => statementsOf(template, logicalId(images, 'Builds', 'Role', 'Policy', 'Resource'));

describe('a directory', () => {
  test('is read as .dockerignore says, but for its Dockerfile', () => {
    expect(excluded(DIRECTORY, 'Dockerfile', ['data'])).toEqual(['*.log', 'Dockerfile', 'data', 'cdk.out', '!Dockerfile', '!.dockerignore']);
    expect(excluded(tmpdir(), 'sub/Dockerfile')).toEqual(['cdk.out', '!sub/Dockerfile']);
  });

  test.each<[string, (root: string) => ContainerSource]>([
    ['CodeBuild', root => ContainerSource.fromDirectory(root, { dockerfile: 'docker/serve.Dockerfile', exclude: ['*.tmp'] })],
    ['local Docker', root => ContainerSource.fromLocalDocker(root, { dockerfile: 'docker/serve.Dockerfile', exclude: ['*.tmp'] })],
  ])('is read by %s as the file of its Dockerfile says, which goes along, and not as that of the directory says', (_, source) => {
    const root = mkdtempSync(join(tmpdir(), 'context-'));
    const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
    mkdirSync(join(root, 'docker'));
    const contents = {
      '.dockerignore': '*.py\n', 'docker/serve.Dockerfile.dockerignore': '*\n!*.py\n', 'docker/serve.Dockerfile': 'FROM scratch\n', 'serve.py': '', 'notes.md': '', 'x.tmp': '',
    };
    Object.entries(contents).forEach(([name, text]) => writeFileSync(join(root, name), text));
    const { app, images } = repoWith(undefined, { outdir });
    images.addImage('Abalone', source(root));
    app.synth();
    const [staged] = readdirSync(outdir).filter(n => n.startsWith('asset.') && readdirSync(join(outdir, n)).includes('docker'));
    const names = readdirSync(join(outdir, staged), { recursive: true, withFileTypes: true }).filter(f => f.isFile()).map(f => f.name).sort();
    expect(names.filter(n => n !== '.dockerignore')).toEqual(['serve.Dockerfile', 'serve.Dockerfile.dockerignore', 'serve.py']);
    [root, outdir].forEach(d => rmSync(d, { recursive: true }));
  });

  test('becomes an asset of CDK', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
    const { app, images } = repoWith(undefined, { outdir });
    images.addImage('Abalone', directory({ exclude: ['left-out.txt'] }));
    app.synth();
    const { files } = JSON.parse(readFileSync(join(outdir, 'Stack.assets.json'), 'utf8'));
    const [{ source }] = Object.values<any>(files).filter((f: any) => f.source.packaging === 'zip');
    expect(readFileSync(join(outdir, source.path, 'Dockerfile'), 'utf8')).toBe('FROM scratch\n');
    expect(() => readFileSync(join(outdir, source.path, 'left-out.txt'))).toThrow();
    rmSync(outdir, { recursive: true });
  });

  test.each<[string, ContainerSource, string]>([
    ['no folder', ContainerSource.fromDirectory('/no/such/folder'), "directory must be a folder, seen from where the program runs, got '/no/such/folder'"],
    ['no Dockerfile', directory({ dockerfile: 'Other' }), `dockerfile must be a file of the directory: there is no 'Other' in '${DIRECTORY}'`],
    ['a Dockerfile elsewhere', directory({ dockerfile: '../Dockerfile' }), "dockerfile must be a path within the directory, without '..', got '../Dockerfile'"],
    ['rebuild beside the argument that it is', directory({ rebuild: '2026-11', buildArgs: { REBUILD: '1' } }), 'rebuild cannot be given beside buildArgs.REBUILD, which it is'],
    ['a bad name of an argument', directory({ buildArgs: { 'A-B': '1' } }), "buildArgs (name) must hold letters, digits and '_' only, and begin with no digit, got 'A-B'"],
    ['a bad target', directory({ target: 'a b' }), "target must hold letters, digits, '_', '.' and '-' only, got 'a b'"],
    ['an unknown platform', directory({ platform: Platform.custom('linux/riscv64') }), "platform must be one of linux/amd64, linux/arm64, got 'linux/riscv64'"],
    ['a base image elsewhere', directory({ baseImages: [SageMakerImage.fromUri('python:3.12')] }), 'baseImages[0] must be in a private registry of ECR, since anything else needs no permission or cannot be signed in to, got \'python:3.12\''],
  ])('with %s is one error', (_, source, message) => {
    expect(errorFor(source)).toBe(`ContainerSource at 'Stack/Images/Abalone' has 1 problem:\n  - ${message}`);
  });

  test('whose path is only known at deployment is refused', () => {
    const { stack, images } = repoWith();
    const path = new CfnParameter(stack, 'Path').valueAsString;
    expect(errorOf(() => images.addImage('Abalone', ContainerSource.fromDirectory(path)))).toContain('directory must be known at synth');
  });

  test('with all problems gives one error', () => {
    expect(errorFor(directory({ dockerfile: 'Other', target: '', buildArgs: { 1: '' } }))).toContain('has 3 problems:');
  });

  test('with something like a secret among its arguments is warned of', () => {
    const { stack, images } = repoWith();
    images.addImage('Abalone', directory({ buildArgs: { PIP_TOKEN: 'x', VERSION: '1' } }));
    Template.fromStack(stack);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/arguments: PIP_TOKEN\. .*:secretInBuildArgs/)]);
  });

  test('may begin with images of AWS and of other accounts, which are pulled from exactly their repositories', () => {
    const { stack, images } = repoWith();
    images.addImage('Abalone', directory({ baseImages: [SageMakerImage.fromUri('763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.6.0')] }));
    const template = expectCompliant(stack);
    expect(onlyResource(template, 'Custom::ContainerImage').Properties.Registries).toEqual([expect.anything(), '763104351884.dkr.ecr.us-east-1.amazonaws.com']);
    expect(buildStatements(images, template).filter(s => JSON.stringify(s.Resource).includes('763104351884'))).toEqual([{
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:us-east-1:763104351884:repository/pytorch-training']] },
    }]);
  });
});

test.each<[string, (bootstrapKey: IKey) => ContainerSource]>([
  ['a directory', bootstrapKey => directory({ bootstrapKey })],
  ['the container kit', bootstrapKey => ContainerSource.fromTemplate(join(DIRECTORY, 'train.py'), { bootstrapKey })],
])('with the key of a bootstrap, builds from %s may decrypt their source by way of S3, and nothing else with it', (_, source) => {
  const { stack, images } = repoWith();
  images.addImage('Abalone', source(Key.fromKeyArn(stack, 'Bootstrap', 'arn:aws:kms:eu-west-1:111122223333:key/boot')));
  const template = expectCompliant(stack);
  expect(buildStatements(images, template).filter(s => JSON.stringify(s.Resource).includes('key/boot'))).toEqual([{
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: 'arn:aws:kms:eu-west-1:111122223333:key/boot',
    Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } },
  }]);
});

describe('a commit', () => {
  test('is fetched by its connection, which builds may use', () => {
    const { stack, images } = repoWith();
    images.addImage('Abalone', ContainerSource.fromGit(URL, COMMIT, { connectionArn: CONNECTION, directory: 'containers/abalone', dockerfile: 'serve.Dockerfile' }));
    const template = expectCompliant(stack);
    const { Content, Source, Build } = onlyResource(template, 'Custom::ContainerImage').Properties;
    expect({ Content, Source, Build }).toEqual({
      Content: `${URL}@${COMMIT}`,
      Source: { Type: 'GITHUB', Location: URL, Version: COMMIT, Connection: CONNECTION },
      Build: { Dockerfile: 'containers/abalone/serve.Dockerfile', Context: 'containers/abalone', Platform: 'linux/amd64' },
    });
    expect(statementFor(buildStatements(images, template), 'codeconnections:GetConnectionToken')).toEqual({
      Effect: 'Allow', Action: ['codeconnections:GetConnection', 'codeconnections:GetConnectionToken'], Resource: CONNECTION,
    });
    expect(Object.keys(template.toJSON().Parameters)).toEqual(['BootstrapVersion']);
  });

  test('of a connection with the older name is allowed by that name', () => {
    const { images, template } = repoWith();
    images.addImage('Abalone', ContainerSource.fromGit(URL, COMMIT, { connectionArn: CONNECTION.replace('codeconnections', 'codestar-connections') }));
    expect(statementFor(buildStatements(images, template()), 'codestar-connections:GetConnection').Resource).toContain('codestar-connections');
  });

  test.each<[string, GitProvider | undefined, string]>([
    ['https://gitlab.com/a/b.git', undefined, 'GITLAB'], ['https://bitbucket.org/a/b', undefined, 'BITBUCKET'], ['https://git.acme.example/a/b', GitProvider.GITHUB_ENTERPRISE, 'GITHUB_ENTERPRISE'],
  ])('at %s is of %s as said, or as the address tells: %s', (url, provider, type) => {
    const { images, build } = repoWith();
    images.addImage('Abalone', ContainerSource.fromGit(url, COMMIT, { provider }));
    expect(build().Properties.Source).toEqual({ Type: type, Location: url, Version: COMMIT });
  });

  test.each<[string, ContainerSource, string]>([
    ['a branch', ContainerSource.fromGit(URL, 'main'), "commit must be the whole id of a commit, 40 digits of 0-9 and a-f, since a branch or a tag can move, got 'main'"],
    ['ssh', ContainerSource.fromGit('git@github.com:acme/models.git', COMMIT, { provider: GitProvider.GITHUB }), "repositoryUrl must be an address that begins with 'https://' and holds no user, got 'git@github.com:acme/models.git'"],
    ['an unknown host', ContainerSource.fromGit('https://git.acme.example/a', COMMIT), "provider must be given, since the address does not tell it, got 'https://git.acme.example/a'"],
    ['a folder outside', ContainerSource.fromGit(URL, COMMIT, { directory: '/etc' }), "directory must be a path within the directory, without '..', got '/etc'"],
    ['no connection', ContainerSource.fromGit(URL, COMMIT, { connectionArn: 'mine' }), "connectionArn must be the ARN of a connection of CodeConnections, got 'mine'"],
  ])('with %s is one error', (_, source, message) => {
    expect(errorFor(source)).toBe(`ContainerSource at 'Stack/Images/Abalone' has 1 problem:\n  - ${message}`);
  });

  test('that is known at deployment passes', () => {
    const { stack, images, build } = repoWith();
    const parameter = (id: string) => new CfnParameter(stack, id).valueAsString;
    images.addImage('Abalone', ContainerSource.fromGit(URL, parameter('Commit'), { connectionArn: parameter('Connection') }));
    expect(build().Properties.Content).toEqual({ 'Fn::Join': ['', [`${URL}@`, { Ref: 'Commit' }]] });
  });
});

describe('an image of another registry', () => {
  test.each([`public.ecr.aws/x/y@${DIGEST}`, 'python:3.12.7', 'quay.io:443/a/b:1', `python:3.12.7@${DIGEST}`])('%s is copied', uri => {
    const { stack, images, build } = repoWith();
    images.addImage('Abalone', ContainerSource.fromRegistry(uri));
    expectCompliant(stack);
    const { Content, Source, Build, Registries } = build().Properties;
    expect({ Content, Source, Build }).toEqual({ Content: uri, Source: { Type: 'NO_SOURCE' }, Build: { Dockerfile: 'Dockerfile', Platform: 'linux/amd64', From: uri } });
    expect(Registries).toHaveLength(1);
  });

  test('of ECR is pulled from exactly its repository', () => {
    const { images, template, build } = repoWith();
    images.addImage('Abalone', ContainerSource.fromRegistry('999999999999.dkr.ecr.us-east-1.amazonaws.com/x:1', { platform: Platform.LINUX_ARM64 }));
    expect(build().Properties.Registries[1]).toBe('999999999999.dkr.ecr.us-east-1.amazonaws.com');
    expect(JSON.stringify(buildStatements(images, template()))).toContain(':ecr:us-east-1:999999999999:repository/x"');
  });

  test('of ECR may be named by a tag and a digest, or by a tag that is only known at deployment', () => {
    const { stack, images, template } = repoWith();
    const uri = '999999999999.dkr.ecr.us-east-1.amazonaws.com/x';
    images.addImage('Both', ContainerSource.fromRegistry(`${uri}:1@${DIGEST}`));
    images.addImage('Later', ContainerSource.fromRegistry(`${uri}:${new CfnParameter(stack, 'Tag').valueAsString}`));
    const builds = Object.values(template().findResources('Custom::ContainerImage'));
    builds.forEach(b => expect(b.Properties.Registries[1]).toBe('999999999999.dkr.ecr.us-east-1.amazonaws.com'));
    expect(JSON.stringify(buildStatements(images, template()))).toContain(':ecr:us-east-1:999999999999:repository/x"');
  });

  test.each([
    `${Aws.ACCOUNT_ID}.dkr.ecr.eu-west-1.amazonaws.com/x:1`, '999999999999.dkr.ecr-fips.us-east-1.amazonaws.com/x:1', '999999999999.dkr-ecr.us-east-1.on.aws/x:1',
    Fn.importValue('Image'), `${Fn.importValue('Registry')}/x:1`, AwsImage.xgboost(repoWith().stack, '1.7-1').imageUri,
  ])('whose name hides its registry is refused, since builds cannot sign in (case %#)', uri => {
    expect(errorFor(ContainerSource.fromRegistry(uri))).toContain('imageUri must say in plain text which registry it is in');
  });

  test('of a public registry may have a tag that is only known at deployment', () => {
    expect(() => repoWith().images.addImage('Abalone', ContainerSource.fromRegistry(`public.ecr.aws/docker/library/python:${Fn.importValue('Python')}`))).not.toThrow();
  });

  test.each<[string, string]>([
    ['python:latest', "imageUri must name a version or a digest: a tag that moves would be copied once and never again, got 'python:latest'"],
    ['python', "imageUri must be the name of an image with a tag or a digest, and without 'https://', got 'python'"],
    ['https://quay.io/a/b:1', "imageUri must be the name of an image with a tag or a digest, and without 'https://', got 'https://quay.io/a/b:1'"],
    ['localhost:5000/python', "imageUri must be the name of an image with a tag or a digest, and without 'https://', got 'localhost:5000/python'"],
  ])('named %s is one error', (uri, message) => {
    expect(errorFor(ContainerSource.fromRegistry(uri))).toBe(`ContainerSource at 'Stack/Images/Abalone' has 1 problem:\n  - ${message}`);
  });
});

describe('local Docker', () => {
  test('builds for the assets of CDK, and makes nothing else', () => {
    const { stack, images, template } = repoWith();
    const image = images.addImage('Abalone', ContainerSource.fromLocalDocker(DIRECTORY, { buildArgs: { A: '1' }, platform: Platform.LINUX_ARM64 }));
    expectCompliant(stack);
    expect(Object.values<any>(template().toJSON().Resources).map(r => r.Type).sort()).toEqual(['AWS::ECR::Repository', 'AWS::KMS::Key']);
    expect(stack.resolve(image.imageUri)['Fn::Sub']).toMatch(/cdk-hnb659fds-container-assets-.*:[0-9a-f]{64}$/);
    expect([image._architecture, image._madeBeside(images)]).toEqual(['arm64', false]);
    expect(JSON.stringify(stack.resolve(image._pull()))).toContain('container-assets');
  });

  test('signs in by itself', () => {
    const source = ContainerSource.fromLocalDocker(DIRECTORY, { baseImages: [SageMakerImage.fromUri('763104351884.dkr.ecr.us-east-1.amazonaws.com/x:1')] });
    expect(errorFor(source)).toContain('baseImages is for builds by CodeBuild');
    const bootstrapKey = Key.fromKeyArn(repoWith().stack, 'Bootstrap', 'arn:aws:kms:eu-west-1:111122223333:key/boot');
    expect(errorFor(ContainerSource.fromLocalDocker(DIRECTORY, { bootstrapKey }))).toContain('bootstrapKey is for builds by CodeBuild');
  });
});

test('an image for the processors of Graviton does not run on others', () => {
  const { stack, images } = repoWith();
  const image = images.addImage('Abalone', directory({ platform: Platform.LINUX_ARM64 }));
  const model = InferenceModel.fromContainer({ image });
  expect(errorOf(() => new InferenceEndpoint(stack, 'Endpoint', { model })))
    .toContain('image is built for arm64, but instances of ml.m5.large have processors for amd64');
});

test('an id is used once', () => {
  const { images } = repoWith();
  images.addImage('Abalone', directory());
  expect(errorOf(() => images.addImage('Abalone', directory()))).toContain("already a Construct with name 'Abalone'");
});

test('with a key that is imported the logs have none, since it may not let CloudWatch use it', () => {
  const { stack } = repoWith();
  const { images, template } = repoWith({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/one') });
  images.addImage('Abalone', directory());
  Object.values(template().findResources('AWS::Logs::LogGroup')).forEach(log => expect(log.Properties.KmsKeyId).toBeUndefined());
});
