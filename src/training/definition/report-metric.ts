import { PipelineCondition } from './pipeline-condition';

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

  /**
   * The name of what is measured: the last part of the path that says more than `value`.
   *
   * @internal
   */
  public get _measure(): string {
    const words = this.path.split(/[^A-Za-z0-9]+/).filter(w => w !== '' && w !== 'value');
    const last = words.at(-1) ?? 'metric';
    return last[0].toUpperCase() + last.slice(1);
  }

  /** @internal */
  public _renderOperand(): object {
    if (this._report === undefined) { throw new Error(`ReportMetric.at('${this.path}') belongs to no step: use metric() of the step that writes the report`); }
    return { 'Std:JsonGet': { PropertyFile: { Get: this._report }, Path: this.path } };
  }
}
