import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { IBucketRef, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { ArtifactLifecycle, checkLifecycles } from './artifact-lifecycle';
import { ArtifactReplica, checkReplicas } from './artifact-replica';
import { checkPerimeter, DataPerimeter } from './data-perimeter';
import { ComplianceOptions } from '../compliance/compliance-options';
import { Problems } from '../core/problems';
import { aliasOf } from '../identity/key-behind';

/** A bucket has no snapshots. */
const REMOVAL_POLICIES = [RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, RemovalPolicy.DESTROY];

/**
 * Properties of a ModelArtifactBucket.
 */
export interface ModelArtifactBucketProps {
  /**
   * Key that encrypts the objects.
   *
   * @default - a customer-managed key with rotation, shared by the constructs of this library in the stack and kept when the stack is deleted
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Whether uploads are denied that ask for another encryption than that of the bucket: another key, S3's own, or one that the caller sends along. Uploads
   * that ask for none always get that of the bucket.
   *
   * @default false
   */
  readonly enforceEncryptionKey?: boolean;

  /**
   * Bucket that receives the access logs, below `artifacts/`. One that the app makes is told to let S3 write them; any other must do so. It must be
   * of the same account and Region, encrypted with the keys of S3, not of KMS, and have no object lock with a default retention.
   *
   * @default - a bucket of its own, encrypted by S3, whose logs expire after 365 days
   */
  readonly accessLogsBucket?: IBucketRef;

  /**
   * After how many whole days the objects below `intermediate/` expire, 1 or more: what pipelines write there is needed by one execution only. They can be
   * brought back for 30 days more. Longer than any execution takes.
   *
   * @default Duration.days(30)
   */
  readonly intermediateExpiration?: Duration;

  /**
   * What becomes of objects with time, by prefix. Parts of uploads that were given up go after 7 days in any case.
   *
   * @default - nothing goes but what is below `intermediate/`
   */
  readonly lifecycle?: ArtifactLifecycle[];

  /**
   * Who reaches the objects at all, and from where.
   *
   * @default - whoever IAM and the policy of the bucket let in, from any network
   */
  readonly perimeter?: DataPerimeter;

  /**
   * Whether versions of objects can be locked, so that nobody deletes them. It cannot be taken back.
   *
   * @default - only if `objectLockDefaultRetention` is given
   */
  readonly objectLockEnabled?: boolean;

  /**
   * For how long, and how strictly, each new version of any object is locked, those below `intermediate/` included: what expires is then deleted only when its lock ends.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   * @default - versions are not locked unless somebody locks them
   */
  readonly objectLockDefaultRetention?: ObjectLockRetention;

  /**
   * Buckets that get copies of what is written, 1 to 1000.
   *
   * @default - none
   */
  readonly replicas?: ArtifactReplica[];

  /**
   * Role that S3 replicates with, for example one with a name that another account already trusts. It gets what it needs.
   *
   * @default - one of its own
   */
  readonly replicationRole?: IRole;

  /**
   * What becomes of the bucket when the stack is deleted. `RemovalPolicy.DESTROY` needs `deleteObjects` as well.
   *
   * @default - `RemovalPolicy.RETAIN`, with all objects
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Said with `RemovalPolicy.DESTROY` only. `true`: the bucket is emptied, with all versions, by a Lambda function that CDK adds to the stack, and the
   * access logs go with it. `false`: it is deleted if it is empty, otherwise deleting the stack fails; the access logs stay.
   *
   * @default - must be said with `RemovalPolicy.DESTROY`
   */
  readonly deleteObjects?: boolean;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

/** The rules of all options. */
export function checkBucketProps(props: ModelArtifactBucketProps, problems: Problems): void {
  const { removalPolicy, deleteObjects, perimeter } = props;
  problems.integer('intermediateExpiration (days)', props.intermediateExpiration?.toDays({ integral: false }), 1, Number.MAX_SAFE_INTEGER);
  checkLifecycles(props.lifecycle, problems);
  if (perimeter !== undefined) { checkPerimeter(perimeter, problems); }
  checkReplicas(props.replicas, props.replicationRole, problems);
  problems.check(props.objectLockDefaultRetention === undefined || props.objectLockEnabled !== false, 'objectLockDefaultRetention needs objectLockEnabled');
  problems.oneOf('removalPolicy', removalPolicy, REMOVAL_POLICIES);
  const destroys = removalPolicy === RemovalPolicy.DESTROY;
  problems.check(!destroys || deleteObjects !== undefined,
    'removalPolicy DESTROY needs deleteObjects: true to delete all objects along with the bucket, or false to delete the bucket only if it is empty');
  problems.check(destroys || deleteObjects === undefined, 'deleteObjects needs removalPolicy DESTROY');
  const alias = props.enforceEncryptionKey && props.encryptionKey && aliasOf(props.encryptionKey);
  problems.check(!alias, `enforceEncryptionKey needs a key that is known by its own ARN, since uploads are compared with it, got the alias '${alias}'`);
  problems.check(deleteObjects !== true || !isLocked(props), 'deleteObjects cannot be true where objects may be locked: nobody can empty the bucket then');
  problems.check(deleteObjects !== true || perimeter?.vpcEndpoints === undefined, 'deleteObjects cannot be true with perimeter.vpcEndpoints: the function that deletes them is in no network');
}

/** Whether versions of objects can be locked. */
export function isLocked(props: ModelArtifactBucketProps): boolean {
  return props.objectLockEnabled ?? props.objectLockDefaultRetention !== undefined;
}
