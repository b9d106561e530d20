import { Fn, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ArtifactPrefix, ModelArtifactBucket, ModelArtifactBucketProps } from '../../src';
import { MlRole } from '../../src/identity/ml-role';
import { consumerRole, errorOf, expectCompliant, stackFixture, statementsOf, warningsOf } from '../helper';

const BUCKET = { 'Fn::GetAtt': [expect.stringMatching(/^ArtifactsBucket/), 'Arn'] };
const below = (prefix: string) => ({ 'Fn::Join': ['', [BUCKET, `/${prefix}*`]] });
const key = (...actions: string[]) => ({
  Effect: 'Allow',
  Action: actions.length === 1 ? actions[0] : actions,
  Resource: { 'Fn::GetAtt': [expect.stringMatching(/^MlEncryptionKey/), 'Arn'] },
  Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } } },
});

const get = (prefix: string) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: below(prefix) });
const list = (prefix: string) => ({ Effect: 'Allow', Action: 's3:ListBucket', Resource: BUCKET, ...(prefix && { Condition: { StringLike: { 's3:prefix': `${prefix}*` } } }) });
const put = (prefix: string) => ({ Effect: 'Allow', Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: below(prefix) });

type Kind = 'read' | 'write' | 'readWrite';

function granted(kind: Kind, prefix?: ArtifactPrefix, grantee: (stack: Stack) => IGrantable = consumerRole) {
  const { stack, template } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  expect(artifacts.grants[kind](grantee(stack), prefix).success).toBe(true);
  return { stack, statements: statementsOf(template(), 'Consumer') };
}

test.each<[Kind, ArtifactPrefix | undefined, object[]]>([
  ['read', ArtifactPrefix.MODELS, [get('models/'), list('models/'), key('kms:Decrypt')]],
  ['read', undefined, [get(''), list(''), key('kms:Decrypt')]],
  ['write', ArtifactPrefix.OUTPUT, [put('output/'), key('kms:Decrypt', 'kms:GenerateDataKey')]],
  ['write', undefined, [put(''), key('kms:Decrypt', 'kms:GenerateDataKey')]],
  ['readWrite', ArtifactPrefix.of('a/b/'), [get('a/b/'), list('a/b/'), key('kms:Decrypt'), put('a/b/'), key('kms:Decrypt', 'kms:GenerateDataKey')]],
])('to %s is to do exactly that below the prefix (case %#)', (kind, prefix, statements) => {
  expect(granted(kind, prefix, stack => new MlRole(stack, 'Consumer', { service: 'sagemaker.amazonaws.com', description: 'd' })).statements).toEqual(statements);
});

test('a role of the consumer gets the same', () => {
  expect(granted('read', ArtifactPrefix.MODELS).statements).toEqual([get('models/'), list('models/'), key('kms:Decrypt')]);
});

test('grants to a role of the library satisfy the checks', () => {
  expectCompliant(granted('readWrite', undefined, stack => new MlRole(stack, 'Consumer', { service: 'sagemaker.amazonaws.com', description: 'd' })).stack);
});

test.each<[Kind]>([['read'], ['write'], ['readWrite']])('to %s at a bad place is an error of the bucket', kind => {
  expect(errorOf(() => granted(kind, ArtifactPrefix.of('models*')))).toContain("ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - prefix must end with '/'");
});

test.each<[string, (stack: Stack) => IGrantable]>([
  ['a role', stack => Role.fromRoleArn(stack, 'Stranger', 'arn:aws:iam::999999999999:role/x')],
  ['a whole account', () => new AccountPrincipal('999999999999')],
])('%s of another account is let in by the bucket and by its key', (_, stranger) => {
  const { stack, template } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  artifacts.grants.read(stranger(stack), ArtifactPrefix.MODELS);
  expectCompliant(stack);
  const theirs = (statements: any[]) => statements.filter(s => JSON.stringify(s.Principal).includes('999999999999'));
  const [policy] = Object.entries(template().findResources('AWS::S3::BucketPolicy')).filter(([id]) => id.startsWith('ArtifactsBucket')).map(([, p]) => p);
  const inBucket = theirs(policy.Properties.PolicyDocument.Statement);
  expect(inBucket.map(s => [s.Action, s.Resource])).toEqual([['s3:GetObject', below('models/')], ['s3:ListBucket', BUCKET]]);
  expect(inBucket[1].Condition).toEqual({ StringLike: { 's3:prefix': 'models/*' } });
  const inKey = theirs(Object.values(template().findResources('AWS::KMS::Key'))[0].Properties.KeyPolicy.Statement);
  expect(inKey.map(s => [s.Action, s.Resource])).toEqual([['kms:Decrypt', '*']]);
  expect(JSON.stringify(inKey[0].Condition)).toContain('kms:ViaService');
});

