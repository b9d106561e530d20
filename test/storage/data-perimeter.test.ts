import { Aws, CfnParameter, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArtifactPrefix, DataPerimeter, ModelArtifactBucket, ModelArtifactBucketProps } from '../../src';
import { errorOf, openFindings, stackFixture, warningsOf } from '../helper';

const ORGANIZATION = 'o-a1b2c3d4e5';
const ARN = { 'Fn::GetAtt': [expect.stringMatching(/^ArtifactsBucket/), 'Arn'] };
const EVERYTHING = [ARN, { 'Fn::Join': ['', [ARN, '/*']] }];
const SERVICE_ROLES = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/aws-service-role/*']] };

function bucketFixture(props: ModelArtifactBucketProps | ((stack: any) => ModelArtifactBucketProps)) {
  const fixture = stackFixture();
  const artifacts = new ModelArtifactBucket(fixture.stack, 'Artifacts', typeof props === 'function' ? props(fixture.stack) : props);
  const statements = (): any[] => Object.entries(fixture.template().findResources('AWS::S3::BucketPolicy'))
    .find(([id]) => id.startsWith('ArtifactsBucket'))![1].Properties.PolicyDocument.Statement;
  return { ...fixture, artifacts, statements, statement: (sid: string) => statements().find(s => s.Sid === sid) };
}

const endpoint = (stack: any, id = 'vpce-1') => GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, id, id);

test('without it, only TLS is asked for', () => {
  expect(bucketFixture({}).statements().map(s => s.Sid)).toEqual(['DenyInsecureTransport', 'DenyOldTls']);
});

test('other organisations are denied what has to do with objects, but AWS services are not', () => {
  const { stack, statement } = bucketFixture({ perimeter: { organizationId: ORGANIZATION } });
  const { Action, ...denied } = statement('DenyOtherOrganizations');
  expect(denied).toEqual({
    Sid: 'DenyOtherOrganizations',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Resource: EVERYTHING,
    Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  });
  expect(Action).toEqual(expect.arrayContaining(['s3:GetObject*', 's3:PutObject*', 's3:DeleteObject*', 's3:ListBucket', 's3:ListBucketVersions']));
  expect(openFindings(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([]);
});

test('nothing is denied by which a wrong value could be put right', () => {
  const { statement } = bucketFixture(stack => ({ perimeter: { organizationId: ORGANIZATION, vpcEndpoints: [endpoint(stack)] } }));
  const covers = (action: string) => ['DenyOtherOrganizations', 'DenyOtherNetworks'].some(sid => statement(sid).Action
    .some((a: string) => new RegExp(`^${a.replaceAll('*', '.*')}$`).test(action)));
  for (const action of ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutEncryptionConfiguration', 's3:DeleteBucket', 's3:GetBucketObjectLockConfiguration']) {
    expect([action, covers(action)]).toEqual([action, false]);
  }
  for (const action of ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectTagging', 's3:DeleteObjectVersion', 's3:ListBucketVersions', 's3:AbortMultipartUpload']) {
    expect([action, covers(action)]).toEqual([action, true]);
  }
});

test('other networks are denied, but AWS services and those who call for others are not', () => {
  const { stack, statement } = bucketFixture(s => ({ perimeter: { vpcEndpoints: [endpoint(s), endpoint(s, 'vpce-2')] } }));
  expect(statement('DenyOtherNetworks').Condition).toEqual({
    StringNotEqualsIfExists: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
    ArnNotLikeIfExists: { 'aws:PrincipalArn': [SERVICE_ROLES] },
  });
  expect(statement('DenyOtherOrganizations')).toBeUndefined();
  expect(JSON.stringify(warningsOf(stack))).toContain('cdk-ml-patterns:onlyByVpcEndpoints');
});

test('roles are let through, the one that replicates among them', () => {
  const role = 'arn:aws:iam::111122223333:role/ci';
  const { artifacts, stack, statement } = bucketFixture(s => ({
    perimeter: { vpcEndpoints: [endpoint(s)], exemptRoles: [Role.fromRoleArn(s, 'Ci', role)] },
    replicas: [{ bucket: Bucket.fromBucketName(s, 'Other', 'other'), encryptionKey: Key.fromKeyArn(s, 'OtherKey', 'arn:aws:kms:eu-west-1:111122223333:key/1') }],
  }));
  expect(statement('DenyOtherNetworks').Condition.ArnNotLikeIfExists['aws:PrincipalArn']).toEqual([SERVICE_ROLES, role, stack.resolve(artifacts.replicationRole!.roleArn)]);
});

test('other accounts are let through: those that are named, and those that were let in as readers', () => {
  const { artifacts, statement } = bucketFixture(stack => ({ perimeter: { organizationId: ORGANIZATION, otherAccounts: ['111111111111'], vpcEndpoints: [endpoint(stack)] } }));
  artifacts.grants.readByAccount('222222222222', ArtifactPrefix.MODELS);
  artifacts.grants.readByAccount('111111111111', ArtifactPrefix.BASELINES);
  for (const sid of ['DenyOtherOrganizations', 'DenyOtherNetworks']) {
    expect(statement(sid).Condition.StringNotEqualsIfExists['aws:PrincipalAccount']).toEqual(['111111111111', '222222222222']);
  }
});

test.each<[string, DataPerimeter, string]>([
  ['nothing', {}, 'perimeter must hold organizationId or vpcEndpoints'],
  ['a root id', { organizationId: 'r-a1b2' }, "perimeter.organizationId must look like 'o-a1b2c3d4e5', got 'r-a1b2'"],
  ['an ARN as account', { organizationId: ORGANIZATION, otherAccounts: ['arn:aws:iam::1:root'] }, "perimeter.otherAccounts[0] must be 12 digits, got 'arn:aws:iam::1:root'"],
  ['no endpoint', { vpcEndpoints: [] }, 'perimeter.vpcEndpoints must hold at least one endpoint, or be left out'],
  ['roles without networks', { organizationId: ORGANIZATION, exemptRoles: [] }, 'perimeter.exemptRoles needs vpcEndpoints'],
  ['a list that is a token', { organizationId: ORGANIZATION, otherAccounts: Fn.split(',', Aws.ACCOUNT_ID) }, 'perimeter.otherAccounts must be a list that is known at synth; its entries may be tokens'],
])('%s is refused', (_, perimeter, problem) => {
  expect(errorOf(() => bucketFixture({ perimeter }))).toBe(`ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - ${problem}`);
});

test('who empties the bucket comes by no endpoint', () => {
  const props = (stack: any) => ({ removalPolicy: RemovalPolicy.DESTROY, deleteObjects: true, perimeter: { vpcEndpoints: [endpoint(stack)] } });
  expect(errorOf(() => bucketFixture(props))).toContain('deleteObjects cannot be true with perimeter.vpcEndpoints: the function that deletes them is in no network');
});

test('values that are known at deployment pass', () => {
  const { statement } = bucketFixture(stack => ({
    perimeter: { organizationId: new CfnParameter(stack, 'Org').valueAsString, otherAccounts: [new CfnParameter(stack, 'Account').valueAsString] },
  }));
  expect(statement('DenyOtherOrganizations').Condition.StringNotEqualsIfExists).toEqual({ 'aws:PrincipalOrgID': { Ref: 'Org' }, 'aws:PrincipalAccount': [{ Ref: 'Account' }] });
});

test('uploads with another encryption are denied, those that ask for none are not', () => {
  const { stack, artifacts, statements } = bucketFixture({ enforceEncryptionKey: true });
  const key = stack.resolve([artifacts.encryptionKey.keyArn, artifacts.encryptionKey.keyId]);
  const SSE = 's3:x-amz-server-side-encryption';
  const denied = statements().filter(s => s.Action === 's3:PutObject');
  expect(denied.map(s => [s.Sid, s.Condition])).toEqual([
    ['DenyOtherEncryption', { Null: { [SSE]: 'false' }, StringNotEquals: { [SSE]: 'aws:kms' } }],
    ['DenyOtherKeys', { Null: { [`${SSE}-aws-kms-key-id`]: 'false' }, StringNotEquals: { [`${SSE}-aws-kms-key-id`]: key } }],
    ['DenyKeyOfAws', { Null: { [`${SSE}-aws-kms-key-id`]: 'true' }, StringEquals: { [SSE]: 'aws:kms' } }],
    ['DenyKeysOfCallers', { Null: { [`${SSE}-customer-algorithm`]: 'false' } }],
  ]);
  expect(denied.every(s => s.Effect === 'Deny')).toBe(true);
  expect(openFindings(stack)).toEqual([]);
  expect(JSON.stringify(warningsOf(stack))).toContain('cdk-ml-patterns:onlyWithBucketKey');
});
