import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRepository } from 'aws-cdk-lib/aws-ecr';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { ComplianceEnforcement, CustomContainerRepo, CustomContainerRepoProps } from '../../src';
import { consumerRole, errorOf, expectCompliant, onlyResource, stackFixture, statementFor, statementsOf, warningsOf } from '../helper';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function repoFixture(props?: CustomContainerRepoProps) {
  const fixture = stackFixture();
  return { ...fixture, images: new CustomContainerRepo(fixture.stack, 'Images', props) };
}

test('with nothing said it is clean', () => {
  expectCompliant(repoFixture().stack);
});

test('the logical ids are part of the contract', () => {
  expect(Object.keys(repoFixture().template().toJSON().Resources)).toMatchInlineSnapshot(`
[
  "ImagesRepository2D0F5B9C",
  "MlEncryptionKey1CDF763F",
]
`);
});

test('tags cannot be moved, images are scanned and encrypted, and all stays when the stack is deleted', () => {
  const { stack, images, template } = repoFixture();
  const { Properties, ...rest } = onlyResource(template(), 'AWS::ECR::Repository');
  const { LifecyclePolicy, ...properties } = Properties;
  expect(rest).toEqual({ Type: 'AWS::ECR::Repository', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(properties).toEqual({
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
    EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: stack.resolve(images.encryptionKey.keyArn) },
  });
  expect(onlyResource(template(), 'AWS::KMS::Key').DeletionPolicy).toBe('Retain');
});

test.each<[number | undefined, number]>([[undefined, 1000], [1, 1], [1000, 1000]])('of %s untagged images asked to be kept, %d are; tagged ones never expire', (untaggedImagesKept, kept) => {
  const { template } = repoFixture({ untaggedImagesKept });
  const { rules } = JSON.parse(onlyResource(template(), 'AWS::ECR::Repository').Properties.LifecyclePolicy.LifecyclePolicyText);
  expect(rules).toEqual([{
    rulePriority: 2,
    description: 'Images without a tag',
    selection: { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: kept },
    action: { type: 'expire' },
  }]);
});

test('a number known at deployment passes', () => {
  const { stack } = stackFixture();
  const untaggedImagesKept = new CfnParameter(stack, 'Kept', { type: 'Number' }).valueAsNumber;
  expect(() => new CustomContainerRepo(stack, 'Images', { untaggedImagesKept })).not.toThrow();
});

test('an L1 key may be brought along', () => {
  const { stack, template } = stackFixture();
  new CustomContainerRepo(stack, 'Images', { encryptionKey: new CfnKey(stack, 'Own', { keyPolicy: {} }) });
  template().resourceCountIs('AWS::KMS::Key', 1);
  expect(onlyResource(template(), 'AWS::ECR::Repository').Properties.EncryptionConfiguration.KmsKey).toEqual({ 'Fn::GetAtt': ['Own', 'Arn'] });
});

test.each([0, 1001, 2.5, -1])('%d untagged images cannot be kept', untaggedImagesKept => {
  expect(errorOf(() => repoFixture({ untaggedImagesKept }))).toContain(`untaggedImagesKept must be a whole number between 1 and 1000, got ${untaggedImagesKept}`);
});

test('all problems come in one error', () => {
  const compliance = { enforcement: ComplianceEnforcement.FAIL, exceptions: [{ rule: 'X', reason: 'short' }] };
  expect(errorOf(() => repoFixture({ untaggedImagesKept: 0, compliance }))).toMatch(/^CustomContainerRepo at 'Stack\/Images' has 2 problems:/);
});

test.each<[string, string]>([['1.4.2', ':1.4.2'], [DIGEST, `@${DIGEST}`]])('an image is named by %s', (tagOrDigest, end) => {
  const { stack, images } = repoFixture();
  const image = images.image(tagOrDigest);
  expect(stack.resolve(image.imageUri)).toEqual({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^ImagesRepository/), 'RepositoryUri'] }, end]] });
  expect(image._madeBeside(images)).toBe(true);
});

test.each(['', 'a b', 'sha256:1', '.x'])("an image cannot be named by '%s'", tagOrDigest => {
  const { images } = repoFixture();
  expect(errorOf(() => images.image(tagOrDigest))).toMatch(/^CustomContainerRepo at 'Stack\/Images' has 1 problem:\n {2}- image \(tag or digest\) must be a tag/);
});

test("the tag 'latest' is legal and warned of, any other is not", () => {
  const { stack, images } = repoFixture();
  images.image('1.4.2');
  images.image('latest');
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:latestTag')]);
});

test('who may pull may pull from exactly this repository', () => {
  const { stack, images, template } = repoFixture();
  expect(images.grants.pull(consumerRole(stack)).success).toBe(true);
  const statements = statementsOf(template(), 'Consumer');
  expect(statements).toHaveLength(2);
  expect(statementFor(statements, 'ecr:GetAuthorizationToken').Resource).toBe('*');
  expect(statementFor(statements, 'ecr:BatchGetImage')).toEqual({
    Effect: 'Allow',
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/^ImagesRepository/), 'Arn'] },
  });
});

test('who may push may push to exactly this repository', () => {
  const { stack, images, template } = repoFixture();
  images.grants.push(consumerRole(stack));
  const statement = statementFor(statementsOf(template(), 'Consumer'), 'ecr:PutImage');
  expect(statement.Action).toEqual(expect.arrayContaining(['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload']));
  expect(statement.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ImagesRepository/), 'Arn'] });
});

test('the escape hatch is where the documentation says', () => {
  const { images } = repoFixture();
  expect(images.node.findChild('Repository').node.findChild('Resource')).toBeInstanceOf(CfnRepository);
});
