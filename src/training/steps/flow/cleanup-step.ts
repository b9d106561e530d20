import { CleanupSource } from './cleanup-source';
import { isInVpc } from './written-places';
import { warnLate } from '../../../compliance/late-warning';
import { Problems } from '../../../core/problems';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { PipelineStepProps } from '../step-props';

/**
 * Properties of a CleanupStep.
 */
export interface CleanupStepProps extends PipelineStepProps {
  /** What is deleted, of one step or more. */
  readonly sources: CleanupSource[];
}

/**
 * A step that deletes what other steps wrote to S3. SageMaker Python SDK 3 or newer knows it too.
 *
 * It runs after those steps if they succeed; say `afterEnded` to clean up however they end. The pipeline may delete there as far as the
 * places are known at synth.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html
 */
export class CleanupStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props what is deleted
   */
  constructor(stepName: string, private readonly props: CleanupStepProps) {
    super(stepName, 'Cleanup', props);
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { sources } = this.props;
    const name = `step '${this.stepName}'.sources`;
    problems.count(name, sources, 1, Number.MAX_SAFE_INTEGER);
    problems.unique(`steps of ${name}`, sources.map(s => s._step.stepName));
    sources.forEach((s, i) => s._check(`${name}[${i}]`, problems));
  }

  /** @internal */
  public _warn(context: StepContext): void {
    for (const { _step } of this.props.sources.filter(s => isInVpc(s._step, context))) {
      warnLate(context.scope, 'cdk-ml-patterns:cleanupInVpc',
        `Step '${this.stepName}' cannot delete what step '${_step.stepName}' wrote, since its job is in a VPC.`);
    }
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    return { pipeline: this.props.sources.flatMap(s => s._permissions(context)), job: [] };
  }

  /** @internal */
  protected get _implied(): PipelineStep[] {
    return this.props.sources.map(s => s._step);
  }

  /** @internal */
  protected _arguments(): object {
    return { Resources: { S3: this.props.sources.map(s => s._render()) } };
  }
}
