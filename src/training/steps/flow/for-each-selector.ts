import { bodyOutput } from './body-output';
import { Problems } from '../../../core/problems';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { PipelineStep } from '../pipeline-step';

/**
 * Which iteration of a ForEachStep is the one whose outputs `selected` gives.
 */
export class ForEachSelector {
  /**
   * The one in which an output of a step of the body is greatest.
   *
   * @param output an output of a step of the body, a number
   */
  public static maxBy(output: PipelineVariable): ForEachSelector {
    return new ForEachSelector('MaxBy', output);
  }

  /**
   * The one in which an output of a step of the body is least.
   *
   * @param output an output of a step of the body, a number
   */
  public static minBy(output: PipelineVariable): ForEachSelector {
    return new ForEachSelector('MinBy', output);
  }

  private constructor(private readonly pick: string, private readonly output: PipelineVariable) {}

  /**
   * The step that is compared, if it is one of `body`.
   *
   * @internal
   */
  public _stepIn(body: PipelineStep[]): PipelineStep | undefined {
    return bodyOutput(this.output, body)?.step;
  }

  /** @internal */
  public _check(name: string, body: PipelineStep[], problems: Problems): void {
    problems.check(this._stepIn(body) !== undefined, `${name} must compare an output of a step of the body, got '${this.output.path}'`);
  }

  /** @internal */
  public _render(): object {
    return { Pick: this.pick, Field: new PipelineVariable(this.output.path.replace(/^Steps\./, 'IterationOutput.')) };
  }
}
