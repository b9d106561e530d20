import { Lazy, Stack, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataPerimeter } from './data-perimeter';

/** What has to do with objects. Not with the bucket itself, or a wrong value here would lock out those who can put it right. */
const DATA_ACTIONS = [
  's3:GetObject*', 's3:PutObject*', 's3:DeleteObject*', 's3:ReplicateObject', 's3:ReplicateDelete', 's3:RestoreObject', 's3:BypassGovernanceRetention',
  's3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload',
];

const SSE = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';

/** What the perimeter must know of the bucket. */
export interface PerimeterOf {
  readonly bucket: IBucket;
  /** Accounts that are let in elsewhere; asked at synth. */
  readonly readers: () => string[];
  readonly replicationRoleArn?: string;
}

/**
 * What the policy of the bucket denies. A condition that is negated holds as well where the request does not say it.
 *
 * https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/resource_based_policies/s3_bucket_policy.json
 */
export function perimeterStatements(perimeter: DataPerimeter, of: PerimeterOf): PolicyStatement[] {
  const { organizationId, vpcEndpoints, exemptRoles = [], otherAccounts = [] } = perimeter;
  const { bucket, readers, replicationRoleArn } = of;
  const serviceRoles = Stack.of(bucket).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'aws-service-role/*' });
  const others = () => [...new Set([...otherAccounts, ...readers()])];
  const accounts = { 'aws:PrincipalAccount': Lazy.list({ produce: others }, { omitEmpty: true }) };
  const statements: PolicyStatement[] = [];
  const denyAll = (sid: string, conditions: Record<string, unknown>) => statements.push(
    deny(sid, conditions, DATA_ACTIONS, [bucket.bucketArn, bucket.arnForObjects('*')]));
  if (organizationId !== undefined) {
    denyAll('DenyOtherOrganizations', {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId, ...accounts },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    });
  }
  if (vpcEndpoints !== undefined) {
    denyAll('DenyOtherNetworks', {
      StringNotEqualsIfExists: { 'aws:SourceVpce': vpcEndpoints.map(e => e.vpcEndpointRef.vpcEndpointId), ...accounts },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      ArnNotLikeIfExists: {
        'aws:PrincipalArn': [serviceRoles, ...exemptRoles.map(r => r.roleRef.roleArn), ...replicationRoleArn === undefined ? [] : [replicationRoleArn]],
      },
    });
  }
  return statements;
}

/**
 * Objects with any other encryption than that of the bucket are denied. A request that says nothing of it gets the bucket's.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html says that `aws:kms` without a key means the key `aws/s3`, not that of the bucket.
 */
export function encryptionStatements(bucket: IBucket, key: IKey): PolicyStatement[] {
  const denyPut = (sid: string, conditions: Record<string, unknown>) => deny(sid, conditions, ['s3:PutObject'], [bucket.arnForObjects('*')]);
  return [
    denyPut('DenyOtherEncryption', { Null: { [SSE]: 'false' }, StringNotEquals: { [SSE]: 'aws:kms' } }),
    denyPut('DenyOtherKeys', { Null: { [KEY_ID]: 'false' }, StringNotEquals: { [KEY_ID]: [key.keyArn, key.keyId] } }),
    denyPut('DenyKeyOfAws', { Null: { [KEY_ID]: 'true' }, StringEquals: { [SSE]: 'aws:kms' } }),
    denyPut('DenyKeysOfCallers', { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } }),
  ];
}

/** What the options break where nobody thinks of it. */
export function warnOfPerimeter(scope: Construct, perimeter: DataPerimeter | undefined, enforceEncryptionKey: boolean | undefined): void {
  if (perimeter?.vpcEndpoints !== undefined) {
    Validations.of(scope).addWarning('cdk-ml-patterns:onlyByVpcEndpoints',
      'Objects are reached by the VPC endpoints of the perimeter only: jobs, endpoints and notebooks without a network that has one of them fail, and so do uploads from the console, '
      + 'laptops and CI. Let roles through by exemptRoles.');
  }
  if (enforceEncryptionKey === true) {
    Validations.of(scope).addWarning('cdk-ml-patterns:onlyWithBucketKey',
      'Uploads that ask for aws:kms without a key, or that name the key by an alias, are denied: jobs made elsewhere must name the key of the bucket by its ARN for their output.');
  }
}

function deny(sid: string, conditions: Record<string, unknown>, actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ sid, conditions, effect: Effect.DENY, principals: [new AnyPrincipal()], actions, resources });
}
