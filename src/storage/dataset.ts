import { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketPermissions } from './artifact-bucket-permissions';
import { checkPrefix } from './artifact-prefix';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission-statement';

/**
 * Data in S3: all objects below a prefix.
 */
export class Dataset {
  /**
   * A data set in any bucket. A prefix that is none is an error.
   *
   * @param bucket the bucket; its `encryptionKey`, if known, is granted along
   * @param prefix beginning of the object keys, ending with `/`
   */
  public static fromBucket(bucket: IBucket, prefix: string): Dataset {
    const problems = new Problems();
    checkPrefix('prefix', prefix, problems);
    problems.throwIfAny(bucket, 'Dataset');
    return new Dataset(bucket, prefix);
  }

  /** S3 URI of the prefix, ending with `/`. */
  public readonly uri: string;

  private constructor(
    /** The bucket that holds the data. */
    public readonly bucket: IBucket,
    /** Beginning of the object keys, ending with `/`. */
    public readonly prefix: string,
  ) {
    this.uri = bucket.s3UrlForObject(prefix);
  }

  /**
   * What reading it takes.
   *
   * @internal
   */
  public _read(): Permission[] {
    return new BucketPermissions(this.bucket).read(this.prefix);
  }
}
