import { PipelineVariable } from './pipeline-variable';

/** All of them are texts. */
function text(path: string): PipelineVariable {
  const variable = new PipelineVariable(path);
  variable._kind = 'text';
  return variable;
}

/**
 * What an execution knows of itself.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-properties.html
 */
export class PipelineExecution {
  /** Id of the execution, unique in its pipeline. */
  public static readonly ID = text('Execution.PipelineExecutionId');

  /** ARN of the execution. */
  public static readonly ARN = text('Execution.PipelineExecutionArn');

  /** Name of the pipeline. */
  public static readonly PIPELINE_NAME = text('Execution.PipelineName');

  /** ARN of the pipeline. */
  public static readonly PIPELINE_ARN = text('Execution.PipelineArn');

  /** When the execution started. */
  public static readonly START_TIME = text('Execution.StartDateTime');

  /** When the value is read. */
  public static readonly CURRENT_TIME = text('Execution.CurrentDateTime');

  private constructor() {}
}
