import { warnLate } from '../../../compliance/late-warning';
import { Problems } from '../../../core/problems';
import { PipelineCondition } from '../../definition/pipeline-condition';
import { PipelineStep } from '../pipeline-step';
import { StepContext } from '../step-context';
import { PipelineStepProps } from '../step-props';

/**
 * Properties of a ConditionStep.
 */
export interface ConditionStepProps extends PipelineStepProps {
  /** What decides. */
  readonly condition: PipelineCondition;

  /**
   * Steps that run if the condition holds.
   *
   * @default - none
   */
  readonly ifSteps?: PipelineStep[];

  /**
   * Steps that run if it does not.
   *
   * @default - none
   */
  readonly elseSteps?: PipelineStep[];
}

/**
 * A step that decides which other steps run.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition
 */
export class ConditionStep extends PipelineStep {
  private readonly ifSteps: PipelineStep[];
  private readonly elseSteps: PipelineStep[];

  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props condition and branches
   */
  constructor(stepName: string, private readonly props: ConditionStepProps) {
    super(stepName, 'Condition', props);
    this.ifSteps = props.ifSteps ?? [];
    this.elseSteps = props.elseSteps ?? [];
  }

  /** @internal */
  public get _isJobless(): boolean {
    return true;
  }

  /** @internal */
  public _branches() {
    return [{ key: 'IfSteps', steps: this.ifSteps }, { key: 'ElseSteps', steps: this.elseSteps }];
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    this.props.condition._check(`step '${this.stepName}'.condition`, problems);
  }

  /** @internal */
  public _warn({ scope }: StepContext): void {
    if (this.ifSteps.length > 0 || this.elseSteps.length > 0) { return; }
    warnLate(scope, 'cdk-ml-patterns:emptyCondition',
      `Step '${this.stepName}' decides over nothing, since neither branch holds a step: ifSteps, elseSteps, or leave it out.`);
  }

  /** @internal */
  protected _arguments(): object {
    return { Conditions: this.props.condition._render() };
  }
}
