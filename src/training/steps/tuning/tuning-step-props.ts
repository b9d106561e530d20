import { Duration } from 'aws-cdk-lib';
import { TuningStrategy } from './tuning-strategy';
import { TuningTrainingJob } from './tuning-training-job';
import { TuningWarmStart } from './tuning-warm-start';
import { JobStepProps, RetryableStepProps } from '../step-props';

/**
 * When a tuning is done before its limits are reached.
 */
export interface TuningCompletion {
  /**
   * The objective is as good as this.
   *
   * @default - however good it is
   */
  readonly targetMetric?: number;

  /**
   * So many trainings, 3 or more, were no better than the best before.
   *
   * @default - however many
   */
  readonly maxJobsWithoutImprovement?: number;

  /**
   * SageMaker expects no better one.
   *
   * @default - not said
   */
  readonly onConvergence?: boolean;
}

/**
 * Properties of a TuningStep.
 */
export interface TuningStepProps extends JobStepProps, RetryableStepProps {
  /** The trainings to tune, 1 to 10 kinds. `code` is started by the training toolkit, which the image must hold; images of the container kit hold none, and are refused with it. */
  readonly trainingJobs: TuningTrainingJob[];

  /**
   * How values are chosen.
   *
   * @default - TuningStrategy.bayesian()
   */
  readonly strategy?: TuningStrategy;

  /**
   * Number of trainings, or a parameter.
   *
   * @default - until something else ends the tuning: `completion`, `maxRuntime`, or the end of the grid
   */
  readonly maxJobs?: number;

  /**
   * Number of trainings at the same time, or a parameter.
   *
   * @default 1
   */
  readonly maxParallelJobs?: number;

  /**
   * How long the tuning may run, 2 minutes to 182.5 days.
   *
   * @default - until its trainings are done
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether SageMaker stops trainings that will be no better than others.
   *
   * @default false
   */
  readonly earlyStopping?: boolean;

  /**
   * When the tuning is done before its limits are reached.
   *
   * @default - not before
   */
  readonly completion?: TuningCompletion;

  /**
   * What it learns from earlier tunings.
   *
   * @default - nothing
   */
  readonly warmStart?: TuningWarmStart;

  /**
   * The same number leads to nearly the same choice of values.
   *
   * @default - SageMaker takes one by chance
   */
  readonly randomSeed?: number;

  /**
   * Whether SageMaker finds ranges and limits itself, as far as they are not said.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-autotune.html
   *
   * @default false
   */
  readonly autotune?: boolean;

  /**
   * Tags of the tuning job, up to 50.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
