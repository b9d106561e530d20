import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { executionPattern, stepPattern } from './patterns';
import { consumersRule } from '../../delivery/event-rule';

/**
 * How an execution of a pipeline is doing.
 */
export enum PipelineExecutionStatus {
  /** It runs. */
  EXECUTING = 'Executing',
  /** It is being stopped. */
  STOPPING = 'Stopping',
  /** It was stopped. */
  STOPPED = 'Stopped',
  /** A step failed, and with it the execution. */
  FAILED = 'Failed',
  /** All is well. */
  SUCCEEDED = 'Succeeded',
  /** A step failed, and others ran because of it: `afterFailed`. */
  COMPLETED_WITH_FAILURES = 'CompletedWithFailures',
}

/**
 * How a step of an execution is doing.
 */
export enum PipelineStepStatus {
  /** It waits for other steps. */
  STARTING = 'Starting',
  /** It runs. */
  EXECUTING = 'Executing',
  /** It is being stopped. */
  STOPPING = 'Stopping',
  /** It was stopped. */
  STOPPED = 'Stopped',
  /** It failed; `$.detail.failureReason` of the event says why. */
  FAILED = 'Failed',
  /** All is well. */
  SUCCEEDED = 'Succeeded',
}

/**
 * Which changes of executions are meant, and what gets them.
 */
export interface ExecutionEventOptions extends OnEventOptions {
  /**
   * What the execution has become.
   *
   * @default - anything
   */
  readonly statuses?: PipelineExecutionStatus[];
}

/**
 * Which changes of steps are meant, and what gets them.
 */
export interface StepEventOptions extends OnEventOptions {
  /**
   * What the step has become.
   *
   * @default - anything
   */
  readonly statuses?: PipelineStepStatus[];

  /**
   * Names of the steps.
   *
   * @default - all steps
   */
  readonly stepNames?: string[];
}

/**
 * What a pipeline tells EventBridge while it runs. SageMaker may send several events for one change, so that what gets them must bear to get one twice.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 *
 * @example
 * declare const pipeline: SageMakerPipeline;
 * declare const record: lambda.IFunction;
 *
 * pipeline.events.onExecutionStatusChange('Ended', {
 *   statuses: [PipelineExecutionStatus.SUCCEEDED, PipelineExecutionStatus.FAILED],
 *   target: new targets.LambdaFunction(record),
 * });
 */
export class PipelineEvents {
  /** @internal */
  constructor(private readonly scope: Construct, private readonly pipelineName: string) {}

  /**
   * A rule for changes of executions.
   *
   * @param id id of the rule, unique in the pipeline
   * @param options which changes, and what gets them
   */
  public onExecutionStatusChange(id: string, options: ExecutionEventOptions = {}): Rule {
    const { statuses, ...rest } = options;
    return consumersRule(this.scope, id, executionPattern(this.scope, this.pipelineName, statuses), rest);
  }

  /**
   * A rule for changes of steps.
   *
   * @param id id of the rule, unique in the pipeline
   * @param options which changes of which steps, and what gets them
   */
  public onStepStatusChange(id: string, options: StepEventOptions = {}): Rule {
    const { statuses, stepNames, ...rest } = options;
    return consumersRule(this.scope, id, stepPattern(this.scope, this.pipelineName, statuses, stepNames), rest);
  }
}
