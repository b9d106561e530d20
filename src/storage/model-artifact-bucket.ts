import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketProps, IBucket, ObjectLockMode } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { deliverLogs, logBucket, LOG_PREFIX } from './access-logs';
import { ArtifactBucketGrants } from './artifact-bucket-grants';
import { RECOVERY_DAYS, renderLifecycle, warnOfLifecycles } from './artifact-lifecycle';
import { ArtifactPrefix } from './artifact-prefix';
import { Dataset } from './dataset';
import { GuardedBucket } from './guarded-bucket';
import { ModelArtifact } from './model-artifact';
import { checkBucketProps, isLocked, ModelArtifactBucketProps } from './model-artifact-bucket-props';
import { encryptionStatements, perimeterStatements, warnOfPerimeter } from './perimeter-statements';
import { permitReplication, renderReplication, replicationRole, warnOfReplicas } from './replication';
import { S3Prefix } from './s3-prefix';
import { inPacks } from '../compliance/accepted-kinds';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { excuse } from '../compliance/excuses';
import { Problems } from '../core/problems';
import { encryptionKey } from '../identity/stack-key';

/** Every default stands here, and only here. */
const DEFAULTS = { intermediateExpiration: Duration.days(30) };

const ONE_COPY = [...inPacks('S3BucketReplicationEnabled'), ...inPacks('S3BucketDefaultLockEnabled')].map(rule => ({
  rule, reason: 'Objects have versions and are kept; a copy in another Region costs as much again, and where data may lie, and whether anybody may delete it, is for its owner to say.',
}));

/**
 * A bucket for everything that machine learning reads and writes, whoever makes it.
 */
export interface IModelArtifactBucket extends IConstruct {
  /** The bucket. */
  readonly bucket: IBucket;

  /** The key that encrypts the objects. */
  readonly encryptionKey: IKey;

  /** Permissions by prefix. */
  readonly grants: ArtifactBucketGrants;

  /**
   * A model artifact in this bucket.
   *
   * @param key object key of the gzipped tar file, for example `models/churn/1/model.tar.gz`
   */
  artifact(key: string): ModelArtifact;

  /**
   * The data set `datasets/<name>/` of this bucket.
   *
   * @param name one or more path segments, without `/` at either end
   */
  dataset(name: string): Dataset;

  /**
   * A place in the bucket, for whatever reads or writes there.
   *
   * @param prefix which place
   */
  at(prefix: ArtifactPrefix): S3Prefix;
}

/**
 * The bucket for everything that machine learning reads and writes: data sets, models, checkpoints, captured requests, baselines and output.
 *
 * Makes a bucket with access logs and, unless one is brought along or the stack already has it, a key. Encrypted with a customer-managed
 * key, reached by TLS only, never public, versioned, and kept with all its data when the stack is deleted. Events of objects go to EventBridge.
 *
 * Children that may be changed as an escape hatch: `Bucket/Resource`, `Bucket/Policy`, `AccessLogs/Resource`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 *
 * @example
 * const artifacts = new ModelArtifactBucket(this, 'Artifacts');
 * artifacts.grants.read(reader, ArtifactPrefix.MODELS);
 */
export class ModelArtifactBucket extends Construct implements IModelArtifactBucket {
  /**
   * Uses a bucket that something else makes. Of an imported one neither policy nor settings are changed.
   *
   * @param scope where it stands
   * @param id its id there
   * @param bucket the bucket
   * @param key the key that encrypts its objects
   */
  public static fromBucket(scope: Construct, id: string, bucket: IBucket, key: IKeyRef): IModelArtifactBucket {
    return new BroughtBucket(scope, id, bucket, key);
  }

  /** The bucket, for everything else in CDK. */
  public readonly bucket: IBucket;

  /** The key that encrypts the objects. */
  public readonly encryptionKey: IKey;

  /** Permissions by prefix. */
  public readonly grants: ArtifactBucketGrants;

  /** The role that S3 replicates with; undefined without replicas. */
  public readonly replicationRole?: IRole;

