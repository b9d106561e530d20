import { IConstruct } from 'constructs';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { Dataset } from '../../../storage/dataset';
import { checkUri, readUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html */
const NAME = /^[A-Za-z0-9.\-_]{1,64}$/;

/**
 * How a training container sees a channel.
 */
export interface TrainingChannelOptions {
  /**
   * MIME type of the data, which algorithms of AWS want to know.
   *
   * @default - not said
   */
  readonly contentType?: string;
}

/**
 * Data that SageMaker copies to /opt/ml/input/data/<name> of a training container.
 */
export class TrainingChannel {
  /**
   * Everything below an S3 URI. The right to read it comes along as far as the URI is known at synth.
   *
   * @param channelName name of the channel, unique in its step
   * @param uri S3 URI; may be a step's output or a parameter
   * @param options how the container sees it
   */
  public static s3(channelName: string, uri: string, options: TrainingChannelOptions = {}): TrainingChannel {
    return new TrainingChannel(channelName, uri, scope => readUri(scope, uri), options.contentType);
  }

  /**
   * The same as `s3`, for comma-separated values.
   *
   * @param channelName name of the channel, unique in its step
   * @param uri S3 URI; may be a step's output or a parameter
   */
  public static csv(channelName: string, uri: string): TrainingChannel {
    return TrainingChannel.s3(channelName, uri, { contentType: 'text/csv' });
  }

  /**
   * A data set. The right to read it and to use its key comes along.
   *
   * @param channelName name of the channel, unique in its step
   * @param data the data set
   * @param options how the container sees it
   */
  public static dataset(channelName: string, data: Dataset, options: TrainingChannelOptions = {}): TrainingChannel {
    return new TrainingChannel(channelName, data.uri, () => data._read(), options.contentType);
  }

  private constructor(
    /** Name of the channel. */
    public readonly channelName: string,
    private readonly uri: string,
    private readonly read: (scope: IConstruct) => Permission[],
    private readonly contentType?: string,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} name`, this.channelName, NAME, 'be 1 to 64 letters, digits, -, _ and .');
    checkUri(`${name}.uri`, this.uri, problems);
  }

  /** @internal */
  public _read(scope: IConstruct): Permission[] {
    return this.read(scope);
  }

  /** @internal */
  public _render(): object {
    return {
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: this.uri, S3DataDistributionType: 'FullyReplicated' } },
      ContentType: this.contentType,
      ChannelName: this.channelName,
    };
  }
}
