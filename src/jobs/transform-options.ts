import { Duration, Size, Token } from 'aws-cdk-lib';
import { TransformSplit } from './transform-split';
import { TransformAssembly, TransformCompression, TransformJoinSource } from './transform-values';
import { Problems } from '../core/problems';
import { sorted } from '../core/sorted';
import { mebibytes, seconds } from '../core/units';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html */
const MAX_PAYLOAD_MIB = 100;
const MAX_ENVIRONMENT_ENTRIES = 16;
const MAX_ENVIRONMENT_VALUE = 10_240;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelClientConfig.html */
const MAX_TIMEOUT_SECONDS = 3600;
const MAX_RETRIES = 3;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformResources.html */
const MAX_INSTANCES = 100;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformInput.html */
const MIME_TYPE = /^.{0,256}$/;

/** https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html#data-processing-operators */
const JSON_PATH = /^\$.{0,62}$/;

/** Every default stands here, and only here. */
const DEFAULTS = { instanceCount: 1 };

/**
 * How a batch transform sends records to a model and writes the answers, whoever starts it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
 */
export interface TransformOptions {
  /**
   * MIME type of the records, up to 256 characters.
   *
   * @default - none is sent
   */
  readonly contentType?: string;

  /**
   * MIME type in which the model is to answer, up to 256 characters.
   *
   * @default - what the model answers with by itself
   */
  readonly accept?: string;

  /**
   * How the objects are compressed.
   *
   * @default - not at all
   */
  readonly compression?: TransformCompression;

  /**
   * What a record is.
   *
   * @default - each object is one request
   */
  readonly split?: TransformSplit;

  /**
   * How the answers of one object are put together.
   *
   * @default - one after the other
   */
  readonly assembleWith?: TransformAssembly;

  /**
   * Size of a request, 0 to 100 MiB and not less than one record; 0 sends whole objects in chunks, to models that can read them so. Together with
   * `maxConcurrentTransforms` it must not exceed 100 MiB.
   *
   * @default - what the container asks for, or 6 MiB
   */
  readonly maxPayload?: Size;

  /**
   * Number of requests that an instance gets at once, from 0; 0 leaves it to the container.
   *
   * @default - what the container asks for, or 1
   */
  readonly maxConcurrentTransforms?: number;

  /**
   * JSONPath, up to 63 characters, of the part of a record that the model gets, for example `$[1:]`. For records of CSV and JSON.
   *
   * @default - all of it
   */
  readonly inputFilter?: string;

  /**
   * What is joined with the answers. For records of CSV and JSON.
   *
   * @default - nothing
   */
  readonly joinSource?: TransformJoinSource;

  /**
   * JSONPath, up to 63 characters, of the part that is written, for example `$[0,-1]`. For records of CSV and JSON.
   *
   * @default - all of it
   */
  readonly outputFilter?: string;

  /**
   * Environment variables of the container, up to 16, each value up to 10,240 characters, beside those of the model. Not for secrets.
   *
   * @default - those of the model
   */
  readonly environment?: { [name: string]: string };

  /**
   * Number of instances, 1 to 100, which share the objects.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * How long the model may take for one request, 1 second to 1 hour.
   *
   * @default - what SageMaker allows, 10 minutes
   */
  readonly invocationTimeout?: Duration;

  /**
   * How often a failed request is sent again, 0 to 3.
   *
   * @default - what SageMaker does, 3 times
   */
  readonly invocationRetries?: number;
}

/** `name` tells how a property is called where it was given. */
export function checkTransform(options: TransformOptions, name: (prop: string) => string, problems: Problems): void {
  const { contentType, maxPayload, maxConcurrentTransforms } = options;
  const payload = maxPayload && mebibytes(maxPayload);
  for (const prop of ['contentType', 'accept'] as const) { problems.pattern(name(prop), options[prop], MIME_TYPE, 'be at most 256 characters'); }
  for (const prop of ['inputFilter', 'outputFilter'] as const) {
    problems.pattern(name(prop), options[prop], JSON_PATH, "be a JSONPath of at most 63 characters that begins with '$'");
  }
  problems.integer(`${name('maxPayload')} (MiB)`, payload, 0, MAX_PAYLOAD_MIB);
  problems.integer(name('maxConcurrentTransforms'), maxConcurrentTransforms, 0, Number.MAX_SAFE_INTEGER);
  const factors = [maxConcurrentTransforms, payload].filter((n): n is number => n !== undefined && !Token.isUnresolved(n));
  if (factors.length === 2) {
    problems.range(`${name('maxConcurrentTransforms')} × ${name('maxPayload')} (MiB)`, factors[0] * factors[1], 0, MAX_PAYLOAD_MIB);
  }
  if (renderProcessing(options) !== undefined) {
    problems.pattern(name('contentType'), contentType, /csv|json/i, 'be of CSV or JSON for inputFilter, outputFilter and joinSource');
  }
  checkEnvironment(name('environment'), options.environment, problems);
  problems.integer(name('instanceCount'), options.instanceCount, 1, MAX_INSTANCES);
  problems.integer(`${name('invocationTimeout')} (seconds)`, seconds(options.invocationTimeout), 1, MAX_TIMEOUT_SECONDS);
  problems.integer(name('invocationRetries'), options.invocationRetries, 0, MAX_RETRIES);
}

/** The parts of a request that the options alone decide. */
export function renderTransform(options: TransformOptions) {
  const { maxPayload, invocationTimeout, invocationRetries } = options;
  return {
    input: { ContentType: options.contentType, CompressionType: options.compression, SplitType: options.split?._splitType },
    output: { Accept: options.accept, AssembleWith: options.assembleWith },
    instanceCount: options.instanceCount ?? DEFAULTS.instanceCount,
    request: {
      BatchStrategy: options.split?._batchStrategy,
      MaxConcurrentTransforms: options.maxConcurrentTransforms,
      MaxPayloadInMB: maxPayload && mebibytes(maxPayload),
      Environment: sorted(options.environment),
      DataProcessing: renderProcessing(options),
      ModelClientConfig: invocationTimeout === undefined && invocationRetries === undefined ? undefined : {
        InvocationsTimeoutInSeconds: invocationTimeout?.toSeconds(),
        InvocationsMaxRetries: invocationRetries,
      },
    },
  };
}

function renderProcessing({ inputFilter, outputFilter, joinSource }: TransformOptions): object | undefined {
  const processing = { InputFilter: inputFilter, OutputFilter: outputFilter, JoinSource: joinSource };
  return Object.values(processing).some(v => v !== undefined) ? processing : undefined;
}

function checkEnvironment(name: string, environment: TransformOptions['environment'], problems: Problems): void {
  const entries = Object.entries(environment ?? {});
  problems.count(name, entries, 0, MAX_ENVIRONMENT_ENTRIES);
  for (const [key, value] of entries) {
    problems.pattern(`${name} key`, key, /^[a-zA-Z_][a-zA-Z0-9_]{0,1023}$/, 'be letters, digits and _, and not begin with a digit');
    if (!Token.isUnresolved(value)) { problems.range(`${name}.${key} (characters)`, value.length, 0, MAX_ENVIRONMENT_VALUE); }
  }
}
