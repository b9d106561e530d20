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
