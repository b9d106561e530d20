import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { ArtifactPrefix } from './artifact-prefix';
import { S3Prefix } from './s3-prefix';
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
    const place = S3Prefix.of(bucket, prefix);
    const problems = new Problems();
    place._check('prefix', problems);
    problems.throwIfAny(bucket, 'Dataset');
    return new Dataset(place);
  }

  /**
   * A data set of a bucket whose key is known better than the bucket knows it. `owner` is named in errors.
   *
   * @internal
   */
  public static _named(owner: IConstruct, name: string, bucket: IBucket, encryptionKey: IKey): Dataset {
    const problems = new Problems();
    problems.pattern('dataset name', name, /^[^/*?]([^*?]*[^/*?])?$/, "hold no * or ?, and no '/' at either end");
    problems.throwIfAny(owner, 'ModelArtifactBucket');
    const place = S3Prefix._of(bucket, ArtifactPrefix.DATASETS.below(name).prefix, encryptionKey);
    place._check('prefix', problems);
    problems.throwIfAny(bucket, 'Dataset');
    return new Dataset(place);
  }

  /** The bucket that holds the data. */
  public readonly bucket: IBucket;

  /** Beginning of the object keys, ending with `/`. */
  public readonly prefix: string;

  /** S3 URI of the prefix, ending with `/`. */
  public readonly uri: string;

  private constructor(private readonly place: S3Prefix) {
    this.bucket = place.bucket;
    this.prefix = place.prefix;
    this.uri = place.uri;
  }

  /**
   * What reading it takes.
   *
   * @internal
   */
  public _read(): Permission[] {
    return this.place._read();
  }
}
