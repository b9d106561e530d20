import { isTrue, listOf, MlRule, statements } from './rule';

const PUBLIC_ACCESS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

export const bucketGuarded: MlRule = {
  id: 'ML-S3',
  finds: 'missing',
  level: 'error',
  types: ['AWS::S3::Bucket'],
  info: 'Data or models in the bucket are not guarded: what stands in brackets is missing.',
  control: 'Security Hub S3.5, S3.8, S3.9, S3.14, S3.17; cdk-nag S1, S2, S10',
  check: (bucket, _, referring) => [
    ...PUBLIC_ACCESS.every(p => isTrue(bucket.PublicAccessBlockConfiguration?.[p])) ? [] : ['PublicAccessBlockConfiguration'],
    ...referring('AWS::S3::BucketPolicy').some(deniesClearText) ? [] : ['DenyInsecureTransport'],
    ...bucket.VersioningConfiguration?.Status === 'Enabled' ? [] : ['VersioningConfiguration'],
    // The bucket that takes the access logs of others is the end of the chain, and S3 delivers to none with a key of KMS.
    ...referring('AWS::S3::Bucket', 'LoggingConfiguration').length > 0 ? [] : [
      ...hasKey(bucket) ? [] : ['BucketEncryption'],
      ...bucket.LoggingConfiguration === undefined ? ['LoggingConfiguration'] : [],
    ],
  ],
};

function hasKey(bucket: any): boolean {
  const rules = listOf(bucket.BucketEncryption?.ServerSideEncryptionConfiguration);
  return rules.length > 0 && rules.every(r => String(r.ServerSideEncryptionByDefault?.SSEAlgorithm).startsWith('aws:kms'));
}

function deniesClearText(policy: { properties: any }): boolean {
  return statements(policy.properties.PolicyDocument).some(s => s.Effect === 'Deny' && String(s.Condition?.Bool?.['aws:SecureTransport']) === 'false');
}
