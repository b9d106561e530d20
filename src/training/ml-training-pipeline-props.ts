import { Duration, Size } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { ComplianceOptions } from '../compliance/compliance-options';
import { SageMakerImage } from '../containers/sagemaker-image';
import { PipelineCondition } from './definition/pipeline-condition';
import { PipelineNotifications } from './events/pipeline-notifications';
import { PipelineGuardRails } from './guard-rails/pipeline-guard-rails';
import { JobDefaults } from './steps/job-defaults';
import { MlflowTracking } from './tracking/mlflow-tracking';
import { PipelineExperiment } from './tracking/pipeline-experiment';
import { PipelineTrigger } from './triggers/pipeline-trigger';
import { IModelRegistry } from '../registry/model-registry';
import { Dataset } from '../storage/dataset';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';

/**
 * How the data is prepared: step `Process`.
 */
export interface TrainingPipelineProcessing {
  /** The image that prepares the data. */
  readonly image: SageMakerImage;

  /** Outputs, each a directory below /opt/ml/processing. */
  readonly outputs: string[];

  /**
   * Command of the container. Input lies in /opt/ml/processing/input; the argument `--input-data <parameter InputData>` follows.
   *
   * @default ['python3', '/opt/ml/code/preprocess.py']
   */
  readonly entrypoint?: string[];

  /**
   * Default of the parameter ProcessingInstanceType, which the evaluation uses too.
   *
   * @default 'ml.m5.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Default of the parameter ProcessingInstanceCount.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
   *
   * @default - 30 GiB
   */
  readonly volumeSize?: Size;

  /**
   * How long the job may run, up to 5 days.
   *
   * @default - what SageMaker allows, 1 day
   */
  readonly maxRuntime?: Duration;

  /**
   * Environment variables of the container, up to 100, each value up to 256 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
}

/**
 * How the model is trained: step `Train`.
 */
export interface TrainingPipelineTraining {
  /** The image that trains. */
  readonly image: SageMakerImage;

  /** Which outputs of the processing are the channels, below /opt/ml/input/data. */
  readonly channels: string[];

  /**
   * Hyperparameters.
   *
   * @default - none
   */
  readonly hyperparameters?: { [name: string]: string };

  /**
   * How SageMaker finds metrics in the log of the container: up to 40 names, each with a regular expression whose group is the value.
   *
   * @default - those that an algorithm of AWS defines itself; none for other images
   */
  readonly metricDefinitions?: { [metricName: string]: string };

  /**
   * MIME type of the channels.
   *
   * @default 'text/csv'
   */
  readonly contentType?: string;

  /**
   * Default of the parameter TrainingInstanceType.
   *
   * @default 'ml.m5.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Number of instances, 1 or more, or a parameter.
   *
   * @default - one
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
   *
   * @default - 30 GiB
   */
  readonly volumeSize?: Size;

  /**
   * How long the job may run, up to 28 days.
   *
   * @default - 1 day
   */
  readonly maxRuntime?: Duration;

  /**
   * Environment variables of the container, up to 100, each value up to 512 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
}

/**
 * How the model is evaluated: step `Evaluate`.
 */
export interface TrainingPipelineEvaluation {
  /** The image that evaluates. The model lies in /opt/ml/processing/model. */
  readonly image: SageMakerImage;

  /** Path of the JSON report below /opt/ml/processing/evaluation, for example `evaluation.json`. */
  readonly report: string;

  /**
   * Which outputs of the processing are the data to evaluate with, below /opt/ml/processing.
   *
   * @default - those that are not channels of the training
   */
  readonly inputs?: string[];

  /**
   * Command of the container.
   *
   * @default ['python3', '/opt/ml/code/evaluate.py']
   */
  readonly entrypoint?: string[];
}

/**
 * How an accepted model is registered: step `Register`.
 */
export interface TrainingPipelineRegistration {
  /** The registry that gets a new version. */
  readonly registry: IModelRegistry;

  /** The image that serves the model. */
  readonly image: SageMakerImage;

  /** MIME types that the model takes. */
  readonly contentTypes: string[];

  /** Instance types that can serve the model, for example `ml.m5.large`. */
  readonly instanceTypes: string[];

  /**
   * MIME types that the model answers with.
   *
   * @default - the content types
   */
  readonly responseTypes?: string[];

  /**
   * Instance types that can run the model over a batch.
   *
   * @default - the instance types that can serve it
   */
  readonly transformInstanceTypes?: string[];

  /**
   * Environment variables of the container that serves. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Default of the parameter ModelApprovalStatus: `Approved`, `PendingManualApproval` or `Rejected`.
   *
   * @default 'PendingManualApproval'
   */
  readonly approvalStatus?: string;
}

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
