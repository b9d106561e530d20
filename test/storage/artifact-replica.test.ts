import { App, Duration, Fn, PhysicalName, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, ObjectLockRetention, StorageClass } from 'aws-cdk-lib/aws-s3';
import { ArtifactPrefix, ArtifactReplica, ModelArtifactBucket, ModelArtifactBucketProps } from '../../src';
import { errorOf, expectCompliant, openFindings, stackFixture, statementsOf, warningsOf } from '../helper';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const OTHER = 'arn:aws:s3:::other';
const OTHER_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';

const BUCKET = { 'Fn::GetAtt': [expect.stringMatching(/^ArtifactsBucket/), 'Arn'] };

type More = Partial<ArtifactReplica> & { account?: string };

function replicaFixture({ account = ENV.account, ...more }: More = {}, props: ModelArtifactBucketProps = {}) {
  const fixture = stackFixture({ stack: { env: ENV } });
  const { stack } = fixture;
  const bucket = Bucket.fromBucketAttributes(stack, 'Other', { bucketArn: OTHER, account, region: 'eu-central-1' });
  const replica = { bucket, encryptionKey: Key.fromKeyArn(stack, 'OtherKey', OTHER_KEY), ...more };
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts', { replicas: [replica], ...props });
  const resource = () => Object.entries(fixture.template().findResources('AWS::S3::Bucket')).find(([id]) => id.startsWith('ArtifactsBucket'))![1];
  const configuration = () => resource().Properties.ReplicationConfiguration;
  return { ...fixture, artifacts, replica, configuration, statements: () => statementsOf(fixture.template(), 'ArtifactsReplicationRole') };
}

test('without replicas there is neither a role nor a configuration', () => {
  const { stack, template } = stackFixture();
  expect(new ModelArtifactBucket(stack, 'Artifacts').replicationRole).toBeUndefined();
  template().resourceCountIs('AWS::IAM::Role', 0);
});

test('what is written is copied, encrypted with the key of the copy, and stays when it is deleted', () => {
  const { stack, artifacts, configuration } = replicaFixture();
  expect(configuration()).toEqual({
    Role: stack.resolve(artifacts.replicationRole!.roleArn),
    Rules: [{
      Id: 'Replica1',
      Priority: 1,
      Status: 'Enabled',
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Disabled' },
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      Destination: { Bucket: OTHER, EncryptionConfiguration: { ReplicaKmsKeyID: OTHER_KEY } },
    }],
  });
  expectCompliant(stack);
});

test('the role may do exactly that', () => {
  const { stack, artifacts, statements } = replicaFixture({ prefix: ArtifactPrefix.MODELS });
  expect(statements()).toEqual([
    { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: BUCKET },
    {
      Effect: 'Allow',
      Action: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
      Resource: { 'Fn::Join': ['', [BUCKET, '/models/*']] },
    },
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: stack.resolve(artifacts.encryptionKey.keyArn),
      Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } },
    },
    { Effect: 'Allow', Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], Resource: `${OTHER}/*` },
    {
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: OTHER_KEY,
      Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-central-1.', { Ref: 'AWS::URLSuffix' }]] } } },
    },
  ]);
});

test('the key of copies is used in the Region that its ARN says, also where that is only known at deployment', () => {
  const fixture = stackFixture({ stack: { env: ENV } });
  const { stack } = fixture;
  const encryptionKey = Key.fromKeyArn(stack, 'OtherKey', Fn.importValue('KeyOfCopies'));
  new ModelArtifactBucket(stack, 'Artifacts', { replicas: [{ bucket: Bucket.fromBucketName(stack, 'Other', 'other'), encryptionKey }] });
  const region = { 'Fn::Select': [3, { 'Fn::Split': [':', { 'Fn::ImportValue': 'KeyOfCopies' }] }] };
  expect(statementsOf(fixture.template(), 'ArtifactsReplicationRole').at(-1)).toMatchObject({
    Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', region, '.', { Ref: 'AWS::URLSuffix' }]] } } },
  });
});

