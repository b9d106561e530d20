import { PipelineVariable } from './pipeline-variable';

/**
 * What an execution knows of itself.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-properties.html
 */
export class PipelineExecution {
  /** Id of the execution, unique in its pipeline. */
  public static readonly ID = new PipelineVariable('Execution.PipelineExecutionId');

  /** ARN of the execution. */
  public static readonly ARN = new PipelineVariable('Execution.PipelineExecutionArn');

  /** Name of the pipeline. */
  public static readonly PIPELINE_NAME = new PipelineVariable('Execution.PipelineName');

  /** ARN of the pipeline. */
  public static readonly PIPELINE_ARN = new PipelineVariable('Execution.PipelineArn');

  /** When the execution started. */
  public static readonly START_TIME = new PipelineVariable('Execution.StartDateTime');

  /** When the value is read. */
  public static readonly CURRENT_TIME = new PipelineVariable('Execution.CurrentDateTime');

  private constructor() {}
}
