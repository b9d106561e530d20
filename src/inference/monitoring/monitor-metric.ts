import { Token } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitorAlarm } from './monitor-alarm';
import { MonitorDefinition, MonitorType } from './monitor-definition';
import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const NAME = /^[\x20-\x7e]{1,255}$/;

/** Behind the names of metrics that tell how good guessing would be. */
const GUESSING = /_best_constant_classifier$/;

/**
 * Where monitors publish. The page on data quality writes its namespace and dimensions in another way than the pages of the other kinds and all samples of AWS,
 * which agree with each other.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-cw.html
 */
const NAMESPACES: Record<MonitorType, string> = {
  DataQuality: 'aws/sagemaker/Endpoints/data-metrics',
  ModelQuality: 'aws/sagemaker/Endpoints/model-metrics',
  ModelBias: 'aws/sagemaker/Endpoints/bias-metrics',
  ModelExplainability: 'aws/sagemaker/Endpoints/explainability-metrics',
};

/**
 * When bias is measured.
 */
export enum BiasStage {
  /** In the data, by the labels. */
  PRE_TRAINING = 'Pre-training',

  /** In the predictions. */
  POST_TRAINING = 'Post-Training',
}

/**
 * Which of the values of a metric of bias, as the analysis names them.
 */
export interface BiasMetricOptions {
  /** When it is measured. */
  readonly stage: BiasStage;

  /** The label, as `label` of the analysis. */
  readonly label: string;

  /** Its value, as `label_values_or_threshold` of the analysis. */
  readonly labelValue: string;

  /** The facet, as `name_or_index` of the analysis. */
  readonly facet: string;

  /** Its value, as `value_or_threshold` of the analysis. */
  readonly facetValue: string;
}

/**
 * A number that a monitor publishes with each run.
 */
export class MonitorMetric {
  /**
   * How far a feature is from its baseline, of a monitor of data quality with `constraints` and `statistics`.
   *
   * @param feature name of the feature
   */
  public static featureDrift(feature: string): MonitorMetric {
    return new MonitorMetric('DataQuality', `feature_baseline_drift_${feature}`, true);
  }

  /**
   * Share of the records in which a feature is not missing, of a monitor of data quality.
   *
   * @param feature name of the feature
   */
  public static featureCompleteness(feature: string): MonitorMetric {
    return new MonitorMetric('DataQuality', `feature_non_null_${feature}`);
  }

  /**
   * A measure of how good predictions are, of a monitor of model quality.
   *
   * @param metricName for example `rmse`, `f1` or `weighted_f1`, depending on what the model predicts
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
   */
  public static quality(metricName: string): MonitorMetric {
    return new MonitorMetric('ModelQuality', metricName);
  }

  /**
   * A measure of how fair predictions are, of a monitor of bias.
   *
   * @param metricName short name, for example `DPPL`
   * @param options which of its values
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-cw.html
   */
  public static bias(metricName: string, options: BiasMetricOptions): MonitorMetric {
    const { stage, label, labelValue, facet, facetValue } = options;
    return new MonitorMetric('ModelBias', `bias_metric_${metricName}`, false, { BiasStage: stage, Label: label, LabelValue: labelValue, Facet: facet, FacetValue: facetValue });
  }

  /**
   * How much a feature weighs in predictions, of a monitor of explainability.
   *
   * @param feature name of the feature
   * @param label name of the label, as `label_headers` of the analysis
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-feature-attribute-drift-cw.html
   */
  public static attribution(feature: string, label: string = 'label0'): MonitorMetric {
    return new MonitorMetric('ModelExplainability', `feature_${feature}`, false, { ExplainabilityMethod: 'KernelShap', Label: label, ValueType: 'GlobalShapValues' });
  }

  private constructor(
    private readonly type: MonitorType,
    private readonly metricName: string,
    private readonly needsBaseline: boolean = false,
    private readonly more: Record<string, string> = {},
  ) {}

  /**
   * An alarm when a run gives more than this.
   *
   * @param threshold the highest number that is still good
   */
  public above(threshold: number): MonitorAlarm {
    return new MonitorAlarm(this, 'Above', threshold);
  }

  /**
   * An alarm when a run gives less than this.
   *
   * @param threshold the lowest number that is still good
   */
  public below(threshold: number): MonitorAlarm {
    return new MonitorAlarm(this, 'Below', threshold);
  }

  /**
   * Tells it apart from the others of one monitor, in construct ids.
   *
   * @internal
   */
  public get _key(): string {
    return [this.metricName, ...Object.values(this.more)].join('-').replace(/\//g, '|');
  }

  /** @internal */
  public _check(name: string, problems: Problems, definition: MonitorDefinition, ownImage: boolean): void {
    const { type, qualityMetrics = [], hasBaseline } = definition;
    problems.check(this.type === type, `${name} is a metric of ${this.type}, and the monitor is one of ${type}`);
    problems.check([this.metricName, ...Object.values(this.more)].every(v => !Token.isUnresolved(v)), `${name} must be known at synth, got a token`);
    problems.pattern(name, this.metricName, NAME, 'have a name of 1 to 255 characters of ASCII');
    problems.check(!this.needsBaseline || hasBaseline, `${name} needs constraints and statistics to compare with`);
    if (this.type !== 'ModelQuality' || type !== 'ModelQuality' || ownImage) { return; }
    problems.oneOf(name, this.metricName.replace(GUESSING, ''), qualityMetrics);
  }

  /** @internal */
  public _metric(endpointName: string, scheduleName: string, options?: MetricOptions): Metric {
    const dimensionsMap = { Endpoint: endpointName, MonitoringSchedule: scheduleName, ...this.more };
    return new Metric({ namespace: NAMESPACES[this.type], metricName: this.metricName, ...options, dimensionsMap });
  }
}
