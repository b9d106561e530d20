import { CfnParameter, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRepository, IRepository, Repository } from 'aws-cdk-lib/aws-ecr';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ComplianceEnforcement, CustomContainerRepo, CustomContainerRepoProps, FindingSeverity, InferenceEndpoint, InferenceModel, SageMakerImage } from '../../src';
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

const repository = (template: Template) => onlyResource(template, 'AWS::ECR::Repository');

test.each<[string, CustomContainerRepoProps]>([
  ['a name', { repositoryName: 'acme/models' }], ['tags that move', { mutableTags: ['dev-*', 'pr-*-head'] }], ['expiry', { expiry: [{ tagPattern: 'dev-*', maxImages: 10 }, { tagPattern: 'pr-*', maxAge: Duration.days(30) }] }],
  ['deletion', { removalPolicy: RemovalPolicy.DESTROY, deleteImages: true }],
])('with %s it is clean', (_, props) => {
  expectCompliant(repoFixture(props).stack);
});

test('tags that move are those that the patterns take, and no other', () => {
  expect(repository(repoFixture({ mutableTags: ['dev-*'] }).template()).Properties).toMatchObject({
    ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    ImageTagMutabilityExclusionFilters: [{ ImageTagMutabilityExclusionFilterType: 'WILDCARD', ImageTagMutabilityExclusionFilterValue: 'dev-*' }],
  });
});

test('images expire by number or age', () => {
  const { template } = repoFixture({ expiry: [{ tagPattern: 'dev-*', maxImages: 10 }, { tagPattern: 'pr-*', maxAge: Duration.days(30) }] });
  expect(JSON.parse(repository(template()).Properties.LifecyclePolicy.LifecyclePolicyText).rules.slice(0, 2)).toEqual([
    { rulePriority: 2, description: 'Images tagged dev-*', selection: { tagStatus: 'tagged', tagPatternList: ['dev-*'], countType: 'imageCountMoreThan', countNumber: 10 }, action: { type: 'expire' } },
    { rulePriority: 3, description: 'Images tagged pr-*', selection: { tagStatus: 'tagged', tagPatternList: ['pr-*'], countType: 'sinceImagePushed', countNumber: 30, countUnit: 'days' }, action: { type: 'expire' } },
  ]);
});

test('an image that can be moved cannot be named', () => {
  const { images } = repoFixture({ mutableTags: ['dev-*'] });
  expect(errorOf(() => images.image('dev-3'))).toContain("image 'dev-3' can be moved, since mutableTags hold 'dev-*', so what runs would change: name a tag that stays, or a digest");
  expect(() => [images.image('1.4.2'), images.image(DIGEST), images.image('predev-3')]).not.toThrow();
});

test('an image that would be removed while it is in use cannot be named; by its digest it is warned of', () => {
  const { stack, images } = repoFixture({ expiry: [{ tagPattern: 'dev.*', maxImages: 10 }] });
  expect(errorOf(() => images.image('dev.3'))).toContain("image 'dev.3' would be removed while it is in use, since expiry holds 'dev.*': give what runs another tag");
  expect(() => images.image('devx3')).not.toThrow();
  images.image(DIGEST);
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:digestMayExpire')]);
});

test('built images that expire are warned of', () => {
  const { stack } = repoFixture({ builtImagesKept: 20 });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:builtImagesExpire')]);
});

test.each<[CustomContainerRepoProps, string]>([
  [{ repositoryName: 'Models' }, "repositoryName must be 2 to 256 lower case letters and digits, with '-', '_', '.' or '/' between them, got 'Models'"],
  [{ repositoryName: 'a' }, 'repositoryName must be 2 to 256'],
  [{ mutableTags: ['*'] }, "mutableTags[0] must not take tags that begin with 'c-', as those of images that are built while deploying do, got '*'"],
  [{ mutableTags: ['a*b*c*'] }, "mutableTags[0] must hold at most 2 '*', got 'a*b*c*'"],
  [{ mutableTags: [] }, 'mutableTags must hold 1 to 5 entries, got 0'],
  [{ mutableTags: ['a b'] }, "mutableTags[0] must hold 1 to 128 letters, digits, '.', '_', '-' and '*', got 'a b'"],
  [{ expiry: [{ tagPattern: 'c-1*', maxImages: 3 }] }, "expiry[0].tagPattern must not begin with 'c-'"],
  [{ expiry: [{ tagPattern: 'dev-*' }] }, 'expiry[0] must have one of maxImages and maxAge'],
  [{ expiry: [{ tagPattern: 'dev-*', maxImages: 1, maxAge: Duration.days(1) }] }, 'expiry[0] must have one of maxImages and maxAge'],
  [{ expiry: [{ tagPattern: 'dev-*', maxAge: Duration.hours(36) }] }, 'expiry[0].maxAge (days) must be a whole number between 1 and 36500, got 1.5'],
  [{ expiry: [{ tagPattern: 'a', maxImages: 1 }, { tagPattern: 'a', maxImages: 2 }] }, 'expiry (tagPattern) must be unique, used twice: a'],
  [{ builtImagesKept: 9 }, 'builtImagesKept must be a whole number between 10 and 9999, got 9'],
  [{ removalPolicy: RemovalPolicy.DESTROY }, 'removalPolicy DESTROY needs deleteImages: true, since the images go with the repository'],
  [{ deleteImages: true }, 'deleteImages needs removalPolicy DESTROY'],
])('wrong options are one error (case %#)', (props, message) => {
  const error = errorOf(() => repoFixture(props));
  expect(error).toContain(message);
  expect(error).toContain('has 1 problem:');
});

