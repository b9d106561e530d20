import { Aws, CfnParameter } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { CfnFunction, Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { SageMakerImage } from '../../src';
import { Problems } from '../../src/core/problems';
import { consumerRole, errorOf, stackFixture, statementFor, statementsOf } from '../helper';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const { stack } = stackFixture();

function check(image: SageMakerImage): void {
  const problems = new Problems();
  image._check('image', problems);
  problems.throwIfAny(new Construct(stackFixture().stack, 'Sample'));
}

/** The repository from which an image may be pulled. */
const repositoryOf = (image: SageMakerImage) => stack.resolve(image._pull().find(p => p.actions.includes('ecr:BatchGetImage'))?.resources);
const arn = (rest: string) => [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ecr:${rest}`]] }];

test.each<[string, string]>([
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2', 'eu-west-1:111122223333:repository/churn'],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/churn_a.b:1', 'eu-west-1:111122223333:repository/team/churn_a.b'],
  [`111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/churn@${DIGEST}`, 'us-gov-west-1:111122223333:repository/churn'],
  [`111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2@${DIGEST}`, 'eu-west-1:111122223333:repository/churn'],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn', 'eu-west-1:111122223333:repository/churn'],
  [`111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:${new CfnParameter(stack, 'Version').valueAsString}`, 'eu-west-1:111122223333:repository/churn'],
  ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/churn:1.4.2', 'cn-north-1:111122223333:repository/churn'],
])('the name %s tells the repository', (uri, rest) => {
  expect(repositoryOf(SageMakerImage.fromUri(uri))).toEqual(arn(rest));
});

test.each([
  'public.ecr.aws/x/churn:1.4.2',
  'docker.io/library/python:3.12',
  `111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn${Aws.REGION}`,
  '1111.dkr.ecr.eu-west-1.amazonaws.com/churn:1',
  'evil/111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1',
  `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.amazonaws.com/churn:1`,
])('the name %s does not tell a repository of ECR', uri => {
  const image = SageMakerImage.fromUri(uri);
  expect(image._pull()).toEqual([]);
  expect(image._describe()).toEqual([]);
});

test('an image of a repository knows it, imported or made here', () => {
  const fixture = stackFixture();
  const imported = Repository.fromRepositoryName(fixture.stack, 'Imported', 'churn');
  const image = SageMakerImage.fromEcrRepository(imported, '1.4.2');
  expect(fixture.stack.resolve(image._pull()[1].resources)).toEqual([fixture.stack.resolve(imported.repositoryArn)]);
  expect(fixture.stack.resolve(image.imageUri)).toEqual(fixture.stack.resolve(imported.repositoryUriForTag('1.4.2')));
  const byDigest = SageMakerImage.fromEcrRepository(imported, DIGEST);
  expect(fixture.stack.resolve(byDigest.imageUri)).toEqual(fixture.stack.resolve(imported.repositoryUriForDigest(DIGEST)));
  expect(image._madeBeside(fixture.stack)).toBe(false);
  expect(SageMakerImage.fromEcrRepository(new Repository(fixture.stack, 'Made'), '1')._madeBeside(fixture.stack)).toBe(true);
});

test.each<[string, (s: any) => SageMakerImage, unknown]>([
  ['by its repository', s => SageMakerImage.fromEcrRepository(Repository.fromRepositoryArn(s, 'Repository', 'arn:aws:ecr:eu-west-1:111122223333:repository/churn'), '1'),
    'arn:aws:ecr:eu-west-1:111122223333:repository/churn'],
  ['by its name', () => SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1'), arn('eu-west-1:111122223333:repository/churn')[0]],
])('who may pull an image %s may pull from exactly that repository', (_, make, resource) => {
  const fixture = stackFixture();
  expect(make(fixture.stack).grantPull(consumerRole(fixture.stack)).success).toBe(true);
  const statements = statementsOf(fixture.template(), 'Consumer');
  expect(statementFor(statements, 'ecr:GetAuthorizationToken')).toEqual({ Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' });
  expect(statementFor(statements, 'ecr:BatchGetImage')).toEqual({
    Effect: 'Allow', Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: resource,
  });
});

test('the right to pull an image that is not in ECR cannot be granted', () => {
  const fixture = stackFixture();
  expect(SageMakerImage.fromUri('public.ecr.aws/x/churn:1').grantPull(consumerRole(fixture.stack)).success).toBe(false);
  expect(statementsOf(fixture.template(), 'Consumer')).toEqual([]);
});

test.each([
  SageMakerImage.fromUri('python'),
  SageMakerImage.fromUri('x'.repeat(255)),
  SageMakerImage.fromUri(new CfnParameter(stack, 'Uri').valueAsString),
  SageMakerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Checked', 'churn'), new CfnParameter(stack, 'Tag').valueAsString),
])('the name is good (case %#)', image => {
  expect(() => check(image)).not.toThrow();
});

test.each(['', 'a b:1', 'x'.repeat(256), 'churn:\n1'])("'%s' is no name of an image", uri => {
  expect(errorOf(() => check(SageMakerImage.fromUri(uri)))).toContain(`image must be 1 to 255 characters without spaces, got '${uri}'`);
});

test.each(['', '.hidden', '-x', 'a b', 'a/b', 'x'.repeat(129), 'sha256:short', 'sha256:', `sha512:${'0'.repeat(64)}`])("'%s' is neither tag nor digest", tag => {
  const image = SageMakerImage.fromEcrRepository(Repository.fromRepositoryName(stackFixture().stack, 'R', 'churn'), tag);
  expect(errorOf(() => check(image))).toContain(`image (tag or digest) must be a tag of up to 128 letters, digits, '_', '.' and '-', or a digest 'sha256:…', got '${tag}'`);
});

test('an image of a private registry takes the right to call the function that knows the credentials, and no other', () => {
  const fixture = stackFixture();
  const credentialsProvider = Function.fromFunctionArn(fixture.stack, 'Function', 'arn:aws:lambda:eu-west-1:111122223333:function:login');
  const image = SageMakerImage.fromPrivateRegistry('registry.example.com/churn:1', { credentialsProvider });
  expect(image._pull()).toEqual([{ actions: ['lambda:InvokeFunction'], resources: ['arn:aws:lambda:eu-west-1:111122223333:function:login'] }]);
  expect(image._describe()).toEqual([]);
});

test('an L1 function will do, and no function if there are no credentials', () => {
  const fixture = stackFixture();
  const credentialsProvider = new CfnFunction(fixture.stack, 'Function', { code: {}, role: 'r' });
  expect(fixture.stack.resolve(SageMakerImage.fromPrivateRegistry('x/y:1', { credentialsProvider })._pull()[0].resources)).toEqual([{ 'Fn::GetAtt': ['Function', 'Arn'] }]);
  expect(SageMakerImage.fromPrivateRegistry('x/y:1')._pull()).toEqual([]);
});

test('a private registry is none of ECR, whatever its name looks like', () => {
  const image = SageMakerImage.fromPrivateRegistry('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
  expect([image._pull(), image._describe(), image._account]).toEqual([[], [], undefined]);
});

test('a private registry is refused where nothing can use it', () => {
  const image = SageMakerImage.fromPrivateRegistry('registry.example.com/churn:1');
  expect(errorOf(() => check(image))).toContain('image is in a private registry, which only containers of an InferenceModel and training steps can use');
  const problems = new Problems();
  image._check('image', problems, true);
  expect(() => problems.throwIfAny(stack)).not.toThrow();
});

test.each<[Platform, string | undefined]>([
  [Platform.LINUX_AMD64, 'amd64'], [Platform.LINUX_ARM64, 'arm64'], [Platform.custom('linux/arm64/v8'), 'arm64'], [Platform.custom('linux/x86_64'), 'amd64'],
  [Platform.custom('linux/riscv64'), undefined],
])('the platform of an image tells its processors (case %#)', (platform, expected) => {
  const plain = SageMakerImage.fromEcrRepository(Repository.fromRepositoryName(stackFixture().stack, 'R', 'churn'), '1');
  const built = plain.builtFor(platform);
  expect([plain._architecture, built._architecture]).toEqual([undefined, expected]);
  expect([built.imageUri, built._pull(), built._account]).toEqual([plain.imageUri, plain._pull(), plain._account]);
});

test('the account of an image is that of its repository, however it is known', () => {
  const imported = Repository.fromRepositoryArn(stackFixture().stack, 'R', 'arn:aws:ecr:eu-west-1:999999999999:repository/churn');
  expect(SageMakerImage.fromEcrRepository(imported, '1')._account).toBe('999999999999');
  expect(SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1')._account).toBe('111122223333');
  expect(SageMakerImage.fromUri('public.ecr.aws/x/churn:1')._account).toBeUndefined();
});

test.each<[SageMakerImage, boolean]>([
  [SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn'), true],
  [SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1'), false],
  [SageMakerImage.fromUri(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn@${DIGEST}`), false],
  [SageMakerImage.fromUri(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn${new CfnParameter(stack, 'Rest').valueAsString}`), false],
  [SageMakerImage.fromPrivateRegistry('registry.example.com/churn'), false],
])('without tag and digest, latest is what runs (case %#)', (image, expected) => {
  expect(image._isUntagged).toBe(expected);
});