  constructor(scope: Construct, id: string, props: ModelArtifactBucketProps = {}) {
    super(scope, id);
    const problems = new Problems();
    checkBucketProps(props, problems);
    bakeInChecks(this, props.compliance, problems);

    const { removalPolicy = RemovalPolicy.RETAIN, deleteObjects = false, replicas } = props;
    const key = encryptionKey(this, props.encryptionKey, removalPolicy !== RemovalPolicy.DESTROY, props.compliance);
    const logs = props.accessLogsBucket ?? logBucket(this, deleteObjects);
    this.encryptionKey = key;
    this.replicationRole = replicas && (props.replicationRole ?? replicationRole(this));
    const bucket = new GuardedBucket(this, 'Bucket', {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [{ bucketKeyEnabled: true, serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.keyArn } }],
      },
      lifecycleConfiguration: { rules: [expireIntermediate(props), ...(props.lifecycle ?? []).map(renderLifecycle)] },
      loggingConfiguration: { destinationBucketName: logs.bucketRef.bucketName, logFilePrefix: LOG_PREFIX },
      notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } },
      ...renderLock(props),
      replicationConfiguration: replicas && renderReplication(this, replicas, this.replicationRole!),
    }, { encryptionKey: key, removalPolicy, deleteObjects });
    this.bucket = bucket;
    deliverLogs(this, bucket, logs);
    excuse(bucket.node.defaultChild as CfnBucket, 'costsChosen', () => ONE_COPY);
    bucket.replicationRoleArn = this.replicationRole?.roleArn;
    bucket.onlyByVpcEndpoints = props.perimeter?.vpcEndpoints !== undefined;
    this.grants = new ArtifactBucketGrants(this, bucket, key);
    this.guard(props);
    sealChecks(this);
  }

  /**
   * A model artifact in this bucket.
   *
   * @param key object key of the gzipped tar file, for example `models/churn/1/model.tar.gz`
   */
  public artifact(key: string): ModelArtifact {
    return ModelArtifact._of(this.bucket, key, this.encryptionKey);
  }

  /**
   * The data set `datasets/<name>/` of this bucket.
   *
   * @param name one or more path segments, without `/` at either end
   */
  public dataset(name: string): Dataset {
    return Dataset._named(this, name, this.bucket, this.encryptionKey);
  }

  /**
   * A place in the bucket, for whatever reads or writes there.
   *
   * @param prefix which place
   */
  public at(prefix: ArtifactPrefix): S3Prefix {
    return S3Prefix._of(this.bucket, prefix.prefix, this.encryptionKey);
  }

  /** What the policy of the bucket denies, and what replication needs. */
  private guard(props: ModelArtifactBucketProps): void {
    const { bucket, encryptionKey: key, replicationRole: role } = this;
    const { perimeter, enforceEncryptionKey, replicas } = props;
    const readers = () => this.grants._accounts;
    const statements = [
      ...perimeter === undefined ? [] : perimeterStatements(perimeter, { bucket, readers, replicationRoleArn: role?.roleArn }),
      ...enforceEncryptionKey === true ? encryptionStatements(bucket, key) : [],
    ];
    statements.forEach(s => bucket.addToResourcePolicy(s));
    if (replicas !== undefined) { permitReplication(this, { replicas, role: role!, bucket, encryptionKey: key, locked: isLocked(props) }); }
    warnOfPerimeter(this, perimeter, enforceEncryptionKey);
    warnOfLifecycles(this, props.lifecycle);
    warnOfReplicas(this, replicas);
    warnOfLock(this, props);
  }
}

function expireIntermediate({ intermediateExpiration }: ModelArtifactBucketProps): CfnBucket.RuleProperty {
  return {
    id: 'ExpireIntermediate',
    status: 'Enabled',
    prefix: ArtifactPrefix.INTERMEDIATE.prefix,
    expirationInDays: (intermediateExpiration ?? DEFAULTS.intermediateExpiration).toDays(),
    noncurrentVersionExpiration: { noncurrentDays: RECOVERY_DAYS },
  };
}

function renderLock(props: ModelArtifactBucketProps): CfnBucketProps {
  const retention = props.objectLockDefaultRetention;
  if (!isLocked(props)) { return {}; }
  return {
    objectLockEnabled: true,
    objectLockConfiguration: retention && {
      objectLockEnabled: 'Enabled',
      rule: { defaultRetention: { mode: retention.mode, days: retention.duration.toDays() } },
    },
  };
}

function warnOfLock(scope: Construct, { objectLockDefaultRetention: retention }: ModelArtifactBucketProps): void {
  if (retention?.mode !== ObjectLockMode.COMPLIANCE) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:complianceLock',
    'Nobody, not even the root user of the account, can delete a version of an object before its lock ends, shorten the lock, or delete the bucket until then.');
}

/** A bucket that something else makes. */
class BroughtBucket extends Construct implements IModelArtifactBucket {
  public readonly encryptionKey: IKey;
  public readonly grants: ArtifactBucketGrants;

  constructor(scope: Construct, id: string, public readonly bucket: IBucket, key: IKeyRef) {
    super(scope, id);
    this.encryptionKey = encryptionKey(this, key, true);
    this.grants = new ArtifactBucketGrants(this, bucket, this.encryptionKey);
  }

  public artifact(key: string): ModelArtifact {
    return ModelArtifact._of(this.bucket, key, this.encryptionKey);
  }

  public dataset(name: string): Dataset {
    return Dataset._named(this, name, this.bucket, this.encryptionKey);
  }

  public at(prefix: ArtifactPrefix): S3Prefix {
    return S3Prefix._of(this.bucket, prefix.prefix, this.encryptionKey);
  }
}