test('options known at deployment pass', () => {
  const { stack } = stackFixture();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  expect(() => new CustomContainerRepo(stack, 'Images', { repositoryName: text('Name'), mutableTags: [text('Tag')], expiry: [{ tagPattern: text('Old'), maxImages: 3 }] }).image(text('Used'))).not.toThrow();
});

test('it is deleted with its images, and with a key that nothing else needs, when both words say so', () => {
  const { template } = repoFixture({ removalPolicy: RemovalPolicy.DESTROY, deleteImages: true });
  expect(repository(template())).toMatchObject({ DeletionPolicy: 'Delete', Properties: { EmptyOnDelete: true } });
  expect(onlyResource(template(), 'AWS::KMS::Key').DeletionPolicy).toBe('Delete');
});

test('accounts and organisations may pull, and nothing else', () => {
  const { stack, images } = repoFixture();
  images.grants.pullByAccount('999999999999');
  images.grants.pullByOrganization('o-a1b2c3d4e5');
  const { Statement } = repository(expectCompliant(stack)).Properties.RepositoryPolicyText;
  const Action = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  expect(Statement).toEqual([
    { Effect: 'Allow', Action, Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::999999999999:root']] } } },
    { Effect: 'Allow', Action, Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
  ]);
});

test('a policy that is open to all is still found', () => {
  const { stack, images } = repoFixture();
  images.repository.addToResourcePolicy(new PolicyStatement({ actions: ['ecr:BatchGetImage'], principals: [new AnyPrincipal()] }));
  expect(errorOf(() => Template.fromStack(stack))).toContain('AwsSolutions-ECR1');
});

test.each<[(images: CustomContainerRepo) => void, string]>([
  [images => images.grants.pullByAccount('1'), "accountId must be 12 digits, got '1'"],
  [images => images.grants.pullByOrganization('acme'), "organizationId must look like 'o-a1b2c3d4e5', got 'acme'"],
])('nobody is let in by a wrong name (case %#)', (share, message) => {
  expect(errorOf(() => share(repoFixture().images))).toContain(message);
});

test('images that are pushed start what the rule says', () => {
  const { stack, images, template } = repoFixture();
  images.onImagePushed('Pushed', { target: new SnsTopic(new Topic(stack, 'Topic')), tagPrefix: '1.' });
  const { EventPattern, Targets } = onlyResource(template(), 'AWS::Events::Rule').Properties;
  expect(EventPattern).toEqual({
    'source': ['aws.ecr'],
    'detail-type': ['ECR Image Action'],
    'detail': { 'repository-name': [stack.resolve(images.repository.repositoryName)], 'action-type': ['PUSH'], 'result': ['SUCCESS'], 'image-tag': [{ prefix: '1.' }] },
  });
  expect(Targets).toHaveLength(1);
});

test.each<[FindingSeverity | undefined, object]>([
  [undefined, { 'finding-severity-counts': { CRITICAL: [{ numeric: ['>', 0] }] } }],
  [FindingSeverity.HIGH, { $or: [{ 'finding-severity-counts': { CRITICAL: [{ numeric: ['>', 0] }] } }, { 'finding-severity-counts': { HIGH: [{ numeric: ['>', 0] }] } }] }],
])('scans that found something %s start what the rule says', (severity, counts) => {
  const { stack, images, template } = repoFixture();
  images.onScanFindings('Found', { severity }).addTarget(new SnsTopic(new Topic(stack, 'Topic')));
  expect(onlyResource(template(), 'AWS::Events::Rule').Properties.EventPattern).toEqual({
    'source': ['aws.ecr'],
    'detail-type': ['ECR Image Scan'],
    'detail': { 'repository-name': [stack.resolve(images.repository.repositoryName)], 'scan-status': ['COMPLETE'], ...counts },
  });
});

test('critical findings are announced, and the whole is clean', () => {
  const { stack } = stackFixture();
  const topic = new Topic(stack, 'Topic');
  new CustomContainerRepo(stack, 'Images', { criticalFindingsTopic: topic });
  const rule = onlyResource(expectCompliant(stack), 'AWS::Events::Rule').Properties;
  expect(rule.EventPattern.detail['finding-severity-counts']).toEqual({ CRITICAL: [{ numeric: ['>', 0] }] });
  const target = { Arn: stack.resolve(topic.topicArn), RoleArn: expect.anything(), DeadLetterConfig: expect.anything() };
  expect(rule.Targets).toEqual([expect.objectContaining(target)]);
});

test('notices that could not be delivered have a metric', () => {
  const { stack } = stackFixture();
  const told = new CustomContainerRepo(stack, 'Told', { criticalFindingsTopic: new Topic(stack, 'Topic') });
  expect(told.metricDeadLetters()).toMatchObject({ namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' });
  expect(errorOf(() => new CustomContainerRepo(stack, 'Quiet').metricDeadLetters())).toContain('- it has no dead-letter queue, since it has no criticalFindingsTopic');
});

test('a repository that something else makes has images and pulls, and is not changed', () => {
  const { stack, template } = stackFixture();
  const images = CustomContainerRepo.fromRepositoryName(stack, 'Images', 'churn');
  expect(stack.resolve(images.image('1').imageUri)['Fn::Join'][1].at(-1)).toBe('/churn:1');
  images.grants.pull(consumerRole(stack));
  expect(errorOf(() => images.grants.pullByAccount('999999999999'))).toContain('the repository is imported, so its policy cannot be changed here: share it where it is made');
  expect(errorOf(() => images.image('a b'))).toMatch(/^CustomContainerRepo at 'Stack\/Images' has 1 problem:/);
  template().resourceCountIs('AWS::ECR::Repository', 0);
});

test('a repository of another account is that of the object that is brought along', () => {
  const { stack } = stackFixture();
  const own = Repository.fromRepositoryArn(stack, 'Own', 'arn:aws:ecr:us-east-1:999999999999:repository/churn');
  const images = CustomContainerRepo.fromRepository(stack, 'Images', own);
  expect(images.repository).toBe(own);
  expect([images.image('1')._account, images.image('1')._region]).toEqual(['999999999999', 'us-east-1']);
});

test('a repository of a stack whose account only stands for one is not judged', () => {
  const { stack, template } = stackFixture({ stack: { env: { account: '1234', region: 'eu-west-1' } } });
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image: new CustomContainerRepo(stack, 'Images').image('1') }) });
  expect(() => template()).not.toThrow();
});

