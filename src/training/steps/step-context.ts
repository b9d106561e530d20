import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { JobProtection } from './job-defaults';
import { Permission } from '../../identity/permission-statement';

/** What a step needs of the pipeline around it. */
export interface StepContext {
  readonly scope: Construct;
  readonly jobRoleArn: string;
  readonly protection: JobProtection;
  /** Where a step writes if it does not say so: below the pipeline's own prefix, apart for each execution. */
  readonly defaultUri: (...segments: string[]) => string;
}

/** What a step lets the roles of its pipeline do. */
export interface StepPermissions {
  /** The role that starts jobs and registers models. */
  readonly pipeline: Permission[];
  /** The role that the containers of jobs have. */
  readonly job: Permission[];
  /** The role of a model that the step runs but does not make. */
  readonly model?: { readonly role: IRole; readonly permissions: Permission[] };
}
