import { AthenaQuery, athenaSource } from './athena-query';
import { LOCAL_PATH, LOCAL_PATH_RULE, NAME, NAME_RULE, ROOT } from './names';
import { InputContext, InputSource } from './processing-source';
import { RedshiftQuery, redshiftSource } from './redshift-query';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { Dataset } from '../../../storage/dataset';
import { checkUri, readUri } from '../../definition/s3-uri';

/**
 * Where and how a processing container finds an input.
 */
export interface ProcessingInputOptions {
  /**
   * Directory in the container.
   *
   * @default - /opt/ml/processing/<name>
   */
  readonly localPath?: string;

  /**
   * Whether each instance gets a part of the objects, and not all of them.
   *
   * @default false
   */
  readonly sharded?: boolean;

  /**
   * Whether the data is streamed into named pipes while the container runs, and not copied before.
   *
   * @default false
   */
  readonly pipe?: boolean;

  /**
   * Whether the objects are gzipped and are to be opened on their way; only together with `pipe`.
   *
   * @default false
   */
  readonly gzipped?: boolean;

  /**
   * Whether the URI names a manifest, that is a list of objects, and not a prefix. The right to read the objects that it lists must be given.
   *
   * @default false
   */
  readonly manifest?: boolean;
}

/**
 * Data that SageMaker brings into a processing container.
 */
export class ProcessingInput {
  /**
   * Everything below an S3 URI. The right to read it comes along as far as the URI is known at synth.
   *
   * @param inputName name of the input, unique in its step
   * @param uri S3 URI; may be a step's output or a parameter
   * @param options where and how the container finds it
   */
  public static s3(inputName: string, uri: string, options: ProcessingInputOptions = {}): ProcessingInput {
    return new ProcessingInput(inputName, s3Source(uri, scope => readUri(scope, uri), options), options);
  }

  /**
   * A data set. The right to read it and to use its key comes along.
   *
   * @param inputName name of the input, unique in its step
   * @param data the data set
   * @param options where and how the container finds it
   */
  public static dataset(inputName: string, data: Dataset, options: ProcessingInputOptions = {}): ProcessingInput {
    return new ProcessingInput(inputName, s3Source(data.uri, () => data._read(), options), options);
  }

  /**
   * What a query of Athena finds. The right to run it and to read the names of tables and columns comes along; the right to read the objects that the
   * tables consist of must be given to the role of the jobs.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
   * @param inputName name of the input, unique in its step
   * @param query the query
   */
  public static athena(inputName: string, query: AthenaQuery): ProcessingInput {
    return new ProcessingInput(inputName, athenaSource(query), query);
  }

  /**
   * What a query of Redshift finds. The right to sign in to the cluster as the user and to run the query comes along.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
   * @param inputName name of the input, unique in its step
   * @param query the query
   */
  public static redshift(inputName: string, query: RedshiftQuery): ProcessingInput {
    return new ProcessingInput(inputName, redshiftSource(query), query);
  }

  /**
   * What a URI names that is only known while the pipeline runs, and is this data set unless an execution says otherwise.
   *
   * @internal
   */
  public static _of(inputName: string, uri: string, data: Dataset, options: ProcessingInputOptions): ProcessingInput {
    return new ProcessingInput(inputName, s3Source(uri, () => data._read(), options), options);
  }

  private constructor(
    /** Name of the input. */
    public readonly inputName: string,
    private readonly source: InputSource,
    private readonly options: { readonly localPath?: string },
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} name`, this.inputName, NAME, NAME_RULE);
    problems.pattern(`${name}.localPath`, this.options.localPath, LOCAL_PATH, LOCAL_PATH_RULE);
    this.source.check(name, problems);
  }

  /** @internal */
  public _permissions(context: InputContext): Permission[] {
    return this.source.permissions(context);
  }

  /** @internal */
  public _render(context: InputContext): object {
    return { InputName: this.inputName, AppManaged: false, ...this.source.render(this.options.localPath ?? `${ROOT}/${this.inputName}`, context) };
  }
}

function s3Source(uri: string, read: (scope: InputContext['scope']) => Permission[], options: ProcessingInputOptions): InputSource {
  return {
    check: (name, problems) => {
      checkUri(`${name}.uri`, uri, problems);
      problems.check(!options.gzipped || options.pipe === true, `${name}.gzipped needs pipe`);
    },
    permissions: ({ scope }) => read(scope),
    render: localPath => ({
      S3Input: {
        S3Uri: uri,
        LocalPath: localPath,
        S3DataType: options.manifest ? 'ManifestFile' : 'S3Prefix',
        S3InputMode: options.pipe ? 'Pipe' : 'File',
        S3DataDistributionType: options.sharded ? 'ShardedByS3Key' : 'FullyReplicated',
        S3CompressionType: options.gzipped ? 'Gzip' : 'None',
      },
    }),
  };
}
