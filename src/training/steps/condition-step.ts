import { PipelineStep, PipelineStepProps } from './pipeline-step';
import { StepContext } from './step-context';
import { Problems } from '../../core/problems';
import { PipelineCondition } from '../definition/pipeline-condition';

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
  public _all(): PipelineStep[] {
    return [this, ...[...this.ifSteps, ...this.elseSteps].flatMap(s => s._all())];
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    this.props.condition._check(`step '${this.stepName}'.condition`, problems);
  }

  /** @internal */
  public _renderAlone(context: StepContext): object {
    const rendered: any = this._render(context);
    return { ...rendered, Arguments: { ...rendered.Arguments, IfSteps: [], ElseSteps: [] } };
  }

  /** @internal */
  protected _arguments(context: StepContext): object {
    return {
      Conditions: this.props.condition._render(),
      IfSteps: this.ifSteps.map(s => s._render(context)),
      ElseSteps: this.elseSteps.map(s => s._render(context)),
    };
  }
}
