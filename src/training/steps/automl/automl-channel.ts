import { Problems } from '../../../core/problems';
import { checkUri } from '../../definition/s3-uri';

const ATTRIBUTE = /^[a-zA-Z0-9_-]{1,256}$/;

/**
 * How an AutoML job reads a channel.
 */
export interface AutoMLChannelOptions {
  /**
   * Name of the column that is to be predicted.
   */
  readonly targetAttributeName: string;

  /**
   * MIME type of the data: `text/csv;header=present` or `x-application/vnd.amazon+parquet`.
   *
   * @default - CSV with a header
   */
  readonly contentType?: string;

  /**
   * Whether the objects are compressed with gzip.
   *
   * @default false
   */
  readonly gzip?: boolean;

  /**
   * Whether the URI is a manifest, that is a list of objects, and not a prefix.
   *
   * @default false
   */
  readonly manifest?: boolean;

  /**
   * Name of the column that holds the weights of the records.
   *
   * @default - all weigh the same
   */
  readonly sampleWeightAttributeName?: string;
}

/**
 * Data of an AutoML job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLChannel.html
 */
export class AutoMLChannel {
  /**
   * Data to train on.
   *
   * @param uri S3 URI of a prefix; may be a step's output or a parameter
   * @param options the target, and how the data is read
   */
  public static training(uri: string, options: AutoMLChannelOptions): AutoMLChannel {
    return new AutoMLChannel('training', uri, options);
  }

  /**
   * Data to validate with.
   *
   * @param uri S3 URI of a prefix; may be a step's output or a parameter
   * @param options the target, and how the data is read
   */
  public static validation(uri: string, options: AutoMLChannelOptions): AutoMLChannel {
    return new AutoMLChannel('validation', uri, options);
  }

  private constructor(
    /** @internal */
    public readonly _channelType: string,
    /** @internal */
    public readonly _uri: string,
    private readonly options: AutoMLChannelOptions,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    checkUri(`${name} URI`, this._uri, problems);
    problems.pattern(`${name}.targetAttributeName`, this.options.targetAttributeName, /^[\s\S]+$/, 'name a column');
    problems.pattern(`${name}.sampleWeightAttributeName`, this.options.sampleWeightAttributeName, ATTRIBUTE, 'be 1 to 256 letters, digits, - and _');
  }

  /** @internal */
  public _render(): object {
    const { targetAttributeName, contentType, gzip, manifest, sampleWeightAttributeName } = this.options;
    return {
      DataSource: { S3DataSource: { S3DataType: manifest ? 'ManifestFile' : 'S3Prefix', S3Uri: this._uri } },
      CompressionType: gzip ? 'Gzip' : undefined,
      TargetAttributeName: targetAttributeName,
      ContentType: contentType,
      ChannelType: this._channelType,
      SampleWeightAttributeName: sampleWeightAttributeName,
    };
  }
}
