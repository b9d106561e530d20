import { IRole } from 'aws-cdk-lib/aws-iam';
import { PipelineParameter } from './definition/pipeline-parameter';
import { PipelineNotifications } from './events/pipeline-notifications';
import { PipelineGuardRails } from './guard-rails/pipeline-guard-rails';
import { JobDefaults } from './steps/job-defaults';
import { PipelineStep } from './steps/pipeline-step';
import { MlflowTracking } from './tracking/mlflow-tracking';
import { PipelineExperiment } from './tracking/pipeline-experiment';
import { DefinitionPlace } from './transport/definition-place';
import { PipelineTrigger } from './triggers/pipeline-trigger';
import { ComplianceOptions } from '../compliance/compliance-options';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';

/**
 * Properties of a SageMakerPipeline.
 */
export interface SageMakerPipelineProps {
  /** The steps, those inside of conditions left out. */
  readonly steps: PipelineStep[];

  /**
   * Parameters in the order in which they are shown. Those that steps use need not be listed.
   *
   * @default - the parameters that the steps use
   */
  readonly parameters?: PipelineParameter[];

  /**
   * The bucket to which steps write that name no destination, below `pipelines/<name of the pipeline>/`.
   *
   * @default - every step names its destinations
   */
  readonly artifacts?: IModelArtifactBucket;

  /**
   * Steps whose output only other steps of the same execution read. What they write to no destination of their own goes below `intermediate/` of the
   * bucket, where a ModelArtifactBucket lets it expire. Not for steps that are cached, and not for what a registered model needs.
   *
   * @default - none: what steps write is kept
   */
  readonly intermediateSteps?: PipelineStep[];

  /**
   * What every job gets beyond what its step says.
   *
   * @default JobDefaults.secure()
   */
  readonly jobDefaults?: JobDefaults;

  /**
   * The SageMaker experiment that groups the executions.
   *
   * @default - one of the name of the pipeline, with a trial for each execution
   */
  readonly experiment?: PipelineExperiment;

  /**
   * Where jobs log their runs with MLflow; their role gets the right to.
   *
   * @default - nowhere
   */
  readonly mlflow?: MlflowTracking;

  /**
   * How many steps of one execution run at the same time, 1 or more.
   *
   * @default - as many as can
   */
  readonly maxParallelSteps?: number;

  /**
   * What starts the pipeline.
   *
   * @default - only who is allowed by `grants.start`
   */
  readonly triggers?: PipelineTrigger[];

  /**
   * Who is told what becomes of executions.
   *
   * @default - nobody
   */
  readonly notifications?: PipelineNotifications;

  /**
   * What the pipeline may never do, whatever its steps or the parameters of an execution say.
   *
   * @default - what its steps say
   */
  readonly guardRails?: PipelineGuardRails;

  /**
   * Where CloudFormation finds the definition.
   *
   * @default - in the template
   */
  readonly definition?: DefinitionPlace;

  /**
   * Name of the pipeline: up to 256 letters, digits and dashes. Another name makes another pipeline.
   *
   * @default - made of the stack's name and the construct path, in lower case
   */
  readonly pipelineName?: string;

  /**
   * What the pipeline is for, up to 3072 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The role that starts jobs and registers models. What the steps need is added to it.
   *
   * @default - a role that may do what the steps need, and nothing else
   */
  readonly role?: IRole;

  /**
   * The role of the containers of jobs. What the steps need is added to it.
   *
   * @default - a role that may do what the steps need, and nothing else
   */
  readonly jobRole?: IRole;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}
