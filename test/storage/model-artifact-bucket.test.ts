import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, CfnBucket, EventType, IBucketRef, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ArtifactPrefix, IModelArtifactBucket, ModelArtifactBucket, ModelArtifactBucketProps } from '../../src';
import { consumerRole, errorOf, expectCompliant, onlyResource, stackFixture, statementsOf, warningsOf } from '../helper';

function bucketFixture(props?: ModelArtifactBucketProps) {
  const fixture = stackFixture();
  const artifacts = new ModelArtifactBucket(fixture.stack, 'Artifacts', props);
  const buckets = () => Object.entries(fixture.template().findResources('AWS::S3::Bucket'));
  return { ...fixture, artifacts, resource: (id: string) => buckets().find(([name]) => name.startsWith(id))![1] };
}

test('with nothing said it is clean', () => {
  expectCompliant(bucketFixture().stack);
});

test('the logical ids are part of the contract', () => {
  expect(Object.keys(bucketFixture().template().toJSON().Resources)).toMatchInlineSnapshot(`
[
  "ArtifactsAccessLogs4D97777C",
  "ArtifactsAccessLogsPolicy78EDC0E2",
  "ArtifactsBucket88671897",
  "ArtifactsBucketPolicyBC103148",
  "MlEncryptionKey1CDF763F",
]
`);
});

test('objects are encrypted with the key, which is asked once per bucket and not per object', () => {
  const { artifacts, stack, resource } = bucketFixture();
  expect(resource('ArtifactsBucket').Properties.BucketEncryption).toEqual({
    ServerSideEncryptionConfiguration: [{
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: stack.resolve(artifacts.encryptionKey.keyArn) },
    }],
  });
  expect(artifacts.bucket.encryptionKey).toBe(artifacts.encryptionKey);
});

test.each(['ArtifactsBucket', 'ArtifactsAccessLogs'])('%s is never public, versioned, owned by its account and kept with its data', id => {
  expect(bucketFixture().resource(id)).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: { Rules: expect.arrayContaining([{ Id: 'AbortIncompleteUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }]) },
    },
  });
});

test('it has no physical name', () => {
  const { resource } = bucketFixture();
  ['ArtifactsBucket', 'ArtifactsAccessLogs'].forEach(id => expect(resource(id).Properties.BucketName).toBeUndefined());
});

test('access is logged, and logs expire', () => {
  const { resource } = bucketFixture();
  expect(resource('ArtifactsBucket').Properties.LoggingConfiguration).toEqual({
    DestinationBucketName: { Ref: expect.stringMatching(/^ArtifactsAccessLogs/) }, LogFilePrefix: 'artifacts/',
  });
  const logs = resource('ArtifactsAccessLogs').Properties;
  expect(logs.LifecycleConfiguration.Rules).toContainEqual({ Id: 'ExpireLogs', Status: 'Enabled', ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
  expect(logs.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }]);
});

test('only the log delivery of this account may write logs, only those of this bucket, and only where they belong', () => {
  const policies = Object.entries(bucketFixture().template().findResources('AWS::S3::BucketPolicy'));
  const [, logs] = policies.find(([id]) => id.startsWith('ArtifactsAccessLogs'))!;
  expect(logs.Properties.PolicyDocument.Statement.filter((s: any) => s.Effect === 'Allow')).toEqual([{
    Sid: expect.stringMatching(/^AccessLogDelivery[0-9A-Za-z]+$/),
    Effect: 'Allow',
    Action: 's3:PutObject',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^ArtifactsAccessLogs/), 'Arn'] }, '/artifacts/*']] },
    Condition: {
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^ArtifactsBucket/), 'Arn'] } },
    },
  }]);
});

test('a bucket for logs may be brought along, made here or imported', () => {
  const { stack, template } = stackFixture();
  const own = new CfnBucket(stack, 'Own');
  new ModelArtifactBucket(stack, 'A', { accessLogsBucket: own });
  new ModelArtifactBucket(stack, 'B', { accessLogsBucket: Bucket.fromBucketName(stack, 'Imported', 'logs') });
  const destinations = Object.values(template().findResources('AWS::S3::Bucket')).map(b => b.Properties?.LoggingConfiguration?.DestinationBucketName);
  expect(destinations).toEqual([undefined, { Ref: 'Own' }, 'logs']);
});