describe('a repository that is imported', () => {
  const byArn = (arn: string) => (stack: Stack) => Repository.fromRepositoryArn(stack, 'Imported', arn);

  test.each<[string, (stack: Stack) => IRepository, string]>([
    ['by a name that ECR does not take', stack => Repository.fromRepositoryName(stack, 'Imported', 'Churn Models'), '(repositoryName) must be 2 to 256 lower case letters and digits'],
    ['by a name with a tag', stack => Repository.fromRepositoryName(stack, 'Imported', 'churn:1'), "'-', '_', '.' or '/' between them, got 'churn:1'"],
    ['without an account', byArn('arn:aws:ecr:eu-west-1::repository/churn'), "(account) must be 12 digits, got ''"],
  ])('%s is refused, also for an image of it', (_, make, problem) => {
    const stack = new Stack();
    const brought = make(stack);
    const error = errorOf(() => CustomContainerRepo.fromRepository(stack, 'Images', brought));
    expect(error).toContain("CustomContainerRepo at 'Default/Images' has 1 problem:\n  - repository (");
    expect(error).toContain(problem);
    expect(errorOf(() => new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image: SageMakerImage.fromEcrRepository(brought, '1') }) })))
      .toContain(problem);
  });

  test('by its name is refused in the same way', () => {
    expect(errorOf(() => CustomContainerRepo.fromRepositoryName(new Stack(), 'Images', '-'))).toContain('repository (repositoryName) must be 2 to 256');
  });

  test.each<[string, (stack: Stack) => IRepository]>([
    ['whose name is only known at deployment', stack => Repository.fromRepositoryName(stack, 'Imported', Fn.importValue('Name'))],
    ['of another account', byArn('arn:aws:ecr:eu-west-1:999999999999:repository/team/churn')],
    ['that the stack makes', stack => new Repository(stack, 'Made')],
  ])('%s passes', (_, make) => {
    const stack = new Stack();
    expect(() => CustomContainerRepo.fromRepository(stack, 'Images', make(stack))).not.toThrow();
  });
});