test('only S3 assumes the role', () => {
  const role = Object.values(replicaFixture().template().findResources('AWS::IAM::Role'))[0];
  expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 's3.amazonaws.com' } }]);
});

test('each option has its place', () => {
  const options = { deleteMarkers: true, timeControl: true, storageClass: StorageClass.INTELLIGENT_TIERING };
  const { configuration } = replicaFixture({ prefix: ArtifactPrefix.MODELS, ...options });
  expect(configuration().Rules[0]).toMatchObject({
    Filter: { Prefix: 'models/' },
    DeleteMarkerReplication: { Status: 'Enabled' },
    Destination: {
      StorageClass: 'INTELLIGENT_TIERING',
      ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
    },
  });
});

test('copies in another account belong to it, and its policies are warned of', () => {
  const { stack, configuration, statements } = replicaFixture({ account: '999999999999' });
  expect(configuration().Rules[0].Destination).toMatchObject({ Account: '999999999999', AccessControlTranslation: { Owner: 'Destination' } });
  expect(JSON.stringify(statements())).toContain('s3:ObjectOwnerOverrideToBucketOwner');
  expect(JSON.stringify(warningsOf(stack))).toContain('cdk-ml-patterns:replicaOfOtherAccount');
  expect(openFindings(stack)).toEqual([]);
});

test('locks are copied along', () => {
  const { statements } = replicaFixture({}, { objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(7)) });
  expect(statements()[1].Action).toEqual(expect.arrayContaining(['s3:GetObjectRetention', 's3:GetObjectLegalHold']));
});

test('a bucket in another Region, made by the same program, has a role with a name that it can trust', () => {
  const app = new App();
  const there = new Stack(app, 'There', { env: { account: '999999999999', region: 'eu-central-1' } });
  const encryptionKey = new Key(there, 'Key', { alias: 'copies' });
  const copies = new Bucket(there, 'Copies', { bucketName: PhysicalName.GENERATE_IF_NEEDED, encryptionKey, versioned: true });
  const here = new Stack(app, 'Here', { env: ENV });
  const role = new Role(here, 'Role', { roleName: 'replicates', assumedBy: new ServicePrincipal('s3.amazonaws.com') });
  const artifacts = new ModelArtifactBucket(here, 'Artifacts', { replicas: [{ bucket: copies, encryptionKey: Key.fromKeyArn(here, 'CopiesKey', OTHER_KEY) }], replicationRole: role });
  copies.addReplicationPolicy(role.roleArn, true, '111122223333');
  expect(artifacts.replicationRole).toBe(role);
  Template.fromStack(here).resourceCountIs('AWS::IAM::Role', 1);
  expect(statementsOf(Template.fromStack(here), 'ArtifactsPermissionsOf').map(s => s.Action)).toContainEqual(['s3:GetReplicationConfiguration', 's3:ListBucket']);
  expect(JSON.stringify(Template.fromStack(there).findResources('AWS::S3::BucketPolicy'))).toContain(':role/replicates');
});

test.each<[More, ModelArtifactBucketProps, string]>([
  [{ prefix: ArtifactPrefix.of('models') }, {}, "replicas[0].prefix must end with '/', not begin with it, and hold no *, no ? and no empty part, got 'models'"],
  [{}, { replicas: [] }, 'replicas must hold 1 to 1000 entries, got 0'],
])('%j is refused', (more, props, problem) => {
  expect(errorOf(() => replicaFixture(more, props))).toBe(`ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - ${problem}`);
});

test('a role without replicas has nothing to do', () => {
  const { stack } = stackFixture();
  const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/x');
  expect(errorOf(() => new ModelArtifactBucket(stack, 'Artifacts', { replicationRole: role }))).toContain('replicationRole needs replicas');
});
