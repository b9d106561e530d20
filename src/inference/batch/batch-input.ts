import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { TransformSource } from '../../jobs/transform-job';
import { Dataset } from '../../storage/dataset';
import { S3Prefix } from '../../storage/s3-prefix';

/**
 * What a batch transform reads. The right to read it and to use its key comes along.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformS3DataSource.html
 */
export class BatchInput {
  /**
   * All objects below a prefix.
   *
   * @param place the prefix
   */
  public static prefix(place: S3Prefix): BatchInput {
    return new BatchInput({ uri: place.uri }, { place, bucketName: place.bucket.bucketName, prefix: place.prefix }, () => place._read());
  }

  /**
   * All objects of a data set.
   *
   * @param data the data set
   */
  public static dataset(data: Dataset): BatchInput {
    return new BatchInput({ uri: data.uri }, { bucketName: data.bucket.bucketName, prefix: data.prefix }, () => data._read());
  }

  /**
   * The objects that a manifest lists.
   *
   * @param place the prefix below which the manifest and all that it lists are
   * @param path where the manifest is below the prefix, for example `today.manifest`
   */
  public static manifest(place: S3Prefix, path: string): BatchInput {
    return new BatchInput({ uri: `${place.uri}${path}`, manifest: true }, { place, path }, () => place._read());
  }

  private constructor(
    /** @internal */
    public readonly _source: TransformSource,
    private readonly parts: { place?: S3Prefix; path?: string; bucketName?: string; prefix?: string },
    private readonly read: () => Permission[],
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    this.parts.place?._check(`${name}.place`, problems);
    problems.pattern(`${name}.path`, this.parts.path, /^[^/].*$/, "be the path of an object, not beginning with '/'");
  }

  /**
   * What reading it takes.
   *
   * @internal
   */
  public _read(): Permission[] {
    return this.read();
  }

  /**
   * The bucket, and the prefix in it, that it may be read below.
   *
   * @internal
   */
  public get _area(): { bucketName: string; prefix: string } {
    const { place, bucketName = place!.bucket.bucketName, prefix = place!.prefix } = this.parts;
    return { bucketName, prefix };
  }

  /**
   * Whether what is written to `place` is read the next time.
   *
   * @internal
   */
  public _reads(place: S3Prefix): boolean {
    const { bucketName, prefix } = this.parts;
    return prefix !== undefined && bucketName === place.bucket.bucketName && place.prefix.startsWith(prefix);
  }
}
