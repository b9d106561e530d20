import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { BucketPermissions } from './artifact-bucket-permissions';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission';

/**
 * A trained model in S3: one gzipped tar file.
 */
export class ModelArtifact {
  /**
   * A model artifact in any bucket.
   *
   * @param bucket the bucket; its `encryptionKey`, if known, is granted along
   * @param key object key of the gzipped tar file, for example `models/churn/1/model.tar.gz`
   */
  public static fromBucket(bucket: IBucket, key: string): ModelArtifact {
    return new ModelArtifact(bucket, key);
  }

  /**
   * An artifact in a bucket that this app makes, so that it cannot be there when the bucket is made.
   *
   * @internal
   */
  public static _inOwnBucket(bucket: IBucket, key: string, maker: Construct): ModelArtifact {
    return new ModelArtifact(bucket, key, maker);
  }

  /** S3 URI of the file, `s3://bucket/key`. */
  public readonly uri: string;

  private constructor(private readonly bucket: IBucket, private readonly key: string, private readonly maker?: Construct) {
    this.uri = bucket.s3UrlForObject(key);
  }

  /**
   * What reading it takes.
   *
   * @internal
   */
  public _read(): Permission[] {
    return new BucketPermissions(this.bucket).readObject(this.key);
  }

  /**
   * The construct that makes the bucket, if the app does.
   *
   * @internal
   */
  public get _maker(): IConstruct | undefined {
    return this.maker;
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name}.key`, this.key, /^[^/*?]([^*?]*[^/*?])?$/, "be the object key of a file, without '/' at either end and without * or ?");
  }
}
