import { readFileSync } from 'fs';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { COMMIT, directory, logicalId, repoWith } from './built';
import { CustomContainerRepo } from '../../../src';
import { ContainerSource } from '../../../src/containers/build';
import { dependencyCycle, expectCompliant, onlyResource, stackFixture, statementFor, statementsOf } from '../../helper';
import { TemplateGraph } from '../../template-graph';

const ASSETS = { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' };
const ZIP = /^\/[0-9a-f]{64}\.zip$/;
const LAMBDA = join(__dirname, '..', '..', '..', 'lambda', 'image-build');

test('an image that is built is clean, and nothing waits in a circle or for what is not there', () => {
  const { stack, images } = repoWith();
  images.addImage('Abalone', directory());
  const template = expectCompliant(stack).toJSON();
  const graph = new TemplateGraph(template);
  expect(dependencyCycle(template)).toBeUndefined();
  expect(graph.dangling(Object.keys(template.Parameters ?? {}))).toEqual([]);
  expect(graph.usersBeforePolicies()).toEqual([]);
});

test('the logical ids are part of the contract', () => {
  const { images, template } = repoWith();
  images.addImage('Abalone', directory());
  const made = Object.entries(template().toJSON().Resources as Record<string, any>).map(([id, { Type }]) => [id, Type]);
  expect(Object.fromEntries(made)).toMatchInlineSnapshot(`
{
  "ImagesAbaloneBuildF9BF1CF6": "Custom::ContainerImage",
  "ImagesBuildsAmd64A1CD67E0": "AWS::CodeBuild::Project",
  "ImagesBuildsAmd64EndedAA6B6A42": "AWS::Events::Rule",
  "ImagesBuildsAmd64MayCallB3AF09D9": "AWS::Lambda::Permission",
  "ImagesBuildsBuildLogDE52EB3B": "AWS::Logs::LogGroup",
  "ImagesBuildsFunction4056CB9D": "AWS::Lambda::Function",
  "ImagesBuildsFunctionLogB4A62B6A": "AWS::Logs::LogGroup",
  "ImagesBuildsFunctionPolicy92A62973": "AWS::IAM::ManagedPolicy",
  "ImagesBuildsFunctionRole367AE553": "AWS::IAM::Role",
  "ImagesBuildsRole8D297D81": "AWS::IAM::Role",
  "ImagesBuildsRolePolicyC8517DC2": "AWS::IAM::ManagedPolicy",
  "ImagesRepository2D0F5B9C": "AWS::ECR::Repository",
  "MlEncryptionKey1CDF763F": "AWS::KMS::Key",
}
`);
});

test('the function is told what to build, from where, and for whom to answer', () => {
  const { stack, images, build } = repoWith();
  images.addImage('Abalone', directory({ dockerfile: 'serve.Dockerfile', buildArgs: { B: '2', A: '1' }, target: 'serve' }));
  const at = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
  const repository = logicalId(images, 'Repository', 'Resource');
  const properties = build().Properties;
  expect(properties).toEqual({
    ServiceToken: at(logicalId(images, 'Builds', 'Function'), 'Arn'),
    ServiceTimeout: 3540,
    ProjectName: { Ref: logicalId(images, 'Builds', 'Amd64', 'Resource') },
    RepositoryName: { Ref: repository },
    RepositoryUri: at(repository, 'RepositoryUri'),
    Registries: [stack.resolve(images.repository.registryUri)],
    Content: expect.stringMatching(/^[0-9a-f]{64}$/),
    Tag: expect.stringMatching(/^c-[0-9a-f]{40}$/),
    Source: { Type: 'S3', Location: { 'Fn::Join': ['', [ASSETS, expect.stringMatching(ZIP)]] } },
    Build: { Dockerfile: 'serve.Dockerfile', Args: { A: '1', B: '2' }, Target: 'serve', Platform: 'linux/amd64' },
    Cache: 'true',
  });
  expect(Object.keys(properties.Build.Args)).toEqual(['A', 'B']);
});

test('it is called only when the end of a build will be heard', () => {
  const { images, build, template } = repoWith();
  images.addImage('Abalone', directory());
  expect(build().DependsOn.sort()).toEqual([logicalId(images, 'Builds', 'Amd64', 'Ended'), logicalId(images, 'Builds', 'Amd64', 'MayCall')].sort());
  const before = new TemplateGraph(template().toJSON()).allBefore(logicalId(images, 'Abalone', 'Build'));
  [['Builds', 'Role', 'Policy', 'Resource'], ['Builds', 'FunctionPolicy', 'Resource'], ['Repository', 'Resource']].forEach(path => expect(before).toContain(logicalId(images, ...path)));
});

test('every way in which a build of this project ends calls the function', () => {
  const { images, template } = repoWith();
  images.addImage('Abalone', directory());
  const fn = { 'Fn::GetAtt': [logicalId(images, 'Builds', 'Function'), 'Arn'] };
  const rule = onlyResource(template(), 'AWS::Events::Rule').Properties;
  expect([rule.EventPattern, rule.Targets]).toEqual([
    {
      'source': ['aws.codebuild'],
      'detail-type': ['CodeBuild Build State Change'],
      'detail': { 'project-name': [{ Ref: logicalId(images, 'Builds', 'Amd64', 'Resource') }], 'build-status': ['SUCCEEDED', 'FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'] },
    },
    [{ Id: 'Function', Arn: fn }],
  ]);
  expect(onlyResource(template(), 'AWS::Lambda::Permission').Properties).toEqual({
    Action: 'lambda:InvokeFunction', FunctionName: fn, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [logicalId(images, 'Builds', 'Amd64', 'Ended'), 'Arn'] },
  });
});

