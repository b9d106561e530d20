import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission-statement';
import { checkUri } from '../storage/artifact-prefix';
import { S3Prefix } from '../storage/s3-prefix';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataCaptureConfig.html */
const MAX_URI = 512;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CaptureContentTypeHeader.html */
const MAX_CONTENT_TYPES = 10;
const CONTENT_TYPE = /^(?=.{1,256}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*\/[a-zA-Z0-9](-*[a-zA-Z0-9.])*$/;

/**
 * What of a call is captured.
 */
export enum CaptureMode {
  /** The request. */
  INPUT = 'Input',

  /** The answer. */
  OUTPUT = 'Output',
}

/** Every default stands here, and only here. Content types that are not named would be written in base64, which monitors cannot read. */
const DEFAULTS = {
  percent: 20,
  modes: [CaptureMode.INPUT, CaptureMode.OUTPUT],
  csvContentTypes: ['text/csv'],
  jsonContentTypes: ['application/json', 'application/jsonlines'],
};

/**
 * What an endpoint captures, and how it is written.
 */
export interface DataCaptureOptions {
  /**
   * Share of the calls that is captured, 0 to 100 percent. Each captured call costs a write to S3 and space there.
   *
   * @default 20
   */
  readonly percent?: number;

  /**
   * What of a call is captured. Monitors of model quality and bias need the output.
   *
   * @default - input and output
   */
  readonly modes?: CaptureMode[];

  /**
   * Content types that are written as CSV, 1 to 10. What is in neither list is written in base64.
   *
   * @default ['text/csv']
   */
  readonly csvContentTypes?: string[];

  /**
   * Content types that are written as JSON, 1 to 10. What is in neither list is written in base64.
   *
   * @default ['application/json', 'application/jsonlines']
   */
  readonly jsonContentTypes?: string[];
}

/**
 * Writes a share of an endpoint's requests and answers to S3, below `<endpoint>/<variant>/<year>/<month>/<day>/<hour>/`, encrypted with the key of the bucket.
 *
 * Calls are no longer captured while the disk of an instance is more than 75 % full.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export class DataCapture {
  /**
   * Captures to a place in S3.
   *
   * @param destination for example `artifacts.at(ArtifactPrefix.CAPTURE)`
   * @param options how much is captured, and what
   */
  public static to(destination: S3Prefix, options: DataCaptureOptions = {}): DataCapture {
    return new DataCapture(destination, options);
  }

  private constructor(
    /** Where it captures to. */
    public readonly destination: S3Prefix,
    private readonly options: DataCaptureOptions,
  ) {}

  /** @internal */
  public get _modes(): CaptureMode[] {
    return this.options.percent === 0 ? [] : this.options.modes ?? DEFAULTS.modes;
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { percent, modes, csvContentTypes, jsonContentTypes } = this.options;
    this.destination._check(`${name}.destination`, problems);
    checkUri(`${name}.destination`, this.destination._base, MAX_URI, problems);
    problems.integer(`${name}.percent`, percent, 0, 100);
    problems.count(`${name}.modes`, modes, 1, 2);
    problems.unique(`${name}.modes`, modes ?? []);
    checkContentTypes(`${name}.csvContentTypes`, csvContentTypes, problems);
    checkContentTypes(`${name}.jsonContentTypes`, jsonContentTypes, problems);
  }

  /** @internal */
  public _render(): CfnEndpointConfig.DataCaptureConfigProperty {
    const { percent, modes, csvContentTypes, jsonContentTypes } = this.options;
    return {
      enableCapture: true,
      initialSamplingPercentage: percent ?? DEFAULTS.percent,
      destinationS3Uri: this.destination._base,
      kmsKeyId: this.destination.encryptionKey?.keyArn,
      captureOptions: (modes ?? DEFAULTS.modes).map(captureMode => ({ captureMode })),
      captureContentTypeHeader: {
        csvContentTypes: csvContentTypes ?? DEFAULTS.csvContentTypes,
        jsonContentTypes: jsonContentTypes ?? DEFAULTS.jsonContentTypes,
      },
    };
  }

  /**
   * What the endpoint's role needs.
   *
   * @internal
   */
  public _permissions(): Permission[] {
    return this.destination._write();
  }
}

function checkContentTypes(name: string, types: string[] | undefined, problems: Problems): void {
  problems.count(name, types, 1, MAX_CONTENT_TYPES);
  types?.forEach((type, i) => problems.pattern(`${name}[${i}]`, type, CONTENT_TYPE, "look like 'text/csv'"));
}
