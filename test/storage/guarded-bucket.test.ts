import { CfnParameter } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { GuardedBucket } from '../../src/storage/guarded-bucket';
import { consumerRole, onlyResource, stackFixture, statementFor, statementsOf } from '../helper';

function guarded(props = {}) {
  const fixture = stackFixture();
  const key = new Key(fixture.stack, 'Key');
  return { ...fixture, key, bucket: new GuardedBucket(fixture.stack, 'Bucket', props, { encryptionKey: key }) };
}

const ARN = { 'Fn::GetAtt': [expect.stringMatching(/^Bucket/), 'Arn'] };
const EVERYTHING = [ARN, { 'Fn::Join': ['', [ARN, '/*']] }];

test('nobody reaches it without TLS, or with an old version of it', () => {
  const { template } = guarded();
  const policy = onlyResource(template(), 'AWS::S3::BucketPolicy');
  expect(policy.DeletionPolicy).toBe('Retain');
  expect(policy.Properties.PolicyDocument.Statement).toEqual([
    { Sid: 'DenyInsecureTransport', Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Resource: EVERYTHING, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'DenyOldTls', Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Resource: EVERYTHING, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
  ]);
});

test('statements of the consumer join the one policy of the bucket', () => {
  const { bucket, template } = guarded();
  const statement = new PolicyStatement({ actions: ['s3:GetObject'], principals: [new ServicePrincipal('lambda.amazonaws.com')], resources: [bucket.arnForObjects('k')] });
  expect(bucket.addToResourcePolicy(statement).statementAdded).toBe(true);
  expect(onlyResource(template(), 'AWS::S3::BucketPolicy').Properties.PolicyDocument.Statement).toHaveLength(3);
});

test('rules for the life of objects are added to the one that ends abandoned uploads', () => {
  const { template } = guarded({ lifecycleConfiguration: { rules: [{ id: 'Mine', status: 'Enabled', expirationInDays: 3 }] } });
  const { Rules } = onlyResource(template(), 'AWS::S3::Bucket').Properties.LifecycleConfiguration;
  expect(Rules.map((r: any) => r.Id)).toEqual(['AbortIncompleteUploads', 'Mine']);
});

test('the grants of CDK work, and the key comes along', () => {
  const { bucket, key, stack, template } = guarded();
  bucket.grantRead(consumerRole(stack));
  expect(statementFor(statementsOf(template(), 'Consumer'), 'kms:Decrypt').Resource).toEqual(stack.resolve(key.keyArn));
});

test('it can never be made public', () => {
  expect(() => guarded().bucket.grantPublicAccess()).toThrow(/public access/i);
});

test('its attributes are those that a bucket of CDK has', () => {
  const { bucket, stack } = guarded();
  const plain = new Bucket(stack, 'Plain');
  const known = (b: any) => ['bucketArn', 'bucketName', 'bucketDomainName', 'bucketRegionalDomainName', 'bucketDualStackDomainName', 'bucketWebsiteUrl', 'bucketWebsiteDomainName']
    .map(name => JSON.stringify(stack.resolve(b[name])).replaceAll(stack.getLogicalId(b.node.defaultChild), 'X'));
  expect(known(bucket)).toEqual(known(plain));
  expect(bucket.isWebsite).toBe(false);
});

test('a value known at deployment is written as it is', () => {
  const { stack, template } = stackFixture();
  new GuardedBucket(stack, 'Bucket', { bucketName: new CfnParameter(stack, 'Name').valueAsString });
  expect(onlyResource(template(), 'AWS::S3::Bucket').Properties.BucketName).toEqual({ Ref: 'Name' });
});
