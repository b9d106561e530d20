import { IRole } from 'aws-cdk-lib/aws-iam';
import { ComplianceOptions } from '../compliance/compliance-options';
import { PipelineCondition } from './definition/pipeline-condition';
import { PipelineNotifications } from './events/pipeline-notifications';
import { PipelineGuardRails } from './guard-rails/pipeline-guard-rails';
import { TrainingPipelineEvaluation } from './happy-path/training-pipeline-evaluation';
import { TrainingPipelineRegistration } from './happy-path/training-pipeline-registration';
import { JobDefaults } from './steps/job-defaults';
import { MlflowTracking } from './tracking/mlflow-tracking';
import { PipelineExperiment } from './tracking/pipeline-experiment';
import { PipelineTrigger } from './triggers/pipeline-trigger';
import { Dataset } from '../storage/dataset';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';
import { TrainingPipelineProcessing } from './happy-path/training-pipeline-processing';
import { TrainingPipelineTraining } from './happy-path/training-pipeline-training';

/**
 * Properties of an MlTrainingPipeline.
 */
export interface MlTrainingPipelineProps {
  /** The bucket to which the steps write, below `pipelines/<name of the pipeline>/`. */
  readonly artifacts: IModelArtifactBucket;

  /** The data to train on; default of the parameter InputData. */
  readonly data: Dataset;

  /** How the data is prepared. */
  readonly processing: TrainingPipelineProcessing;

  /** How the model is trained. */
  readonly training: TrainingPipelineTraining;

  /** How the model is evaluated. */
  readonly evaluation: TrainingPipelineEvaluation;

  /**
   * When the model is good enough. A number to compare with becomes the default of a parameter named after the metric: MseThreshold, for
   * example.
   */
  readonly acceptance: PipelineCondition;

  /** How an accepted model is registered. */
  readonly registration: TrainingPipelineRegistration;

  /**
   * What starts the pipeline.
   *
   * @default - only who is allowed by `grants.start`
   */
  readonly triggers?: PipelineTrigger[];

  /**
   * Who is told what becomes of executions, and that a model waits for approval.
   *
   * @default - nobody
   */
  readonly notifications?: PipelineNotifications;

  /**
   * What the pipeline may never do, whatever the parameters of an execution say.
   *
   * @default - what is said here
   */
  readonly guardRails?: PipelineGuardRails;

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
   * What every job gets beyond what is said here.
   *
   * @default - JobDefaults.secure(), with the key of the artifact bucket
   */
  readonly jobDefaults?: JobDefaults;

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
   * What the pipeline is for, up to 3072 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Name of the pipeline: up to 256 letters, digits and dashes. Another name makes another pipeline.
   *
   * @default - made of the stack's name and the construct path, in lower case
   */
  readonly pipelineName?: string;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}
