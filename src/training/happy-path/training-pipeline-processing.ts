import { Duration, Size } from 'aws-cdk-lib';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { ScriptCode } from '../steps/code/script-code';
import { StepCache } from '../steps/step-cache';
import { StepRetry } from '../steps/step-retry';

/**
 * How the data is prepared: step `Process`.
 */
export interface TrainingPipelineProcessing {
  /** The image that prepares the data. */
  readonly image: SageMakerImage;

  /**
   * Code of your own that the image runs (script mode), in place of an entrypoint. The argument `--input-data <parameter InputData>` is handed to it.
   *
   * @default - the image holds the code
   */
  readonly code?: ScriptCode;

  /** Outputs, each a directory below /opt/ml/processing. */
  readonly outputs: string[];

  /**
   * Command of the container. Input lies in /opt/ml/processing/input; the argument `--input-data <parameter InputData>` follows.
   *
   * @default ['python3', '/opt/ml/code/preprocess.py']
   */
  readonly entrypoint?: string[];

  /**
   * Default of the parameter ProcessingInstanceType, which the evaluation uses too, unless it says another.
   *
   * @default 'ml.m5.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Default of the parameter ProcessingInstanceCount.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
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
