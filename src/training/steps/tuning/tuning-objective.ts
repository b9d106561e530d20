import { Problems } from '../../../core/problems';

/** The metric that a tuning makes as small or as great as it can. */
export class TuningObjective {
  /**
   * The smaller, the better.
   *
   * @param metricName one of the metrics of the training, for example `validation:rmse`
   */
  public static minimize(metricName: string): TuningObjective {
    return new TuningObjective(metricName, 'Minimize');
  }

  /**
   * The greater, the better.
   *
   * @param metricName one of the metrics of the training, for example `validation:auc`
   */
  public static maximize(metricName: string): TuningObjective {
    return new TuningObjective(metricName, 'Maximize');
  }

  private constructor(
    /** Name of the metric. */
    public readonly metricName: string,
    private readonly direction: string,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} metric`, this.metricName, /^.{1,255}$/, 'be 1 to 255 characters');
  }

  /** @internal */
  public _render(): object {
    return { Type: this.direction, MetricName: this.metricName };
  }
}
