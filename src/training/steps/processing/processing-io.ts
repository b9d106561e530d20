import { IConstruct } from 'constructs';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { Dataset } from '../../../storage/dataset';
import { checkUri, readUri, writeUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html */
const ROOT = '/opt/ml/processing';
const NAME = /^[A-Za-z0-9\-_.]{1,255}$/;

/**
 * Where a processing container finds an input.
 */
export interface ProcessingInputOptions {
  /**
   * Directory in the container.
   *
   * @default - /opt/ml/processing/<name>
   */
  readonly localPath?: string;
}

/**
 * Data that SageMaker copies into a processing container.
 */
export class ProcessingInput {
  /**
   * Everything below an S3 URI. The right to read it comes along as far as the URI is known at synth.
   *
   * @param inputName name of the input, unique in its step
   * @param uri S3 URI; may be a step's output or a parameter
   * @param options where the container finds it
   */
  public static s3(inputName: string, uri: string, options: ProcessingInputOptions = {}): ProcessingInput {
    return new ProcessingInput(inputName, uri, scope => readUri(scope, uri), options.localPath);
  }

  /**
   * A data set. The right to read it and to use its key comes along.
   *
   * @param inputName name of the input, unique in its step
   * @param data the data set
   * @param options where the container finds it
   */
  public static dataset(inputName: string, data: Dataset, options: ProcessingInputOptions = {}): ProcessingInput {
    return new ProcessingInput(inputName, data.uri, () => data._read(), options.localPath);
  }

  private constructor(
    /** Name of the input. */
    public readonly inputName: string,
    private readonly uri: string,
    private readonly read: (scope: IConstruct) => Permission[],
    private readonly localPath?: string,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} name`, this.inputName, NAME, 'be 1 to 255 letters, digits, -, _ and .');
    checkUri(`${name}.uri`, this.uri, problems);
    problems.pattern(`${name}.localPath`, this.localPath, /^\/.{0,255}$/, "begin with '/'");
  }

  /** @internal */
  public _read(scope: IConstruct): Permission[] {
    return this.read(scope);
  }

  /** @internal */
  public _render(): object {
    return {
      InputName: this.inputName,
      AppManaged: false,
      S3Input: {
        S3Uri: this.uri,
        LocalPath: this.localPath ?? `${ROOT}/${this.inputName}`,
        S3DataType: 'S3Prefix',
        S3InputMode: 'File',
        S3DataDistributionType: 'FullyReplicated',
        S3CompressionType: 'None',
      },
    };
  }
}

/**
 * Where a processing container writes an output, and where it goes.
 */
export interface ProcessingOutputOptions {
  /**
   * S3 URI that the output goes to.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Directory in the container.
   *
   * @default - /opt/ml/processing/<name>
   */
  readonly localPath?: string;
}

/**
 * What SageMaker copies out of a processing container when the job ends.
 */
export class ProcessingOutput {
  /**
   * An output.
   *
   * @param outputName name of the output, unique in its step
   * @param options where it is and where it goes
   */
  public static of(outputName: string, options: ProcessingOutputOptions = {}): ProcessingOutput {
    return new ProcessingOutput(outputName, options);
  }

  private constructor(
    /** Name of the output. */
    public readonly outputName: string,
    private readonly options: ProcessingOutputOptions,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} name`, this.outputName, NAME, 'be 1 to 255 letters, digits, -, _ and .');
    checkUri(`${name}.destination`, this.options.destination, problems);
    problems.pattern(`${name}.localPath`, this.options.localPath, /^\/.{0,255}$/, "begin with '/'");
  }

  /** @internal */
  public _write(scope: IConstruct): Permission[] {
    return this.options.destination === undefined ? [] : writeUri(scope, this.options.destination);
  }

  /** @internal */
  public _render(defaultUri: () => string): object {
    return {
      OutputName: this.outputName,
      AppManaged: false,
      S3Output: { S3Uri: this.options.destination ?? defaultUri(), LocalPath: this.options.localPath ?? `${ROOT}/${this.outputName}`, S3UploadMode: 'EndOfJob' },
    };
  }
}