test.each<[string, (stack: any) => any]>([
  ['a key', stack => new Key(stack, 'Own')],
  ['an L1 key', stack => new CfnKey(stack, 'Own', { keyPolicy: {} })],
])('%s may be brought along', (_, make) => {
  const { stack, template } = stackFixture();
  const encryptionKey = make(stack);
  new ModelArtifactBucket(stack, 'Artifacts', { encryptionKey });
  template().resourceCountIs('AWS::KMS::Key', 1);
  template().hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: stack.resolve(encryptionKey.keyRef.keyArn) } }],
    },
  });
});

test('two buckets share the key of the stack, which stays with the data', () => {
  const { stack, template } = stackFixture();
  ['A', 'B'].forEach(id => new ModelArtifactBucket(stack, id));
  expect(onlyResource(template(), 'AWS::KMS::Key').DeletionPolicy).toBe('Retain');
});

test.each<[Duration | undefined, number]>([[undefined, 30], [Duration.days(90), 90]])('what one execution needs expires after %p, and nothing else does', (intermediateExpiration, days) => {
  const { Rules } = bucketFixture({ intermediateExpiration }).resource('ArtifactsBucket').Properties.LifecycleConfiguration;
  expect(Rules.filter((r: any) => r.Id !== 'AbortIncompleteUploads')).toEqual([
    { Id: 'ExpireIntermediate', Status: 'Enabled', Prefix: 'intermediate/', ExpirationInDays: days, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
  ]);
});

test.each([Duration.hours(12), Duration.days(0)])('it cannot expire after %p', intermediateExpiration => {
  expect(errorOf(() => bucketFixture({ intermediateExpiration }))).toContain('intermediateExpiration (days) must be a whole number of at least 1, got');
});

test('events of objects go to EventBridge, without a function', () => {
  const { resource, template } = bucketFixture();
  expect(resource('ArtifactsBucket').Properties.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
  template().resourceCountIs('AWS::Lambda::Function', 0);
});

test('a notification of the consumer is added and leaves EventBridge on', () => {
  const { artifacts, resource, stack, template } = bucketFixture();
  artifacts.bucket.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(new Queue(stack, 'Queue')));
  expect(resource('ArtifactsBucket').Properties.NotificationConfiguration.EventBridgeConfiguration).toEqual({ EventBridgeEnabled: true });
  expect(onlyResource(template(), 'Custom::S3BucketNotifications').Properties).toMatchObject({ Managed: false });
});

test.each([
  ['churn', 'datasets/churn/'],
  ['churn/2026', 'datasets/churn/2026/'],
  ['c', 'datasets/c/'],
])('the data set %s lies at %s', (name, prefix) => {
  const { artifacts, stack } = bucketFixture();
  const data = artifacts.dataset(name);
  expect(data.prefix).toBe(prefix);
  expect(data.bucket).toBe(artifacts.bucket);
  expect(stack.resolve(data.uri)).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(/^ArtifactsBucket/) }, `/${prefix}`]] });
});

test.each(['', '/a', 'a/', 'a*b', '?', '*'])("a data set cannot be called '%s'", name => {
  const { artifacts } = bucketFixture();
  expect(errorOf(() => artifacts.dataset(name))).toBe(
    `ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - dataset name must hold no * or ?, and no '/' at either end, got '${name}'`);
});

test('an artifact is named by its key', () => {
  const { artifacts, stack } = bucketFixture();
  expect(stack.resolve(artifacts.artifact('models/churn/1/model.tar.gz').uri)).toEqual({
    'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(/^ArtifactsBucket/) }, '/models/churn/1/model.tar.gz']],
  });
});

test('the escape hatches are where the documentation says', () => {
  const { artifacts } = bucketFixture();
  for (const path of ['Bucket/Resource', 'Bucket/Policy', 'AccessLogs/Resource']) {
    expect(path.split('/').reduce((node, id) => node.node.findChild(id) as any, artifacts as any)).toBeDefined();
  }
  expect(artifacts.bucket.node.defaultChild).toBeInstanceOf(CfnBucket);
});

