import { Resource } from 'aws-cdk-lib';
import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { IPipeline, PipelineReference } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { PipelineProblems } from './definition/pipeline-problems';
import { PipelineEvents } from './events/pipeline-events';
import { PipelineMetrics } from './events/pipeline-metrics';
import { bindNotifications } from './events/pipeline-notifications';
import { checkTrainingSteps, trainingSteps } from './happy-path/ml-training-steps';
import { MlTrainingPipelineProps } from './ml-training-pipeline-props';
import { checkPipeline } from './pipeline-check';
import { PipelineGrants } from './pipeline-grants';
import { SageMakerPipeline } from './sagemaker-pipeline';
import { SageMakerPipelineProps } from './sagemaker-pipeline-props';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { physicalName } from '../core/names';
import { ConditionStep } from './steps/flow/condition-step';
import { RegisterModelStep } from './steps/models/register-model-step';
import { ProcessingStep } from './steps/processing/processing-step';
import { TrainingStep } from './steps/training/training-step';
import { PipelineTrigger } from './triggers/pipeline-trigger';
import { Triggers } from './triggers/triggers';

/**
 * The pipeline from data to a registered model: process, train, evaluate, and register if the model is good enough, or fail.
 *
 * Makes a SageMakerPipeline with the parameters InputData, ProcessingInstanceType, ProcessingInstanceCount, TrainingInstanceType,
 * ModelApprovalStatus and one threshold named after the metric. Its jobs have no network of their own and encrypt volumes, output and traffic.
 *
 * The child that may be changed as an escape hatch: `Pipeline`, with the children of a SageMakerPipeline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/define-pipeline.html
 *
 * @example
 * declare const artifacts: ModelArtifactBucket;
 * declare const image: SageMakerImage;
 * declare const models: ModelRegistry;
 *
 * new MlTrainingPipeline(this, 'Pipeline', {
 *   artifacts,
 *   data: artifacts.dataset('abalone'),
 *   processing: { image, outputs: ['train', 'validation', 'test'] },
 *   training: { image, channels: ['train', 'validation'], hyperparameters: { objective: 'reg:squarederror', num_round: '50' } },
 *   evaluation: { image, report: 'evaluation.json' },
 *   acceptance: ReportMetric.at('regression_metrics.mse.value').atMost(6),
 *   registration: { registry: models, image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
 *   triggers: [PipelineTrigger.onNewData(), PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(7)))],
 * });
 */
export class MlTrainingPipeline extends Resource implements IPipeline {
  /** Name of the pipeline; who uses it is deployed after the pipeline. */
  public readonly pipelineName: string;

  /** ARN of the pipeline; who uses it is deployed after the pipeline. */
  public readonly pipelineArn: string;

  /** Reference for everything in CDK that takes a pipeline. */
  public readonly pipelineRef: PipelineReference;

  /** The role that starts jobs and registers models. */
  public readonly role: IRole;

  /** The role of the containers of jobs. */
  public readonly jobRole: IRole;

  /** The pipeline that the steps stand in. */
  public readonly pipeline: SageMakerPipeline;

  /** Step `Process`, which prepares the data. `addOverride` changes any of its keys. */
  public readonly processStep: ProcessingStep;

  /** Step `Train`. `addOverride` changes any of its keys. */
  public readonly trainStep: TrainingStep;

  /** Step `Evaluate`. `addOverride` changes any of its keys. */
  public readonly evaluateStep: ProcessingStep;

  /** Step `Register`. `addOverride` changes any of its keys. */
  public readonly registerStep: RegisterModelStep;

  /** Step `Check<Metric>`, which accepts the model or not. `addOverride` changes any of its keys. */
  public readonly checkStep: ConditionStep;

  /** Permissions to start the pipeline. */
  public readonly grants: PipelineGrants;

  /** What it tells EventBridge, for rules of your own. */
  public readonly events: PipelineEvents;

  /** Its metrics, for alarms and dashboards. */
  public readonly metrics: PipelineMetrics;

  private readonly triggers: Triggers;

  constructor(scope: Construct, id: string, props: MlTrainingPipelineProps) {
    super(scope, id);
    const { process, train, evaluate, register, check, parameters: shown } = trainingSteps(props);
    shown[0]._isGranted = true; // InputData: the data set knows its bucket and its key
    const inner: SageMakerPipelineProps = {
      artifacts: props.artifacts,
      steps: [process, train, evaluate, check],
      parameters: shown,
      intermediateSteps: process._isCached ? undefined : [process], // later executions use what a cached step wrote
      pipelineName: props.pipelineName ?? physicalName(this, 63),
      description: props.description,
      experiment: props.experiment,
      mlflow: props.mlflow,
      maxParallelSteps: props.maxParallelSteps,
      guardRails: props.guardRails,
      jobDefaults: props.jobDefaults,
      role: props.role,
      jobRole: props.jobRole,
    };
    const problems = new PipelineProblems();
    checkTrainingSteps(props, problems);
    const planned = { scope: this, data: props.data, parameters: checkPipeline(this, inner, problems), steps: inner.steps.flatMap(s => s._all()) };
    PipelineTrigger._checkAll(props.triggers ?? [], planned, problems);
    bakeInChecks(this, props.compliance, problems);

    const pipeline = new SageMakerPipeline(this, 'Pipeline', inner);
    this.pipeline = pipeline;
    [this.processStep, this.trainStep, this.evaluateStep, this.registerStep, this.checkStep] = [process, train, evaluate, register, check];
    this.pipelineName = pipeline.pipelineName;
    this.pipelineArn = pipeline.pipelineArn;
    this.pipelineRef = pipeline.pipelineRef;
    this.role = pipeline.role;
    this.jobRole = pipeline.jobRole;
    this.grants = pipeline.grants;
    [this.events, this.metrics] = [pipeline.events, pipeline.metrics];
    const { _pipelineArns: pipelineArns, _jobRoles: jobRoles, _writes: writes, _brokenBy: brokenBy } = pipeline;
    const started = { ...planned, pipelineArn: this.pipelineArn, pipelineArns, jobRoles, writes, brokenBy };
    this.triggers = new Triggers(started, props.triggers);
    bindNotifications(this, props.notifications, { pipelineName: this.pipelineName, registries: [props.registration.registry] });
    sealChecks(this);
  }

  /**
   * Lets something else start the pipeline, too. `onNewData({ passObject: true })` must be given to the constructor, since the steps read its parameters.
   *
   * @param trigger what starts it
   */
  public addTrigger(trigger: PipelineTrigger): void {
    this.triggers.add(trigger);
  }

  /**
   * Lets `grantee` start the pipeline; the same as `grants.start`, for CDK's own interface.
   *
   * @param grantee who starts
   */
  public grantStartPipelineExecution(grantee: IGrantable): Grant {
    return this.grants.start(grantee);
  }
}
