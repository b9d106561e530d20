import { Token } from 'aws-cdk-lib';
import { PipelineVariable } from './pipeline-variable';
import { Problems } from '../../core/problems';
import { PipelineStep } from '../steps/pipeline-step';

/**
 * A value in a JSON report that a step writes: a metric of a model, usually a number.
 *
 * Conditions look at it, and it may stand wherever a pipeline variable may.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html
 */
export class ReportMetric extends PipelineVariable {
  /**
   * A value in the report of the evaluation of an MlTrainingPipeline.
   *
   * @param path where it stands, for example `regression_metrics.mse.value`
   */
  public static at(path: string): ReportMetric {
    return new ReportMetric(path, '', {});
  }

  /**
   * A value in a JSON file in S3 that no step declares as its report, but some step writes. The role of the pipeline may read it as far as
   * the URI is known at synth.
   *
   * @param uri S3 URI of the file; may hold variables
   * @param path where the value stands, for example `metrics.auc`
   */
  public static inFile(uri: string, path: string): ReportMetric {
    return new ReportMetric(path, uri, { S3Uri: uri }, uri);
  }

  /** @internal */
  public static _of(step: PipelineStep, report: string, path: string): ReportMetric {
    const file = `Steps.${step.stepName}.PropertyFiles.${report}`;
    const metric = new ReportMetric(path, file, { PropertyFile: { Get: file } });
    metric._step = step;
    return metric;
  }

  private constructor(
    /** Where the value stands in the report. */
    public readonly metricPath: string,
    report: string,
    file: object,
    /**
     * S3 URI of the report, if no step declares it.
     *
     * @internal
     */
    public readonly _uri?: string,
  ) {
    super(report);
    this._needsText = true;
    this._expression = { 'Std:JsonGet': { ...file, Path: metricPath } };
  }

  /**
   * What is wrong with the metric itself; `name` is where it is used.
   *
   * @internal
   */
  public _checkMetric(name: string, problems: Problems): void {
    problems.check(!Token.isUnresolved(this.metricPath), `${name}: the path of a metric must be known at synth, since SageMaker takes no variable there`);
    problems.check(this.metricPath.trim() !== '', `${name}: the path of a metric must not be empty`);
    problems.check(this.path !== '', `${name}: ReportMetric.at('${this.metricPath}') belongs to no step: use metric() of the step that writes the report`);
  }
}