test('a bucket for access logs that the app makes is told to let S3 write, any other gives a warning', () => {
  const { stack, template } = stackFixture();
  const made = new Bucket(stack, 'Made', { enforceSSL: true });
  new ModelArtifactBucket(stack, 'One', { accessLogsBucket: made });
  const policies = Object.values(template().findResources('AWS::S3::BucketPolicy'));
  const own = policies.find(p => stack.resolve(made.bucketName).Ref === p.Properties.Bucket.Ref)!;
  expect(own.Properties.PolicyDocument.Statement.map((s: any) => s.Sid)).toContainEqual(expect.stringMatching(/^AccessLogDelivery/));
  expect(warningsOf(stack)).toEqual([]);
});

test('a bucket may have the access logs of several, each with a statement of its own, and of another stack without an ARN that would make a circle', () => {
  const { app, stack } = stackFixture({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const made = new Bucket(stack, 'Made', { enforceSSL: true });
  ['One', 'Two'].forEach(id => new ModelArtifactBucket(stack, id, { accessLogsBucket: made }));
  new ModelArtifactBucket(new Stack(app, 'Elsewhere'), 'Three', { accessLogsBucket: made });
  app.synth();
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy')).flatMap(p => p.Properties.PolicyDocument.Statement);
  const delivery = policies.filter(s => /^AccessLogDelivery/.test(s.Sid));
  expect(new Set(delivery.map(s => s.Sid)).size).toBe(3);
  expect(delivery.map(s => Object.keys(s.Condition).sort())).toEqual([['ArnLike', 'StringEquals'], ['ArnLike', 'StringEquals'], ['StringEquals']]);
});

describe('a bucket that S3 delivers no access logs to', () => {
  const delivers = (make: (stack: Stack) => IBucketRef) => {
    const { stack } = stackFixture();
    new ModelArtifactBucket(stack, 'One', { accessLogsBucket: make(stack) });
    return () => Template.fromStack(stack);
  };
  const byKey = { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms:dsse' } }] };

  test.each<[string, (stack: Stack) => IBucketRef, string]>([
    ['with a key of KMS', stack => new Bucket(stack, 'Made', { enforceSSL: true, encryption: BucketEncryption.KMS }), 'is encrypted with aws:kms by default, not with keys of S3 (AES256)'],
    ['of L1 with two layers of it', stack => new CfnBucket(stack, 'Made', { bucketEncryption: byKey }), 'is encrypted with aws:kms:dsse by default, not with keys of S3 (AES256)'],
    ['whose objects are locked', stack => new Bucket(stack, 'Made', { enforceSSL: true, objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(1)) }), 'locks its objects by default'],
  ])('%s is refused', (_, make, why) => {
    expect(errorOf(delivers(make))).toContain(`[Stack/One] accessLogsBucket 'Stack/Made' ${why}, so S3 delivers no access logs to it`);
  });

  test.each<[string, object, string]>([
    ['account', { account: '999999999999' }, 'is of the account 999999999999, not of that of the stack, 111122223333'],
    ['Region', { region: 'us-east-1' }, 'is in the Region us-east-1, not in that of the stack, eu-west-1'],
  ])('of another %s is refused', (_, where, why) => {
    const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
    new ModelArtifactBucket(stack, 'One', { accessLogsBucket: Bucket.fromBucketAttributes(stack, 'Made', { bucketName: 'logs', ...where }) });
    expect(errorOf(() => Template.fromStack(stack))).toContain(`[Stack/One] accessLogsBucket 'Stack/Made' ${why}, so S3 delivers no access logs to it`);
  });

  test('that keeps artifacts itself is refused, since its key is of KMS', () => {
    expect(errorOf(delivers(stack => new ModelArtifactBucket(stack, 'Made').bucket))).toContain("accessLogsBucket 'Stack/Made/Bucket' is encrypted with aws:kms by default");
  });

  test.each<[string, (stack: Stack) => IBucketRef]>([
    ['that says nothing of encryption', stack => new CfnBucket(stack, 'Made')],
    ['with the keys of S3', stack => new Bucket(stack, 'Made', { enforceSSL: true, encryption: BucketEncryption.S3_MANAGED })],
    ['that may be locked, but not by default', stack => new Bucket(stack, 'Made', { enforceSSL: true, objectLockEnabled: true })],
    ['that is imported with a key', stack => Bucket.fromBucketAttributes(stack, 'Made', { bucketName: 'logs', encryptionKey: new Key(stack, 'Its') })],
  ])('is none %s', (_, make) => {
    expect(delivers(make)).not.toThrow();
  });
});

test('an imported bucket for access logs gives a warning', () => {
  const { stack } = stackFixture();
  new ModelArtifactBucket(stack, 'One', { accessLogsBucket: Bucket.fromBucketName(stack, 'Imported', 'logs') });
  expect(JSON.stringify(warningsOf(stack))).toContain('cdk-ml-patterns:accessLogsNotAllowed');
});

test('a bucket that something else makes can take its place', () => {
  const { stack } = stackFixture();
  const bucket = new Bucket(stack, 'Own');
  const key = new Key(stack, 'OwnKey');
  const artifacts = ModelArtifactBucket.fromBucket(stack, 'Artifacts', bucket, key);
  expect([artifacts.bucket, artifacts.encryptionKey]).toEqual([bucket, key]);
});

describe('a bucket that is imported', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/one';
  const imported = () => {
    const fixture = stackFixture();
    const { stack } = fixture;
    const artifacts: IModelArtifactBucket = ModelArtifactBucket.fromBucket(stack, 'Artifacts', Bucket.fromBucketName(stack, 'Own', 'own'), Key.fromKeyArn(stack, 'Key', KEY));
    return { ...fixture, artifacts };
  };
  const keys = (stack: Stack, permissions: { actions: string[]; resources: string[] }[]) => permissions.filter(p => p.actions.includes('kms:Decrypt')).map(p => stack.resolve(p.resources));

  test('gives roles what they need, and the use of the key along', () => {
    const { stack, artifacts, template } = imported();
    expect(artifacts.grants.readWrite(consumerRole(stack), ArtifactPrefix.MODELS).success).toBe(true);
    const statements = statementsOf(template(), 'Consumer');
    expect(statements.map(s => [s.Action].flat()[0])).toEqual(['s3:GetObject', 's3:ListBucket', 'kms:Decrypt', 's3:PutObject', 'kms:Decrypt']);
    expect(statements.filter(s => s.Resource === KEY)).toHaveLength(2);
    expect(JSON.stringify(statements[0].Resource)).toContain(':s3:::own/models/*');
  });

  test('has artifacts, data sets and places that bring its key along, which the bucket itself does not know', () => {
    const { stack, artifacts } = imported();
    const [artifact, data, place] = [artifacts.artifact('models/a/model.tar.gz'), artifacts.dataset('churn'), artifacts.at(ArtifactPrefix.REPORTS)];
    expect([artifact.uri, data.uri, place.uri]).toEqual(['s3://own/models/a/model.tar.gz', 's3://own/datasets/churn/', 's3://own/reports/']);
    [artifact, data, place].forEach(thing => expect(keys(stack, thing._read())).toEqual([[KEY]]));
    expect(errorOf(() => artifacts.dataset('/a'))).toBe("ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - dataset name must hold no * or ?, and no '/' at either end, got '/a'");
  });

  test('cannot be shared from here, since its policy cannot be changed', () => {
    expect(errorOf(() => imported().artifacts.grants.readByAccount('999999999999')))
      .toBe("ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - the bucket is imported, so its policy cannot be changed here: share it where it is made");
    expect(errorOf(() => imported().artifacts.grants.readByOrganization('o-a1b2c3d4e5'))).toContain('share it where it is made');
  });

  test('is another thing than one of this app, which can be shared', () => {
    const { stack, template } = stackFixture();
    const artifacts = ModelArtifactBucket.fromBucket(stack, 'Artifacts', new Bucket(stack, 'Own'), new Key(stack, 'Key'));
    artifacts.grants.readByAccount('999999999999', ArtifactPrefix.MODELS);
    expect(JSON.stringify(onlyResource(template(), 'AWS::S3::BucketPolicy').Properties)).toContain('999999999999');
  });
});
