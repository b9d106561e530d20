import { Problems } from '../../core/problems';
import { PipelineExecution } from '../definition/pipeline-execution';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateExperiment.html */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}$/;

/** What SageMaker's SDK writes: an experiment of the name of the pipeline, one trial for each execution. */
const DEFAULT_EXPERIMENT = { ExperimentName: PipelineExecution.PIPELINE_NAME, TrialName: PipelineExecution.ID };

/**
 * The SageMaker experiment that groups the executions of a pipeline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-experiments.html
 */
export class PipelineExperiment {
  /**
   * An experiment of this name, with one trial for each execution.
   *
   * @param experimentName up to 120 letters, digits and dashes; may be a parameter
   */
  public static named(experimentName: string): PipelineExperiment {
    return new PipelineExperiment(experimentName, PipelineExecution.ID.asString());
  }

  /**
   * One trial of an experiment for all executions.
   *
   * @param experimentName up to 120 letters, digits and dashes; may be a parameter
   * @param trialName up to 120 letters, digits and dashes; may be a parameter
   */
  public static trial(experimentName: string, trialName: string): PipelineExperiment {
    return new PipelineExperiment(experimentName, trialName);
  }

  /** No experiment: the way for Regions that do not have SageMaker Experiments. */
  public static none(): PipelineExperiment {
    return new PipelineExperiment();
  }

  private constructor(
    /** @internal */
    public readonly _experimentName?: string,
    private readonly trialName?: string,
  ) {}

  /** @internal */
  public _check(problems: Problems): void {
    problems.pattern('experiment name', this._experimentName, NAME, 'be 1 to 120 letters, digits and dashes');
    problems.pattern('experiment trial', this.trialName, NAME, 'be 1 to 120 letters, digits and dashes');
  }

  /** @internal */
  public _render(): object | null {
    return this._experimentName === undefined ? null : { ExperimentName: this._experimentName, TrialName: this.trialName };
  }
}

/** How the executions are grouped; by the name of the pipeline if nothing is said. */
export function renderExperiment(experiment?: PipelineExperiment): object | null {
  return experiment === undefined ? DEFAULT_EXPERIMENT : experiment._render();
}
