import { IRole } from 'aws-cdk-lib/aws-iam';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { JobDefaults, JobProtection } from './job-defaults';
import { PipelineStep } from './pipeline-step';
import { Permission } from '../../identity/permission-statement';

/** What a step needs of the pipeline around it. */
export interface StepContext {
  readonly scope: Construct;
  /** Role of the containers of the step. */
  readonly jobRoleArn: string;
  /** How the job of the step is protected. */
  readonly protection: JobProtection;
  /** Binds what a step has in place of the pipeline's own defaults. */
  readonly protect: (defaults: JobDefaults) => JobProtection;
  /** Where a step writes if it does not say so: below the pipeline's own prefix, apart for each execution. */
  readonly defaultUri: (...segments: string[]) => string;
}

/** What a step lets the roles of its pipeline do. */
export interface StepPermissions {
  /** The role that starts jobs and registers models. */
  readonly pipeline: Permission[];
  /** The role that the containers of the step's job have: the step's own, or that of all jobs. */
  readonly job: Permission[];
  /** The role of a model that the step runs but does not make. */
  readonly model?: { readonly role: IRole; readonly permissions: Permission[] };
}

/** A pipeline that is made, for steps that need more than their definition. */
export interface MadePipeline {
  readonly context: StepContext;
  /** All steps, those in branches too. */
  readonly steps: PipelineStep[];
  readonly pipelineArn: string;
  /** For statements: as the name was given and, if that differs, in lower case. */
  readonly pipelineArns: string[];
  /** The role of the containers of steps without one of their own. */
  readonly jobRole: () => IRole;
  /** Who is told of what fails. */
  readonly failureTopic?: ITopicRef;
}
