import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketPermissions } from './artifact-bucket-permissions';
import { checkKey, checkUri } from './artifact-prefix';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission-statement';

/** A URI of S3 in most properties of SageMaker. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringConstraintsResource.html */
const MAX_URI = 1024;

/**
 * One file in S3 that is read: a baseline, a configuration, a script.
 */
export class S3File {
  /**
   * A file in any bucket. A key that is none is an error where the file is used.
   *
   * @param bucket the bucket; its `encryptionKey`, if known, is granted along
   * @param key object key of the file, for example `baselines/churn/constraints.json`
   */
  public static of(bucket: IBucket, key: string): S3File {
    return new S3File(bucket, key, bucket.encryptionKey);
  }

  /**
   * A file in a bucket whose key is known better than the bucket knows it.
   *
   * @internal
   */
  public static _of(bucket: IBucket, key: string, encryptionKey?: IKey): S3File {
    return new S3File(bucket, key, encryptionKey);
  }

  /** S3 URI of the file, `s3://bucket/key`. */
  public readonly uri: string;

  private constructor(private readonly bucket: IBucket, private readonly key: string, private readonly encryptionKey?: IKey) {
    this.uri = bucket.s3UrlForObject(key);
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    checkKey(name, this.key, problems);
    checkUri(name, this.uri, MAX_URI, problems);
  }

  /**
   * What reading it takes.
   *
   * @internal
   */
  public _read(): Permission[] {
    return new BucketPermissions(this.bucket, this.encryptionKey).readFile(this.key);
  }
}
