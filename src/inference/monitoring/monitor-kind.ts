import { dataQuality, DataQualityMonitorOptions } from './data-quality-monitor';
import { modelBias, ModelBiasMonitorOptions } from './model-bias-monitor';
import { modelExplainability, ModelExplainabilityMonitorOptions } from './model-explainability-monitor';
import { modelQuality, ModelQualityMonitorOptions } from './model-quality-monitor';
import { MonitorDefinition } from './monitor-definition';

/**
 * What a monitor looks at. Each kind takes only what it needs.
 *
 * Baselines are files that something else makes before the first run: a QualityCheck or ClarifyCheck step of a pipeline, or `suggest_baseline` of the
 * SageMaker Python SDK, which runs the same image as a processing job over the training data.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-create-baseline.html
 */
export class MonitorKind {
  /**
   * Whether the data that comes in still looks like that of the training: types, missing values, distributions.
   *
   * @param options the baseline, and what is left out
   */
  public static dataQuality(options: DataQualityMonitorOptions): MonitorKind {
    return new MonitorKind(dataQuality(options));
  }

  /**
   * Whether predictions are still as good as they were, measured by labels that you bring.
   *
   * @param options what the model predicts, labels and baseline
   */
  public static modelQuality(options: ModelQualityMonitorOptions): MonitorKind {
    return new MonitorKind(modelQuality(options));
  }

  /**
   * Whether predictions are still as fair as they were, measured by labels that you bring.
   *
   * @param options the analysis, labels and baseline
   */
  public static modelBias(options: ModelBiasMonitorOptions): MonitorKind {
    return new MonitorKind(modelBias(options));
  }

  /**
   * Whether features still weigh as much in predictions as they did. Its jobs ask the model, so they are not cut off from the network.
   *
   * @param options the analysis and the baseline
   */
  public static modelExplainability(options: ModelExplainabilityMonitorOptions): MonitorKind {
    return new MonitorKind(modelExplainability(options));
  }

  private constructor(
    /** @internal */
    public readonly _definition: MonitorDefinition,
  ) {}
}