test('builds may push to this repository, read this source and write their log, and nothing else', () => {
  const { images, template } = repoWith();
  images.addImage('Abalone', directory());
  const statements = statementsOf(template(), logicalId(images, 'Builds', 'Role', 'Policy', 'Resource'));
  const repository = { 'Fn::GetAtt': [logicalId(images, 'Repository', 'Resource'), 'Arn'] };
  expect(statements).toHaveLength(6);
  expect(statementFor(statements, 'ecr:GetAuthorizationToken').Resource).toBe('*');
  expect(statementFor(statements, 'ecr:PutImage')).toEqual({
    Effect: 'Allow',
    Action: [
      'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart',
    ],
    Resource: repository,
  });
  expect(statementFor(statements, 's3:GetObject')).toEqual({
    Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', ASSETS, expect.stringMatching(ZIP)]] },
  });
  expect(statementFor(statements, 's3:GetBucketLocation').Action).toBe('s3:GetBucketLocation');
  expect(statementFor(statements, 'logs:PutLogEvents').Resource).toEqual({ 'Fn::GetAtt': [logicalId(images, 'Builds', 'BuildLog'), 'Arn'] });
  expect(statementFor(statements, 'kms:Decrypt').Action).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
  expect(JSON.stringify(statements.filter(s => s.Resource !== '*'))).not.toContain('*');
});

test('the function may start these builds, look at these images and read this log, and nothing else', () => {
  const { images, template } = repoWith();
  images.addImage('Abalone', directory());
  const at = (...path: string[]) => ({ 'Fn::GetAtt': [logicalId(images, ...path), 'Arn'] });
  expect(statementsOf(template(), logicalId(images, 'Builds', 'FunctionPolicy', 'Resource'))).toEqual([
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: at('Builds', 'FunctionLog') },
    { Effect: 'Allow', Action: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'], Resource: at('Builds', 'Amd64', 'Resource') },
    { Effect: 'Allow', Action: 'ecr:DescribeImages', Resource: at('Repository', 'Resource') },
    { Effect: 'Allow', Action: 'logs:GetLogEvents', Resource: at('Builds', 'BuildLog') },
  ]);
});

test('the function is that of the tests, and the project runs the script of the tests', () => {
  const { images, template } = repoWith();
  images.addImage('Abalone', directory());
  const fn = onlyResource(template(), 'AWS::Lambda::Function').Properties;
  expect(fn).toMatchObject({ Code: { ZipFile: readFileSync(join(LAMBDA, 'index.py'), 'utf8') }, Handler: 'index.handler', Runtime: 'python3.14', Timeout: 300 });
  const { phases, env } = JSON.parse(onlyResource(template(), 'AWS::CodeBuild::Project').Properties.Source.BuildSpec);
  expect(phases.install.commands).toEqual([`cat > /tmp/build-image.sh <<'SCRIPT'\n${readFileSync(join(LAMBDA, 'build.sh'), 'utf8')}SCRIPT`]);
  expect([phases.build.commands, env]).toEqual([['bash /tmp/build-image.sh'], { shell: 'bash' }]);
});

test('builds run apart, with Docker, encrypted, logged, and end before CloudFormation stops waiting', () => {
  const { images, template } = repoWith();
  images.addImage('Abalone', directory());
  const { Properties } = onlyResource(template(), 'AWS::CodeBuild::Project');
  expect(Properties).toMatchObject({
    Environment: { Type: 'LINUX_CONTAINER', Image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0', ComputeType: 'BUILD_GENERAL1_MEDIUM', PrivilegedMode: true },
    Artifacts: { Type: 'NO_ARTIFACTS' },
    TimeoutInMinutes: 45,
    QueuedTimeoutInMinutes: 8,
    LogsConfig: { CloudWatchLogs: { Status: 'ENABLED', GroupName: { Ref: logicalId(images, 'Builds', 'BuildLog') } } },
  });
  expect(Properties.EncryptionKey).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^MlEncryptionKey/), 'Arn'] });
  expect(Properties.VpcConfig).toBeUndefined();
  Object.values(template().findResources('AWS::Logs::LogGroup')).forEach(log => expect(log.Properties).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() }));
});

