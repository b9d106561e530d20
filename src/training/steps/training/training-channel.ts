import { IFileSystem as IEfsFileSystem } from 'aws-cdk-lib/aws-efs';
import { IFileSystem as IFsxFileSystem } from 'aws-cdk-lib/aws-fsx';
import { ChannelSource, connect, FileSystem, fileSystemSource, s3Source } from './channel-source';
import { FileSystemChannelOptions, TrainingChannelOptions } from './training-channel-options';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { Dataset } from '../../../storage/dataset';
import { readUri } from '../../definition/s3-uri';
import { StepContext } from '../step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html */
const NAME = /^[A-Za-z0-9.\-_]{1,64}$/;
const MAX_ATTRIBUTES = 16;
const MAX_GROUPS = 5;
const MAX_CONTENT_TYPE = 256;

/** What augmented manifests add. */
interface Details extends TrainingChannelOptions {
  readonly attributeNames?: string[];
}

/**
 * Data that SageMaker brings to /opt/ml/input/data/<name> of a training container.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html
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
    return new TrainingChannel(channelName, s3Source('S3Prefix', uri, scope => readUri(scope, uri)), options);
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
    return new TrainingChannel(channelName, s3Source('S3Prefix', data.uri, () => data._read()), options);
  }

  /**
   * The objects that a manifest lists. Only the right to read the manifest comes along; that to read what it lists must be given to the role of the jobs.
   *
   * @param channelName name of the channel, unique in its step
   * @param uri S3 URI of the manifest; may be a step's output or a parameter
   * @param options how the container sees it
   */
  public static manifest(channelName: string, uri: string, options: TrainingChannelOptions = {}): TrainingChannel {
    return new TrainingChannel(channelName, s3Source('ManifestFile', uri, scope => readUri(scope, uri)), options);
  }

  /**
   * The records of an augmented manifest, as Ground Truth writes it. Only the right to read the manifest comes along; that to read what it names must be
   * given to the role of the jobs.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/augmented-manifest.html
   *
   * @param channelName name of the channel, unique in its step
   * @param uri S3 URI of the manifest; may be a step's output or a parameter
   * @param attributeNames the attributes of each record that the container gets, 1 to 16, in this order
   * @param options how the container sees it
   */
  public static augmentedManifest(channelName: string, uri: string, attributeNames: string[], options: TrainingChannelOptions = {}): TrainingChannel {
    const source = s3Source('AugmentedManifestFile', uri, scope => readUri(scope, uri));
    return new TrainingChannel(channelName, source, { ...options, attributeNames });
  }

  /**
   * A directory of FSx for Lustre. The jobs must be in a VPC that reaches it; the file system lets them in.
   *
   * @param channelName name of the channel, unique in its step
   * @param fileSystem the file system
   * @param directory begins with `/` and the file system's `mountName`
   * @param options what the container may do
   */
  public static fsxLustre(
    channelName: string, fileSystem: IFsxFileSystem, directory: string, options: FileSystemChannelOptions = {},
  ): TrainingChannel {
    return TrainingChannel.mounted(channelName, 'FSxLustre', fileSystem, directory, options);
  }

  /**
   * A directory of EFS. The jobs must be in a VPC that reaches it; the file system lets them in.
   *
   * @param channelName name of the channel, unique in its step
   * @param fileSystem the file system
   * @param directory begins with `/`
   * @param options what the container may do
   */
  public static efs(channelName: string, fileSystem: IEfsFileSystem, directory: string, options: FileSystemChannelOptions = {}): TrainingChannel {
    return TrainingChannel.mounted(channelName, 'EFS', fileSystem, directory, options);
  }

  private static mounted(
    channelName: string, kind: string, fileSystem: FileSystem, directory: string, options: FileSystemChannelOptions,
  ): TrainingChannel {
    return new TrainingChannel(channelName, fileSystemSource(kind, fileSystem, directory, options.writable ?? false), options);
  }

  private constructor(
    /** Name of the channel. */
    public readonly channelName: string,
    private readonly source: ChannelSource,
    private readonly options: Details,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { contentType, shuffleSeed, attributeNames, instanceGroups } = this.options;
    problems.pattern(`${name} name`, this.channelName, NAME, 'be 1 to 64 letters, digits, -, _ and .');
    this.source.check(name, problems);
    problems.pattern(`${name}.contentType`, contentType, new RegExp(`^.{0,${MAX_CONTENT_TYPE}}$`), `be at most ${MAX_CONTENT_TYPE} characters`);
    problems.integer(`${name}.shuffleSeed`, shuffleSeed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    problems.count(`${name}.attributeNames`, attributeNames, 1, MAX_ATTRIBUTES);
    attributeNames?.forEach(a => problems.pattern(`${name}.attributeNames`, a, /^.{1,256}$/, 'be 1 to 256 characters'));
    problems.count(`${name}.instanceGroups`, instanceGroups, 1, MAX_GROUPS);
  }

  /**
   * What of it depends on the job around it.
   *
   * @internal
   */
  public _checkIn(name: string, groups: string[], { protection }: StepContext, problems: Problems): void {
    this.options.instanceGroups?.forEach(g => problems.oneOf(`${name}.instanceGroups`, g, groups));
    const reached = this.source.connectable === undefined || protection.vpcConfig !== undefined;
    problems.check(reached, `${name} is in a file system, which jobs reach through a VPC only: give jobDefaults a vpc`);
  }

  /** @internal */
  public _read({ scope, protection }: StepContext): Permission[] {
    connect(this.source, protection.connections);
    return this.source.read(scope);
  }

  /** @internal */
  public _render(): object {
    const { contentType, gzip, recordIo, sharded, inputMode, shuffleSeed, attributeNames, instanceGroups } = this.options;
    const said = {
      S3DataDistributionType: sharded ?? false ? 'ShardedByS3Key' : 'FullyReplicated',
      AttributeNames: attributeNames,
      InstanceGroupNames: instanceGroups,
    };
    return {
      DataSource: this.source.render(said),
      ContentType: contentType,
      CompressionType: gzip === undefined ? undefined : gzip ? 'Gzip' : 'None',
      RecordWrapperType: recordIo === undefined ? undefined : recordIo ? 'RecordIO' : 'None',
      InputMode: inputMode,
      ShuffleConfig: shuffleSeed === undefined ? undefined : { Seed: shuffleSeed },
      ChannelName: this.channelName,
    };
  }
}
