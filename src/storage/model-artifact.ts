import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { BucketPermissions } from './artifact-bucket-permissions';
import { checkKey } from './artifact-prefix';
import { madeBeside } from '../core/made-beside';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission-statement';

/**
 * A trained model in S3: one gzipped tar file.
 */
export class ModelArtifact {
  /**
   * A model artifact in any bucket. A key that is none is an error.
   *
   * @param bucket the bucket; its `encryptionKey`, if known, is granted along
   * @param key object key of the gzipped tar file, for example `models/churn/1/model.tar.gz`
   */
  public static fromBucket(bucket: IBucket, key: string): ModelArtifact {
    const problems = new Problems();
    checkKey('key', key, problems);
    problems.throwIfAny(bucket, 'ModelArtifact');
    return new ModelArtifact(bucket, key);
  }

  /** S3 URI of the file, `s3://bucket/key`. */
  public readonly uri: string;

  private constructor(private readonly bucket: IBucket, private readonly key: string) {
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
   * Whether the stack of `scope` makes the bucket, so that the file cannot be there on its first deployment.
   *
   * @internal
   */
  public _madeBeside(scope: IConstruct): boolean {
    return madeBeside(scope, this.bucket);
  }
}