describe('others', () => {
  const ENV = { account: '111122223333', region: 'eu-west-1' };

  function shared(share: (artifacts: ModelArtifactBucket) => void, props: (stack: Stack) => ModelArtifactBucketProps = () => ({})) {
    const { stack, template } = stackFixture({ stack: { env: ENV } });
    share(new ModelArtifactBucket(stack, 'Artifacts', props(stack)));
    const bucket = () => Object.entries(template().findResources('AWS::S3::BucketPolicy')).find(([id]) => id.startsWith('ArtifactsBucket'))![1].Properties.PolicyDocument.Statement;
    return {
      stack,
      inBucket: () => bucket().filter((s: any) => s.Effect === 'Allow'),
      inKey: () => Object.values(template().findResources('AWS::KMS::Key'))[0].Properties.KeyPolicy.Statement.filter((s: any) => s.Action === 'kms:Decrypt'),
    };
  }

  const VIA_S3 = { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } };

  test('another account reads what is below the prefix, by the policies of bucket and key', () => {
    const { stack, inBucket, inKey } = shared(a => a.grants.readByAccount('999999999999', ArtifactPrefix.MODELS));
    const Principal = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::999999999999:root']] } };
    expect(inBucket()).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Principal, Resource: below('models/') },
      { Effect: 'Allow', Action: 's3:ListBucket', Principal, Resource: BUCKET, Condition: { StringLike: { 's3:prefix': 'models/*' } } },
    ]);
    expect(inKey()).toEqual([{ Effect: 'Allow', Action: 'kms:Decrypt', Principal, Resource: '*', Condition: VIA_S3 }]);
    expectCompliant(stack);
  });

  test('an organisation reads, and nobody else', () => {
    const { stack, inBucket, inKey } = shared(a => a.grants.readByOrganization('o-a1b2c3d4e5'));
    expect(inBucket()).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Principal: { AWS: '*' }, Resource: below(''), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
      { Effect: 'Allow', Action: 's3:ListBucket', Principal: { AWS: '*' }, Resource: BUCKET, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    ]);
    expect(inKey().map((s: any) => s.Condition)).toEqual([{ StringEquals: { ...VIA_S3.StringEquals, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }]);
    expectCompliant(stack);
  });

  test('a key that is imported must let them in elsewhere', () => {
    const imported = (stack: Stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1') });
    const { stack, inBucket } = shared(a => a.grants.readByAccount('999999999999'), imported);
    expect(inBucket()).toHaveLength(2);
    expect(JSON.stringify(warningsOf(stack))).toContain('cdk-ml-patterns:keyNotShared');
  });

  test.each<[string, (artifacts: ModelArtifactBucket) => void, string]>([
    ['an ARN', a => a.grants.readByAccount('arn:aws:iam::1:root'), "accountId must be 12 digits, got 'arn:aws:iam::1:root'"],
    ['no organisation', a => a.grants.readByOrganization('ou-1'), "organizationId must look like 'o-a1b2c3d4e5', got 'ou-1'"],
    ['no prefix', a => a.grants.readByAccount('999999999999', ArtifactPrefix.of('*')), "prefix must end with '/', not begin with it, and hold no *, no ? and no empty part, got '*'"],
  ])('%s is refused', (_, share, problem) => {
    expect(errorOf(() => shared(share))).toBe(`ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - ${problem}`);
  });

  test('values that are known at deployment pass', () => {
    expect(() => shared(a => a.grants.readByAccount(Fn.importValue('account')))).not.toThrow();
    expect(() => shared(a => a.grants.readByOrganization(Fn.importValue('organization')))).not.toThrow();
  });
});
