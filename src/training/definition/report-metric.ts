import { Token } from 'aws-cdk-lib';
import { PipelineCondition } from './pipeline-condition';
import { PipelineVariable } from './pipeline-variable';
import { Problems } from '../../core/problems';

/**
 * A number in the JSON report that a processing step writes.
 */
export class ReportMetric {
  /**
   * A number in the report of the evaluation.
   *
   * @param path where it stands, for example `regression_metrics.mse.value`
   */
  public static at(path: string): ReportMetric {
    return new ReportMetric(path);
  }

  /** @internal */
  constructor(
    /** Where the number stands in the report. */
    public readonly path: string,
    /**
     * `Steps.<step>.PropertyFiles.<file>`, if the step is known.
     *
     * @internal
     */
    public readonly _report?: string,
  ) {}

  /**
   * The metric is at most `value`; right for errors, of which less is better.
   *
   * @param value a number, or a variable's `asNumber()`
   */
  public atMost(value: number): PipelineCondition {
    return PipelineCondition._compare('LessThanOrEqualTo', this, value);
  }

  /**
   * The metric is at least `value`; right for scores, of which more is better.
   *
   * @param value a number, or a variable's `asNumber()`
   */
  public atLeast(value: number): PipelineCondition {
    return PipelineCondition._compare('GreaterThanOrEqualTo', this, value);
  }

  /** @internal */
  public _checkOperand(name: string, problems: Problems): void {
    problems.check(!Token.isUnresolved(this.path), `${name}: the path of a metric must be known at synth, since SageMaker takes no variable there`);
    problems.check(this.path.trim() !== '', `${name}: the path of a metric must not be empty`);
    problems.check(this._report !== undefined, `${name}: ReportMetric.at('${this.path}') belongs to no step: use metric() of the step that writes the report`);
  }

  /**
   * The report as a variable, so that its step is found where it is used.
   *
   * @internal
   */
  public _renderOperand(): object {
    return { 'Std:JsonGet': { PropertyFile: new PipelineVariable(this._report ?? ''), Path: this.path } };
  }
}
