import { DebugHook, TensorBoardOutput } from './debug-hook';
import { TrainingJobOptions } from './training-job-options';
import { TrainingProfiler } from './training-profiler';
import { TrainingRule } from './training-rule';
import { JobStepProps, RetryableStepProps } from '../step-props';

/**
 * Properties of a TrainingStep.
 */
export interface TrainingStepProps extends JobStepProps, RetryableStepProps, TrainingJobOptions {
  /**
   * Command that the container runs, 1 to 100 words of up to 256 characters. Not together with `code`.
   *
   * @default - what the image runs by itself, or the `code`
   */
  readonly entrypoint?: string[];

  /**
   * Arguments of the command or of the `code`, 1 to 100 of up to 256 characters.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * Whether the training toolkit in the image starts the `code`, as version 2 of the SageMaker Python SDK has it; framework images of AWS hold it. It sets
   * more variables, and can distribute the training; it installs `requirements.txt` by itself.
   *
   * @default false
   */
  readonly trainingToolkit?: boolean;

  /**
   * Whether metrics can be seen over time in SageMaker Studio.
   *
   * @default - what SageMaker does
   */
  readonly metricsTimeSeries?: boolean;

  /**
   * What SageMaker Debugger saves.
   *
   * @default - Debugger is not asked for
   */
  readonly debugHook?: DebugHook;

  /**
   * What Debugger looks for in what it saves, up to 20 rules.
   *
   * @default - nothing
   */
  readonly debugRules?: TrainingRule[];

  /**
   * Whether SageMaker measures how instances are used.
   *
   * @default - the profiler is not asked for
   */
  readonly profiler?: TrainingProfiler;

  /**
   * What the profiler looks for in what it measures, up to 20 rules.
   *
   * @default - nothing
   */
  readonly profilerRules?: TrainingRule[];

  /**
   * What the container writes for TensorBoard.
   *
   * @default - nothing is kept
   */
  readonly tensorBoard?: TensorBoardOutput;

  /**
   * Whether somebody may open a shell in the container, by way of AWS Systems Manager.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/train-remote-debugging.html
   *
   * @default - nobody may
   */
  readonly remoteDebug?: boolean;

  /**
   * Whether SageMaker checks the instances before the training starts.
   *
   * @default - what SageMaker does
   */
  readonly infraCheck?: boolean;

  /**
   * Tags of the job, up to 50.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
