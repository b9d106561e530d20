import { Duration, Size } from 'aws-cdk-lib';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { ScriptCode } from '../steps/code/script-code';
import { StepCache } from '../steps/step-cache';
import { StepRetry } from '../steps/step-retry';

/**
 * How the model is evaluated: step `Evaluate`.
 */
export interface TrainingPipelineEvaluation {
  /** The image that evaluates. The model lies in /opt/ml/processing/model. */
  readonly image: SageMakerImage;

  /**
   * Code of your own that the image runs (script mode), in place of an entrypoint.
   *
   * @default - the image holds the code
   */
  readonly code?: ScriptCode;

  /** Path of the JSON report below /opt/ml/processing/evaluation, for example `evaluation.json`. */
  readonly report: string;

  /**
   * Which outputs of the processing are the data to evaluate with, below /opt/ml/processing.
   *
   * @default - those that are not channels of the training
   */
  readonly inputs?: string[];

  /**
   * Command of the container.
   *
   * @default ['python3', '/opt/ml/code/evaluate.py']
   */
  readonly entrypoint?: string[];

  /**
   * Default of the parameter EvaluationInstanceType, which there is only then.
   *
   * @default - the parameter ProcessingInstanceType
   */
  readonly instanceType?: string;

  /**
   * Size of the volume of the instance, 1 to 16,384 GiB.
   *
   * @default - 30 GiB
   */
  readonly volumeSize?: Size;

  /**
   * How long the job may run, up to 5 days.
   *
   * @default - what SageMaker allows, 1 day
   */
  readonly maxRuntime?: Duration;

  /**
   * Environment variables of the container, up to 100, each value up to 256 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Whether the result of an earlier run is used again.
   *
   * @default - the step always runs
   */
  readonly cache?: StepCache;

  /**
   * When the step is tried again, and how often.
   *
   * @default - it is not
   */
  readonly retries?: StepRetry[];
}
