import { ClarifyField } from './clarify-field';
import { Problems } from '../../../core/problems';
import { checkInstanceType } from '../instances';

const ACCEPT = ['text/csv', 'application/jsonlines', 'application/json'];
const CONTENT = [...ACCEPT, 'image/jpeg', 'image/jpg', 'image/png', 'application/x-npy'];

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: 'ml.m5.large', instanceCount: 1 };

/**
 * The model that Clarify asks, for which it makes an endpoint and deletes it again. All but the name of the model is written into a file at synth and
 * can hold no variables.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export interface ClarifyModelOptions {
  /** Name of the SageMaker model; may be a variable. */
  readonly modelName: string;

  /**
   * Type of the instances of the endpoint.
   *
   * @default 'ml.m5.large'
   */
  readonly modelInstanceType?: string;

  /**
   * Number of instances of the endpoint, from 1.
   *
   * @default 1
   */
  readonly modelInstanceCount?: number;

  /**
   * MIME type in which the model is asked.
   *
   * @default - that of the data
   */
  readonly contentType?: string;

  /**
   * MIME type in which the model answers.
   *
   * @default - the content type
   */
  readonly acceptType?: string;

  /**
   * How a request is made of records, with the placeholder `$features` for JSON Lines, `$records` or `$record` for JSON, which both need it.
   *
   * @default - none
   */
  readonly contentTemplate?: string;

  /**
   * How a record of a request in JSON is made, with placeholders like `$features_kvp`; JSON needs it.
   *
   * @default - none
   */
  readonly recordTemplate?: string;

  /**
   * Custom attributes that go with each request, up to 1024 characters.
   *
   * @default - none
   */
  readonly customAttributes?: string;

  /**
   * Which model of a multi-model endpoint is asked.
   *
   * @default - the endpoint has one model
   */
  readonly targetModel?: string;

  /**
   * Where the predicted label, or score, stands in an answer.
   *
   * @default - the answer is the label or the score
   */
  readonly answerLabel?: ClarifyField;

  /**
   * Where the probabilities stand in an answer.
   *
   * @default - none
   */
  readonly answerProbability?: ClarifyField;

  /**
   * Probability from which on a record belongs to the class, 0 to 1.
   *
   * @default - what Clarify takes, 0.5
   */
  readonly probabilityThreshold?: number;

  /**
   * Names of the labels in the order of the probabilities.
   *
   * @default - none
   */
  readonly labelHeaders?: string[];
}

/**
 * What goes together, as the SageMaker Python SDK asks for it.
 *
 * @internal
 */
export function checkModel(name: string, model: ClarifyModelOptions, problems: Problems): void {
  const { contentType, contentTemplate, recordTemplate } = model;
  checkInstanceType(`${name}.modelInstanceType`, model.modelInstanceType, problems);
  problems.integer(`${name}.modelInstanceCount`, model.modelInstanceCount, 1, Number.MAX_SAFE_INTEGER);
  problems.range(`${name}.probabilityThreshold`, model.probabilityThreshold, 0, 1);
  problems.range(`${name}.customAttributes (characters)`, model.customAttributes?.length, 0, 1024);
  problems.oneOf(`${name}.contentType`, contentType, CONTENT);
  problems.oneOf(`${name}.acceptType`, model.acceptType, ACCEPT);
  if (contentType === 'application/jsonlines') { problems.check(!!contentTemplate?.includes('$features'), `${name}.contentTemplate must hold $features for JSON Lines`); }
  if (contentType === 'application/json') {
    problems.check(!!contentTemplate?.includes('$record'), `${name}.contentTemplate must hold $records or $record for JSON`);
    problems.check(recordTemplate !== undefined, `${name}.recordTemplate must be given for JSON`);
  }
}

/**
 * As it stands in the file, where SageMaker adds the name of the model itself.
 *
 * @internal
 */
export function renderModel(model: ClarifyModelOptions): object {
  return {
    predictor: {
      instance_type: modelInstanceType(model),
      initial_instance_count: model.modelInstanceCount ?? DEFAULTS.instanceCount,
      accept_type: model.acceptType,
      content_type: model.contentType,
      content_template: model.contentTemplate,
      record_template: model.recordTemplate,
      custom_attributes: model.customAttributes,
      target_model: model.targetModel,
      label: model.answerLabel?._value,
      probability: model.answerProbability?._value,
      label_headers: model.labelHeaders,
    },
    probability_threshold: model.probabilityThreshold,
  };
}

/** @internal */
export function modelInstanceType(model: ClarifyModelOptions): string {
  return model.modelInstanceType ?? DEFAULTS.instanceType;
}
