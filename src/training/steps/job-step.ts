import { IRole } from 'aws-cdk-lib/aws-iam';
import { PipelineStep } from './pipeline-step';
import { StepContext } from './step-context';
import { JobStepProps } from './step-props';
import { Problems } from '../../core/problems';

/**
 * A step that runs a job in containers.
 */
export abstract class JobStep extends PipelineStep {
  /** @internal */
  constructor(stepName: string, stepType: string, private readonly job: JobStepProps) {
    super(stepName, stepType, job);
  }

  /** @internal */
  public get _role(): IRole | undefined {
    return this.job.role;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    this.job.jobDefaults?._check(`step '${this.stepName}'.jobDefaults`, problems);
  }

  /**
   * With this step's own role and protection, if it has them.
   *
   * @internal
   */
  public _own(context: StepContext): StepContext {
    const { role, jobDefaults } = this.job;
    return {
      ...context,
      jobRoleArn: role?.roleArn ?? context.jobRoleArn,
      protection: jobDefaults === undefined ? context.protection : context.protect(jobDefaults),
    };
  }
}
