import { CheckDefinition } from './check-definition';
import { CheckStep } from './check-step';
import { CheckStepProps } from './check-step-props';
import { ClarifyCheck } from './clarify-check';
import { StepContext } from '../step-context';

/**
 * What a check by Clarify can say wherever its data comes from.
 */
export interface ClarifyCheckStepOptions extends CheckStepProps {
  /** What is looked at. */
  readonly check: ClarifyCheck;
}

/**
 * Properties of a ClarifyCheckStep.
 */
export interface ClarifyCheckStepProps extends ClarifyCheckStepOptions {
  /** S3 URI of the data, a prefix; may be a step's output or a parameter. The right to read it comes along as far as the URI is known at synth. */
  readonly dataset: string;
}

/**
 * A step that checks bias or explainability with Amazon SageMaker Clarify, which AWS no longer opens to new accounts.
 *
 * A check that asks a model makes an endpoint for it and deletes it again. Its container has a network, whatever the job defaults say, since without one it
 * could not ask.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-clarify-check
 *
 * @example
 * declare const prepare: ProcessingStep;
 * declare const models: ModelRegistry;
 *
 * new ClarifyCheckStep('DataBias', {
 *   dataset: prepare.output('train'),
 *   check: ClarifyCheck.dataBias({
 *     headers: ['approved', 'age', 'income'],
 *     label: ClarifyField.named('approved'),
 *     labelValues: ClarifyValues.numbers(1),
 *     facets: [{ field: ClarifyField.named('age'), values: ClarifyValues.numbers(40) }],
 *   }),
 *   registry: models,
 * });
 */
export class ClarifyCheckStep extends CheckStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props data, what is looked at, and what it is compared with
   */
  constructor(stepName: string, private readonly props: ClarifyCheckStepProps) {
    super(stepName, 'ClarifyCheck', props.dataset, props);
  }

  /** @internal */
  public get _definition(): CheckDefinition {
    return this.props.check._define();
  }

  /** @internal */
  protected _extra(context: StepContext): object {
    return { ...super._extra(context), ModelName: this._definition.modelName };
  }
}
