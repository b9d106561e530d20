import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { IBucketRef, StorageClass } from 'aws-cdk-lib/aws-s3';
import { ArtifactPrefix } from './artifact-prefix';
import { Problems } from '../core/problems';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationConfiguration.html */
const MAX_REPLICAS = 1000;

/**
 * Another bucket that gets a copy of what is written from now on. What is there already is copied by S3 Batch Replication only.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export interface ArtifactReplica {
  /**
   * The bucket that gets the copies, of any Region and account, with versioning. If it is of another account, its policy must let the role of the
   * replication in, and if this bucket has an object lock, it must have one too.
   */
  readonly bucket: IBucketRef;

  /** Key that encrypts the copies, in the Region of their bucket. */
  readonly encryptionKey: IKeyRef;

  /**
   * What is copied.
   *
   * @default - everything
   */
  readonly prefix?: ArtifactPrefix;

  /**
   * Whether deletions are copied: of the current object only, never of a version.
   *
   * @default false
   */
  readonly deleteMarkers?: boolean;

  /**
   * Whether S3 promises to copy within 15 minutes and tells where it does not. It costs by the amount of data.
   *
   * @default false
   */
  readonly timeControl?: boolean;

  /**
   * Storage class of the copies.
   *
   * @default - that of the objects
   */
  readonly storageClass?: StorageClass;
}

/** The rules of all options. */
export function checkReplicas(replicas: ArtifactReplica[] | undefined, role: IRole | undefined, problems: Problems): void {
  problems.count('replicas', replicas, 1, MAX_REPLICAS);
  replicas?.forEach((r, i) => r.prefix?._check(`replicas[${i}].prefix`, problems));
  problems.check(role === undefined || replicas !== undefined, 'replicationRole needs replicas');
}
