import { CheckStep } from './check-step';
import { ClarifyCheckStep, ClarifyCheckStepOptions } from './clarify-check-step';
import { QualityCheckStep, QualityCheckStepOptions } from './quality-check-step';
import { PipelineStep } from '../pipeline-step';
import { TransformStep, TransformStepProps } from '../transform/transform-step';

/** The checks that need no answers of the model. */
const BEFORE = ['DATA_QUALITY', 'MODEL_EXPLAINABILITY'];

/**
 * What monitored transforms of all kinds can say.
 */
export interface MonitoredTransformOptions {
  /** The transform: step `<name>-transform`. */
  readonly transform: TransformStepProps;

  /**
   * Whether the check comes first, so that data which violates the baseline is not sent to the model. For checks of data quality and explainability.
   *
   * @default false
   */
  readonly monitorBeforeTransform?: boolean;

  /**
   * S3 URI of the data that is checked.
   *
   * @default - the input of the transform if it is checked before, the output if after
   */
  readonly dataset?: string;
}

/**
 * Properties of MonitoredTransform.quality.
 */
export interface QualityMonitoredTransformProps extends MonitoredTransformOptions {
  /** The check: step `<name>-monitoring`. */
  readonly monitor: QualityCheckStepOptions;
}

/**
 * Properties of MonitoredTransform.clarify.
 */
export interface ClarifyMonitoredTransformProps extends MonitoredTransformOptions {
  /** The check: step `<name>-monitoring`. */
  readonly monitor: ClarifyCheckStepOptions;
}

/**
 * A batch transform and a check of its input or output, as two steps.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-batch-transform.html
 *
 * @example
 * const scoring = MonitoredTransform.quality('Score', {
 *   transform: { modelName: 'churn', input: 's3://lake/today/' },
 *   monitor: {
 *     check: QualityCheck.dataQuality({ format: CheckDatasetFormat.csv() }),
 *     suppliedBaselineConstraints: 's3://lake/baseline/constraints.json',
 *     suppliedBaselineStatistics: 's3://lake/baseline/statistics.json',
 *   },
 *   monitorBeforeTransform: true,
 * });
 * new SageMakerPipeline(this, 'Pipeline', { artifacts: new ModelArtifactBucket(this, 'Artifacts'), steps: scoring.steps });
 */
export class MonitoredTransform {
  /**
   * Checked for the quality of data or of the model.
   *
   * @param name beginning of the names of the steps, up to 53 letters, digits, dashes and underscores
   * @param props transform and check
   */
  public static quality(name: string, props: QualityMonitoredTransformProps): MonitoredTransform {
    return new MonitoredTransform(name, props, (check, dataset) => new QualityCheckStep(check, { ...props.monitor, dataset }));
  }

  /**
   * Checked for bias or explainability.
   *
   * @param name beginning of the names of the steps, up to 53 letters, digits, dashes and underscores
   * @param props transform and check
   */
  public static clarify(name: string, props: ClarifyMonitoredTransformProps): MonitoredTransform {
    return new MonitoredTransform(name, props, (check, dataset) => new ClarifyCheckStep(check, { ...props.monitor, dataset }));
  }

  /** Step `<name>-transform`. */
  public readonly transformStep: TransformStep;

  /** Step `<name>-monitoring`. */
  public readonly checkStep: CheckStep;

  private constructor(name: string, options: MonitoredTransformOptions, make: (stepName: string, dataset: string) => CheckStep) {
    const { transform, monitorBeforeTransform = false } = options;
    this.transformStep = new TransformStep(`${name}-transform`, transform);
    this.checkStep = make(`${name}-monitoring`, options.dataset ?? (monitorBeforeTransform ? transform.input : this.transformStep.transformOutput));
    const { checkType } = this.checkStep._definition;
    if (monitorBeforeTransform && !BEFORE.includes(checkType)) {
      throw new Error(`MonitoredTransform '${name}' can only check ${BEFORE.join(' and ')} before the transform, got ${checkType}`);
    }
    if (monitorBeforeTransform) { this.transformStep.after(this.checkStep); } else { this.checkStep.after(this.transformStep); }
  }

  /** Both steps, for the `steps` of a pipeline. */
  public get steps(): PipelineStep[] {
    return [this.transformStep, this.checkStep];
  }
}
