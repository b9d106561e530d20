import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BucketBase, BucketPolicy, CfnBucket, CfnBucketProps, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketAutoDeleteObjects } from 'aws-cdk-lib/aws-s3/mixins';
import { Construct } from 'constructs';

/** Lowest version of TLS. https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
const MIN_TLS = 1.2;

/** Parts of an upload that was given up cost like objects, but nobody sees them. */
const ABORT_UPLOADS = { id: 'AbortIncompleteUploads', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };

/** What a bucket is beside its properties. */
export interface Guard {
  readonly encryptionKey?: IKey;
  /** Kept if left out. */
  readonly removalPolicy?: RemovalPolicy;
  /** Whether a function of CDK empties the bucket before it is deleted. */
  readonly deleteObjects?: boolean;
}

/** Whether what is in no network, such as a function of CDK, is certainly kept from the objects. */
export function keepsOutFunctions(bucket: IBucket): boolean {
  return bucket instanceof GuardedBucket && bucket.onlyByVpcEndpoints;
}

/**
 * A bucket that is never public, only reached by TLS, versioned, owned by its account and, unless told otherwise, kept when its stack is deleted.
 *
 * Around an L1 bucket, so that EventBridge can be on without a Lambda function, and so that a consumer's `addEventNotification`
 * adds to the bucket's notifications and does not replace them.
 */
export class GuardedBucket extends BucketBase {
  public readonly bucketArn: string;
  public readonly bucketName: string;
  public readonly bucketDomainName: string;
  public readonly bucketRegionalDomainName: string;
  public readonly bucketDualStackDomainName: string;
  public readonly bucketWebsiteUrl: string;
  public readonly bucketWebsiteDomainName: string;
  public readonly isWebsite = false;
  public readonly encryptionKey?: IKey;
  public policy?: BucketPolicy;
  public replicationRoleArn?: string;
  /** Whether objects are reached by some VPC endpoints only. */
  public onlyByVpcEndpoints = false;
  public disallowPublicAccess = true;
  protected autoCreatePolicy = false;

  constructor(scope: Construct, id: string, props: CfnBucketProps, guard: Guard = {}) {
    super(scope, id);
    this.encryptionKey = guard.encryptionKey;
    const { lifecycleConfiguration, ...rest } = props;
    const lifecycle = lifecycleConfiguration as CfnBucket.LifecycleConfigurationProperty | undefined;
    const resource = new CfnBucket(this, 'Resource', {
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      versioningConfiguration: { status: 'Enabled' },
      lifecycleConfiguration: { rules: [ABORT_UPLOADS, ...lifecycle?.rules as [] ?? []] },
      ...rest,
    });
    resource.applyRemovalPolicy(guard.removalPolicy ?? RemovalPolicy.RETAIN);
    this.node.defaultChild = resource;
    this.bucketArn = resource.attrArn;
    this.bucketName = resource.ref;
    this.bucketDomainName = resource.attrDomainName;
    this.bucketRegionalDomainName = resource.attrRegionalDomainName;
    this.bucketDualStackDomainName = resource.attrDualStackDomainName;
    this.bucketWebsiteUrl = resource.attrWebsiteUrl;
    this.bucketWebsiteDomainName = Fn.select(2, Fn.split('/', resource.attrWebsiteUrl));
    this.policy = new BucketPolicy(this, 'Policy', {
      bucket: this,
      removalPolicy: RemovalPolicy.RETAIN,
      document: new PolicyDocument({ minimize: true, statements: this.tlsOnly() }), // the same form whatever the feature flags say
    });
    if (guard.deleteObjects) { new BucketAutoDeleteObjects().applyTo(resource); }
  }

  private tlsOnly(): PolicyStatement[] {
    const deny = (sid: string, conditions: Record<string, unknown>) => new PolicyStatement({
      sid,
      conditions,
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:*'],
      resources: [this.bucketArn, this.arnForObjects('*')],
    });
    return [
      deny('DenyInsecureTransport', { Bool: { 'aws:SecureTransport': 'false' } }),
      deny('DenyOldTls', { NumericLessThan: { 's3:TlsVersion': MIN_TLS } }),
    ];
  }
}
