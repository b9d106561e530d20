import { Duration, Size } from 'aws-cdk-lib';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { ScriptCode } from '../steps/code/script-code';
import { StepCache } from '../steps/step-cache';
import { StepRetry } from '../steps/step-retry';
import { ManagedSpotTraining, TrainingCheckpoints } from '../steps/training/training-spot';

/**
 * How the model is trained: step `Train`.
 */
export interface TrainingPipelineTraining {
  /** The image that trains. */
  readonly image: SageMakerImage;

  /** Which outputs of the processing are the channels, below /opt/ml/input/data. */
  readonly channels: string[];

  /**
   * Hyperparameters.
   *
   * @default - none
   */
  readonly hyperparameters?: { [name: string]: string };

  /**
   * How SageMaker finds metrics in the log of the container: up to 40 names, each with a regular expression whose group is the value.
   *
   * @default - those that an algorithm of AWS defines itself; none for other images
   */
  readonly metricDefinitions?: { [metricName: string]: string };

  /**
   * MIME type of the channels.
   *
   * @default 'text/csv'
   */
  readonly contentType?: string;

  /**
   * Default of the parameter TrainingInstanceType.
   *
   * @default 'ml.m5.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Number of instances, 1 or more, or a parameter.
   *
   * @default - one
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
   *
   * @default - 30 GiB
   */
  readonly volumeSize?: Size;

  /**
   * How long the job may run, up to 28 days.
   *
   * @default - 1 day
   */
  readonly maxRuntime?: Duration;

  /**
   * Environment variables of the container, up to 100, each value up to 512 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Code of your own that the image runs (script mode).
   *
   * @default - what the image holds
   */
  readonly code?: ScriptCode;

  /**
   * Trains on spare instances at a lower price. Give `checkpoints` too, or an interruption loses everything.
   *
   * @default - instances are kept until the job ends
   */
  readonly spot?: ManagedSpotTraining;

  /**
   * What is saved on the way, `{}` for the usual places.
   *
   * @default - nothing
   */
  readonly checkpoints?: TrainingCheckpoints;

  /**
   * How long instances wait for the next job like this one (warm pool), up to 6 hours. They cost while they wait.
   *
   * @default - they do not wait
   */
  readonly keepAlivePeriod?: Duration;

  /**
   * Whether the model of an earlier run is used again.
   *
   * @default - the model is always trained
   */
  readonly cache?: StepCache;

  /**
   * When the training is tried again, and how often.
   *
   * @default - it is not
   */
  readonly retries?: StepRetry[];
}
