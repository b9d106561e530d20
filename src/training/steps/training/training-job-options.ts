import { Duration, Size } from 'aws-cdk-lib';
import { TrainingAlgorithm } from './training-algorithm';
import { TrainingChannel } from './training-channel';
import { TrainingInstanceGroup, TrainingInstancePlacement, TrainingInstancePreference } from './training-cluster';
import { TrainingDistribution } from './training-distribution';
import { ManagedSpotTraining, TrainingCheckpoints } from './training-spot';
import { TrainingInputMode } from './training-values';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { ScriptCode } from '../code/script-code';

/**
 * What every training says of itself, alone or as one of many that a tuning starts.
 */
export interface TrainingJobOptions {
  /**
   * The image that trains.
   *
   * @default - that of the `algorithm`; one of the two must be given
   */
  readonly image?: SageMakerImage;

  /**
   * The algorithm resource that trains, in place of an image.
   *
   * @default - the image is given
   */
  readonly algorithm?: TrainingAlgorithm;

  /**
   * The data, 1 to 20 channels.
   *
   * @default - no data
   */
  readonly channels?: TrainingChannel[];

  /**
   * How SageMaker brings channels into the container that do not say it themselves.
   *
   * @default TrainingInputMode.FILE
   */
  readonly inputMode?: TrainingInputMode;

  /**
   * Code of one's own that the image runs (script mode). It is one more channel, `code`.
   *
   * @default - what the image holds
   */
  readonly code?: ScriptCode;

  /**
   * Hyperparameters, up to 100 with those that `distribution` and the toolkit add, each value up to 2500 characters.
   *
   * @default - none
   */
  readonly hyperparameters?: { [name: string]: string };

  /**
   * How the training is distributed over processes and instances, for images with the training toolkit of SageMaker.
   *
   * @default - as the image does it
   */
  readonly distribution?: TrainingDistribution;

  /**
   * Environment variables of the container, up to 100 (48 in a tuning), each value up to 512 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * How SageMaker finds metrics in the log of the container: up to 40 names of up to 255 characters, each with a regular expression of up to 500
   * characters whose group is the value, for example `{ 'validation:rmse': 'validation-rmse:([0-9.]+)' }`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/define-train-metrics.html
   *
   * @default - those that an algorithm of AWS defines itself; none for other images
   */
  readonly metricDefinitions?: { [metricName: string]: string };

  /**
   * S3 URI below which the model artifact goes.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Whether the model artifact is packed as `model.tar.gz`; otherwise its files lie in S3 as they are.
   *
   * @default - not said, it is
   */
  readonly compressOutput?: boolean;

  /**
   * Type of the instances, for example `ml.m5.xlarge`, or a parameter.
   *
   * @default 'ml.m5.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Number of instances, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Instances of several types, 1 to 5 groups, in place of type and number.
   *
   * @default - all instances are of one type
   */
  readonly instanceGroups?: TrainingInstanceGroup[];

  /**
   * Types to choose from, 1 to 5, the preferred ones first: the first that there is capacity for is taken, in place of type and number. Not together with
   * `spot`.
   *
   * @default - there is no choice
   */
  readonly instancePreferences?: TrainingInstancePreference[];

  /**
   * Where instances stand in UltraServers.
   *
   * @default - SageMaker decides
   */
  readonly instancePlacement?: TrainingInstancePlacement;

  /**
   * How long instances wait for the next job like this one (warm pool), up to 6 hours. They cost while they wait.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/train-warm-pools.html
   *
   * @default - they do not wait
   */
  readonly keepAlivePeriod?: Duration;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;

  /**
   * How long the job may run, up to 28 days.
   *
   * @default Duration.days(1)
   */
  readonly maxRuntime?: Duration;

  /**
   * How long the job may wait for instances, 30 minutes to 28 days.
   *
   * @default - what SageMaker takes
   */
  readonly maxPendingTime?: Duration;

  /**
   * Trains on spare instances at a lower price. Give `checkpoints` too, or an interruption loses everything.
   *
   * @default - instances are kept until the job ends
   */
  readonly spot?: ManagedSpotTraining;

  /**
   * What is saved on the way. All trainings of a tuning have the same place for it, so programs must keep them apart themselves.
   *
   * @default - nothing
   */
  readonly checkpoints?: TrainingCheckpoints;

  /**
   * How often SageMaker starts the job again after an error of its own, 1 to 30 times.
   *
   * @default - it does not
   */
  readonly maxRetryAttempts?: number;
}
