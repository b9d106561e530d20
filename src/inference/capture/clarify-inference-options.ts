import { Size } from 'aws-cdk-lib';
import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { mebibytes } from '../../core/units';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClarifyInferenceConfig.html */
const MAX_TEXT = 64;
const MAX_LABELS = 16;
const MAX_FEATURES = 256;
const MAX_PAYLOAD_MIB = 25;

/**
 * What kind of feature a column is, for models of language.
 */
export enum ClarifyFeatureType {
  /** A number. */
  NUMERICAL = 'numerical',

  /** One of several values. */
  CATEGORICAL = 'categorical',

  /** Text. */
  TEXT = 'text',
}

/**
 * How an explainer reads requests and answers of the model.
 */
export interface ClarifyInferenceOptions {
  /**
   * JMESPath expression, up to 64 characters, that finds the features in a request in JSON Lines.
   *
   * @default - requests are CSV
   */
  readonly featuresAttribute?: string;

  /**
   * How a request in JSON Lines is put together, up to 64 characters, for example `{"myfeatures":$features}`.
   *
   * @default - requests are CSV
   */
  readonly contentTemplate?: string;

  /**
   * How many records the model takes in one request, from 1.
   *
   * @default - the explainer finds out
   */
  readonly maxRecordCount?: number;

  /**
   * Largest request that the explainer sends to the model, 1 to 25 MiB.
   *
   * @default - what SageMaker takes, 6 MB
   */
  readonly maxPayload?: Size;

  /**
   * Column of the probability in answers in CSV, from 0.
   *
   * @default - the whole answer is the probability
   */
  readonly probabilityIndex?: number;

  /**
   * JMESPath expression, up to 64 characters, that finds the probability in answers in JSON Lines.
   *
   * @default - answers are CSV
   */
  readonly probabilityAttribute?: string;

  /**
   * Column of the names of classes in answers in CSV, from 0.
   *
   * @default - answers hold no names of classes
   */
  readonly labelIndex?: number;

  /**
   * JMESPath expression, up to 64 characters, that finds the names of classes in answers in JSON Lines.
   *
   * @default - answers hold no names of classes
   */
  readonly labelAttribute?: string;

  /**
   * Names of the classes, 1 to 16 of up to 64 characters, for explanations that people read.
   *
   * @default - what answers hold
   */
  readonly labelHeaders?: string[];

  /**
   * Names of the features, 1 to 256 of up to 64 characters, for explanations that people read.
   *
   * @default - none
   */
  readonly featureHeaders?: string[];

  /**
   * Types of the features, 1 to 256, for models of language: one at least must be text.
   *
   * @default - the explainer tells from the baseline
   */
  readonly featureTypes?: ClarifyFeatureType[];
}

/**
 * Limits of what stands above.
 *
 * @internal
 */
export function checkClarifyInference(name: string, options: ClarifyInferenceOptions, problems: Problems): void {
  const text = (prop: string, value: string | undefined) =>
    problems.pattern(`${name}.${prop}`, value, new RegExp(`^.{1,${MAX_TEXT}}$`), `be 1 to ${MAX_TEXT} characters in one line`);
  const texts = (prop: string, values: string[] | undefined, max: number) => {
    problems.count(`${name}.${prop}`, values, 1, max);
    values?.forEach((value, i) => text(`${prop}[${i}]`, value));
  };
  const { featureTypes, maxPayload } = options;
  text('featuresAttribute', options.featuresAttribute);
  text('contentTemplate', options.contentTemplate);
  text('probabilityAttribute', options.probabilityAttribute);
  text('labelAttribute', options.labelAttribute);
  texts('labelHeaders', options.labelHeaders, MAX_LABELS);
  texts('featureHeaders', options.featureHeaders, MAX_FEATURES);
  problems.count(`${name}.featureTypes`, featureTypes, 1, MAX_FEATURES);
  problems.check(featureTypes?.includes(ClarifyFeatureType.TEXT) ?? true, `${name}.featureTypes must hold TEXT at least once: others need no types`);
  problems.integer(`${name}.maxRecordCount`, options.maxRecordCount, 1, Number.MAX_SAFE_INTEGER);
  problems.integer(`${name}.maxPayload (MiB)`, maxPayload && mebibytes(maxPayload), 1, MAX_PAYLOAD_MIB);
  problems.integer(`${name}.probabilityIndex`, options.probabilityIndex, 0, Number.MAX_SAFE_INTEGER);
  problems.integer(`${name}.labelIndex`, options.labelIndex, 0, Number.MAX_SAFE_INTEGER);
}

/**
 * Undefined where nothing is said.
 *
 * @internal
 */
export function renderClarifyInference(options: ClarifyInferenceOptions): CfnEndpointConfig.ClarifyInferenceConfigProperty | undefined {
  const { featuresAttribute, contentTemplate, maxRecordCount, maxPayload, probabilityIndex, probabilityAttribute } = options;
  const { labelIndex, labelAttribute, labelHeaders, featureHeaders, featureTypes } = options;
  const config = {
    featuresAttribute,
    contentTemplate,
    maxRecordCount,
    probabilityIndex,
    probabilityAttribute,
    labelIndex,
    labelAttribute,
    labelHeaders,
    featureHeaders,
    featureTypes,
    maxPayloadInMb: maxPayload && mebibytes(maxPayload),
  };
  return Object.values(config).some(value => value !== undefined) ? config : undefined;
}
