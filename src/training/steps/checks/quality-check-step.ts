import { CheckDefinition } from './check-definition';
import { CheckStep } from './check-step';
import { CheckStepProps } from './check-step-props';
import { QualityCheck } from './quality-check';
import { Problems } from '../../../core/problems';
import { checkUri } from '../../definition/s3-uri';
import { StepContext } from '../step-context';

/**
 * What a check of quality can say wherever its data comes from.
 */
export interface QualityCheckStepOptions extends CheckStepProps {
  /** What is looked at. */
  readonly check: QualityCheck;

  /**
   * S3 URI of the statistics to compare with; may be a variable.
   *
   * @default - those of the newest approved model of the registry
   */
  readonly suppliedBaselineStatistics?: string;
}

/**
 * Properties of a QualityCheckStep.
 */
export interface QualityCheckStepProps extends QualityCheckStepOptions {
  /** S3 URI of the data, a prefix; may be a step's output or a parameter. The right to read it comes along as far as the URI is known at synth. */
  readonly dataset: string;
}

/**
 * A step that checks the quality of data or of a model with Amazon SageMaker Model Monitor, which AWS no longer opens to accounts that did not use it before 30 July 2026.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-quality-check
 *
 * @example
 * declare const prepare: ProcessingStep;
 * declare const models: ModelRegistry;
 * const firstRun = PipelineParameter.flag('FirstRun', { defaultValue: false });
 *
 * new QualityCheckStep('DataQuality', {
 *   dataset: prepare.output('train'),
 *   check: QualityCheck.dataQuality({ format: CheckDatasetFormat.csv({ header: false }) }),
 *   registry: models,
 *   skipCheck: CheckSwitch.when(firstRun),
 *   registerNewBaseline: CheckSwitch.when(firstRun),
 * });
 */
export class QualityCheckStep extends CheckStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props data, what is looked at, and what it is compared with
   */
  constructor(stepName: string, private readonly props: QualityCheckStepProps) {
    super(stepName, 'QualityCheck', props.dataset, props);
  }

  /** @internal */
  public get _definition(): CheckDefinition {
    return this.props.check._define();
  }

  /** S3 URI of the statistics that this step calculated. */
  public get calculatedBaselineStatistics(): string {
    return this._variable('CalculatedBaselineStatistics').asString();
  }

  /** S3 URI of the statistics that this step compared with, or calculated if a new baseline is registered: what monitors of the model compare with. */
  public get baselineUsedForDriftCheckStatistics(): string {
    return this._variable('BaselineUsedForDriftCheckStatistics').asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    checkUri(`step '${this.stepName}'.suppliedBaselineStatistics`, this.props.suppliedBaselineStatistics, problems);
  }

  /** @internal */
  protected _suppliedFiles(): (string | undefined)[] {
    return [this.props.suppliedBaselineStatistics];
  }

  /** @internal */
  protected _extra(context: StepContext): object {
    return { ...super._extra(context), SuppliedBaselineStatistics: this.props.suppliedBaselineStatistics ?? null };
  }
}
