import { Validations } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, IBucket, IBucketRef } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ArtifactReplica } from './artifact-replica';
import { isElsewhere } from '../core/stacks';
import { knownKey, onKey } from '../identity/key-behind';
import { keyThrough, useThrough } from '../identity/key-permissions';
import { MlRole } from '../identity/ml-role';
import { permitRole } from '../identity/permission';
import { Permission } from '../identity/permission-statement';

/** Minutes that S3 Replication Time Control promises. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationTimeValue.html */
const MINUTES = 15;

const REASON = 'S3 replicates objects whose keys are not known before they are written.';

/** What is copied, and by whom. */
export interface ReplicationOf {
  readonly replicas: ArtifactReplica[];
  readonly role: IRole;
  readonly bucket: IBucket;
  readonly encryptionKey: IKey;
  readonly locked: boolean;
}

/** The role that S3 replicates with. S3 does not say for which bucket it assumes it; who sets a replication up must be allowed to pass the role. */
export function replicationRole(scope: Construct): MlRole {
  return new MlRole(scope, 'ReplicationRole', { service: 's3.amazonaws.com', description: 'S3 copies artifacts to other buckets', sourceUnknown: true });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html */
export function renderReplication(scope: Construct, replicas: ArtifactReplica[], role: IRole): CfnBucket.ReplicationConfigurationProperty {
  const rule = (r: ArtifactReplica, i: number): CfnBucket.ReplicationRuleProperty => ({
    id: `Replica${i + 1}`,
    priority: i + 1,
    status: 'Enabled',
    filter: { prefix: r.prefix?.prefix ?? '' },
    deleteMarkerReplication: { status: onOff(r.deleteMarkers ?? false) },
    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
    destination: {
      bucket: r.bucket.bucketRef.bucketArn,
      encryptionConfiguration: { replicaKmsKeyId: r.encryptionKey.keyRef.keyArn },
      storageClass: r.storageClass?.value,
      ...(isForeign(scope, r.bucket) && { account: r.bucket.env.account, accessControlTranslation: { owner: 'Destination' } }),
      ...(r.timeControl && { replicationTime: { status: 'Enabled', time: { minutes: MINUTES } }, metrics: { status: 'Enabled', eventThreshold: { minutes: MINUTES } } }),
    },
  });
  return { role: role.roleArn, rules: replicas.map(rule) };
}

/** Gives the role what replicating takes. */
export function permitReplication(scope: Construct, { replicas, role, bucket, encryptionKey, locked }: ReplicationOf): void {
  const locks = locked ? ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] : [];
  permitRole(scope, role,
    { actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [bucket.bucketArn] },
    ...replicas.map((r): Permission => ({
      actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging', ...locks],
      resources: [bucket.arnForObjects(`${r.prefix?.prefix ?? ''}*`)],
      reason: REASON,
    })),
    keyThrough(encryptionKey, 's3', 'kms:Decrypt'),
    ...replicas.flatMap((r): Permission[] => [
      {
        actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags', ...isForeign(scope, r.bucket) ? ['s3:ObjectOwnerOverrideToBucketOwner'] : []],
        resources: [`${r.bucket.bucketRef.bucketArn}/*`],
        reason: REASON,
      },
      onKey(r.encryptionKey, useThrough(r.encryptionKey, 's3', ['kms:Encrypt', 'kms:GenerateDataKey'], regionOfCopies(r))),
    ]),
  );
}

/** The policies of another account cannot be changed from here. */
export function warnOfReplicas(scope: Construct, replicas: ArtifactReplica[] = []): void {
  if (replicas.some(r => isForeign(scope, r.bucket))) {
    Validations.of(scope).addWarning('cdk-ml-patterns:replicaOfOtherAccount',
      'A replica belongs to another account: the policy of its bucket must let the role of the replication use s3:ReplicateObject, s3:ReplicateDelete, s3:ReplicateTags and '
      + 's3:ObjectOwnerOverrideToBucketOwner on its objects, and that of its key kms:Encrypt and kms:GenerateDataKey.');
  }
}

/** As the ARN of the key says, even if only at deployment: copies are rarely in the Region of the stack. */
function regionOfCopies({ encryptionKey }: ArtifactReplica): string {
  return knownKey(encryptionKey).env.region;
}

function isForeign(scope: Construct, bucket: IBucketRef): boolean {
  return isElsewhere(scope, { account: bucket.env.account });
}

function onOff(on: boolean): string {
  return on ? 'Enabled' : 'Disabled';
}
