import { IRole } from 'aws-cdk-lib/aws-iam';
import { JobDefaults } from './job-defaults';
import { StepCache } from './step-cache';
import { StepRetry } from './step-retry';

/**
 * What every step can say of itself.
 */
export interface PipelineStepProps {
  /**
   * Name that is shown in SageMaker Studio, up to 256 characters.
   *
   * @default - the name of the step
   */
  readonly displayName?: string;

  /**
   * What the step is for, up to 3072 characters.
   *
   * @default - no description
   */
  readonly description?: string;
}

/**
 * What a step can say whose result SageMaker can use again.
 */
export interface CacheableStepProps extends PipelineStepProps {
  /**
   * Whether the result of an earlier run is used again.
   *
   * @default - the step always runs
   */
  readonly cache?: StepCache;
}

/**
 * What a step can say that SageMaker can try again.
 */
export interface RetryableStepProps extends PipelineStepProps {
  /**
   * When the step is tried again, and how often.
   *
   * @default - it is not
   */
  readonly retries?: StepRetry[];
}

/**
 * What a step can say that runs a job in containers.
 */
export interface JobStepProps extends CacheableStepProps {
  /**
   * The role of the containers of this step. What the step needs is added to it.
   *
   * @default - the role of the jobs of the pipeline
   */
  readonly role?: IRole;

  /**
   * Key, isolation and network of this step's job, in place of those of the pipeline.
   *
   * @default - the job defaults of the pipeline
   */
  readonly jobDefaults?: JobDefaults;
}