test('images for both kinds of processors have a project each, and one function', () => {
  const { images, stack } = repoWith();
  const image = images.addImage('Intel', directory());
  const arm = images.addImage('Graviton', directory({ platform: Platform.LINUX_ARM64 }));
  images.addImage('Second', directory({ target: 'other' }));
  const template = expectCompliant(stack);
  expect([image._architecture, arm._architecture]).toEqual(['amd64', 'arm64']);
  template.resourceCountIs('AWS::CodeBuild::Project', 2);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.resourceCountIs('Custom::ContainerImage', 3);
  template.hasResourceProperties('AWS::CodeBuild::Project', { Environment: { Type: 'ARM_CONTAINER', Image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' } });
  const [start] = statementsOf(template, logicalId(images, 'Builds', 'FunctionPolicy', 'Resource')).filter(s => [s.Action].flat().includes('codebuild:StartBuild'));
  expect(start.Resource).toHaveLength(2);
});

test('images that are built are named by their digest, are pulled from this repository, and never expire by the rule of others', () => {
  const { images, stack, template } = repoWith({ expiry: [{ tagPattern: '*', maxImages: 5 }] });
  const image = images.addImage('Abalone', directory());
  expect(stack.resolve(image.imageUri)).toEqual({ 'Fn::GetAtt': [logicalId(images, 'Abalone', 'Build'), 'ImageUri'] });
  expect(image._pull().at(-1)!.resources).toEqual([images.repository.repositoryArn]);
  expect(image._madeBeside(images)).toBe(false);
  const { rules } = JSON.parse(onlyResource(template(), 'AWS::ECR::Repository').Properties.LifecyclePolicy.LifecyclePolicyText);
  const inOrder = rules.map((r: any) => [r.rulePriority, r.selection.tagPatternList ?? r.selection.tagStatus, r.selection.countNumber]).sort();
  expect(inOrder).toEqual([[1, ['c-*'], 9999], [2, ['*'], 5], [3, 'untagged', 1000]]);
});

test('what is built is decided by its content alone, whatever machine synthesises it', () => {
  const content = (source: ContainerSource) => {
    const { images, build } = repoWith();
    images.addImage('Abalone', source);
    return build().Properties.Content;
  };
  expect(content(directory())).toBe(content(directory({ target: 'other' }))); // the rest of it stands in Build
  expect(content(directory({ exclude: ['left-out.txt'] }))).not.toBe(content(directory()));
});

test('an image may be made from another, and waits for it', () => {
  const { stack, images } = repoWith();
  const base = images.addImage('Base', directory());
  images.addImage('Abalone', directory({ target: 'serve', buildArgs: { BASE: base.imageUri }, baseImages: [base] }));
  const graph = new TemplateGraph(expectCompliant(stack).toJSON());
  expect(graph.allBefore(logicalId(images, 'Abalone', 'Build'))).toContain(logicalId(images, 'Base', 'Build'));
  expect(graph.resources[logicalId(images, 'Abalone', 'Build')].Properties.Build.Args).toEqual({ BASE: { 'Fn::GetAtt': [logicalId(images, 'Base', 'Build'), 'ImageUri'] } });
});

test('many images fit the policies of one role', () => {
  const { stack, images } = repoWith();
  for (let i = 0; i < 40; i++) {
    const base = `arn${i}`;
    images.addImage(`Image${i}`, ContainerSource.fromRegistry(`1111222233${i + 10}.dkr.ecr.eu-west-1.amazonaws.com/${base}:1`));
  }
  const policies = Object.entries(expectCompliant(stack).findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith('ImagesBuildsRole'));
  expect(policies.length).toBeGreaterThan(1);
  policies.forEach(([, p]) => expect(JSON.stringify(p.Properties.PolicyDocument).length).toBeLessThan(12_000)); // tokens written out are longer than what they become
});

test('two repositories of a stack build apart', () => {
  const { stack } = stackFixture();
  ['One', 'Two'].forEach(id => new CustomContainerRepo(stack, id).addImage('Abalone', ContainerSource.fromGit('https://github.com/acme/models.git', COMMIT)));
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Lambda::Function', 2);
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
});
