import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketPermissions } from './artifact-bucket-permissions';
import { checkPrefix } from './artifact-prefix';
import { S3File } from './s3-file';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission-statement';

/**
 * A place in S3 that is read or written: all objects below a prefix.
 */
export class S3Prefix {
  /**
   * A place in any bucket. A prefix that is none is an error where the place is used.
   *
   * @param bucket the bucket; its `encryptionKey`, if known, is granted along and encrypts what is written
   * @param prefix beginning of the object keys; must end with `/` and must not begin with it
   */
  public static of(bucket: IBucket, prefix: string): S3Prefix {
    return new S3Prefix(bucket, prefix, bucket.encryptionKey);
  }

  /**
   * A place in a bucket whose key is known better than the bucket knows it.
   *
   * @internal
   */
  public static _of(bucket: IBucket, prefix: string, encryptionKey: IKey): S3Prefix {
    return new S3Prefix(bucket, prefix, encryptionKey);
  }

  /** S3 URI of the prefix, ending with `/`. */
  public readonly uri: string;

  private constructor(
    /** The bucket. */
    public readonly bucket: IBucket,
    /** Beginning of the object keys, ending with `/`. */
    public readonly prefix: string,
    /** The key that encrypts what is written there; undefined if the bucket does not tell. */
    public readonly encryptionKey?: IKey,
  ) {
    this.uri = bucket.s3UrlForObject(prefix);
  }

  /**
   * A place below this one.
   *
   * @param name one or more path segments, without `/` at either end
   */
  public below(name: string): S3Prefix {
    return new S3Prefix(this.bucket, `${this.prefix}${name}/`, this.encryptionKey);
  }

  /**
   * A file below this place.
   *
   * @param name one or more path segments, without `/` at either end
   */
  public file(name: string): S3File {
    return S3File._of(this.bucket, `${this.prefix}${name}`, this.encryptionKey);
  }

  /**
   * The URI as SageMaker wants it where it goes on with `/` itself.
   *
   * @internal
   */
  public get _base(): string {
    return this.uri.replace(/\/$/, '');
  }

  /**
   * Another place of the same bucket.
   *
   * @internal
   */
  public _beside(prefix: string): S3Prefix {
    return new S3Prefix(this.bucket, prefix, this.encryptionKey);
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    checkPrefix(name, this.prefix, problems);
  }

  /**
   * What reading and listing it takes.
   *
   * @internal
   */
  public _read(): Permission[] {
    return this.permissions.read(this.prefix);
  }

  /**
   * What writing to it takes.
   *
   * @internal
   */
  public _write(): Permission[] {
    return this.permissions.write(this.prefix);
  }

  private get permissions(): BucketPermissions {
    return new BucketPermissions(this.bucket, this.encryptionKey);
  }
}
