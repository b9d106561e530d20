import { join } from 'path';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceProfile, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { topicIn, vpcIn } from './endpoints';
import {
  AutoMLChannel, AutoMLStep, CallbackStep, CheckDatasetFormat, ClarifyCheck, ClarifyCheckStep, ClarifyField, ClarifyValues, CleanupSource,
  CleanupStep, ConditionStep, CurrentItem, CustomContainerRepo, DefinitionPlace, EmrServerlessApplication, EmrServerlessJob,
  EmrServerlessStep, EmrStep, EmrStepCluster, EndpointConfigStep, EndpointStep, FailStep, ForEachSelector, ForEachStep,
  HyperparameterRange, InferenceComponentStep, IterableItems, JobDefaults, LambdaStep, LineageEntity, LineageStep, MlflowTracking,
  MlTrainingPipeline, ModelArtifactBucket, ModelRegistry, ModelStep, PipelineExecution, PipelineExperiment, PipelineParameter,
  PipelineStep, PipelineTrigger, ProcessingInput, ProcessingOutput, ProcessingStep, QualityCheck, QualityCheckStep, RawStep,
  RegisterModelStep, ReportMetric, SageMakerImage, SageMakerJobStep, SageMakerPipeline, ScriptCode, StepCache, StepModel, StepOutput,
  StepRetry, StepVariant, TrainingChannel, TrainingProfiler, TrainingStep, TransformStep, TuningObjective, TuningStep,
} from '../../src';

const CODE = join(__dirname, '..', '..', 'container-kit', 'script-mode');
const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

/** One step of each type. */
export function everyStep(stack: Stack, registry: ModelRegistry): PipelineStep[] {
  const role = Role.fromRoleName(stack, 'Spark', 'spark');
  const lambdaFunction = Function.fromFunctionName(stack, 'Judge', 'judge');
  const query = { database: 'sales', query: 'select 1' };
  const prepare = new ProcessingStep('Prepare', {
    image,
    code: ScriptCode.fromDirectory(CODE, { entryPoint: 'run_script.py' }),
    inputs: [ProcessingInput.s3('raw', 's3://lake/raw/'), ProcessingInput.athena('rows', query)],
    outputs: [ProcessingOutput.of('train'), ProcessingOutput.of('report')],
    report: { outputName: 'report', path: 'r.json' },
    instanceCount: 2,
    cache: StepCache.expiringAfter(Duration.days(30)),
    retries: [StepRetry.onCapacity(), StepRetry.onServiceErrors()],
  });
  const channels = [TrainingChannel.csv('train', prepare.output('train'))];
  const fit = new TrainingStep('Fit', {
    image,
    channels,
    instanceCount: 2,
    spot: { maxWait: Duration.days(2) },
    checkpoints: {},
    tensorBoard: {},
    profiler: TrainingProfiler.enabled(),
    debugHook: {},
  });
  const tune = new TuningStep('Tune', {
    trainingJobs: [{
      image,
      channels,
      metricDefinitions: { rmse: 'rmse=(.*)' },
      objective: TuningObjective.minimize('rmse'),
      ranges: [HyperparameterRange.continuous('eta', 0.01, 0.5)],
    }],
    maxJobs: 4,
  });
  const search = new AutoMLStep('Search', { channels: [AutoMLChannel.training('s3://lake/churn/', { targetAttributeName: 'y' })] });
  const model = new ModelStep('Create', { model: StepModel.fromContainer({ image, modelArtifact: fit.modelArtifact }) });
  const transform = new TransformStep('Score', { modelName: model.modelName, input: prepare.output('train') });
  const quality = new QualityCheckStep('Quality', { dataset: 's3://lake/train/', check: QualityCheck.dataQuality({ format: CheckDatasetFormat.csv() }), registry });
  const clarify = new ClarifyCheckStep('Bias', {
    dataset: 's3://lake/train/',
    registry,
    check: ClarifyCheck.modelBias({
      label: ClarifyField.named('y'), labelValues: ClarifyValues.numbers(1), facets: [{ field: ClarifyField.named('age') }], modelName: model.modelName, modelInstanceType: 'ml.m5.large',
    }),
  });
  const register = new RegisterModelStep('Register', {
    registry, image, modelArtifact: tune.topModelArtifact(0), contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'],
  });
  const config = new EndpointConfigStep('Config', { variants: [StepVariant.instances(model.modelName)] });
  const endpoint = new EndpointStep('Endpoint', { endpointName: 'churn', endpointConfigName: config.endpointConfigName });
  const component = new InferenceComponentStep('Component', {
    inferenceComponentName: 'churn', endpointName: endpoint.endpointName, modelName: model.modelName, memorySize: Size.gibibytes(1),
  });
  const judge = new LambdaStep('JudgeIt', { lambdaFunction, inputs: { a: 'b' }, outputs: [StepOutput.number('score')] });
  const ask = new CallbackStep('Ask', { queue: Queue.fromQueueArn(stack, 'Asked', 'arn:aws:sqs:eu-west-1:111122223333:asked'), outputs: [StepOutput.text('decision')] });
  const rate = new LambdaStep('Rate', { lambdaFunction, inputs: { region: CurrentItem.field('region').asString() }, outputs: [StepOutput.number('score')] });
  const each = new ForEachStep('Each', {
    items: IterableItems.records({ region: 'north' }, { region: 'south' }), maxConcurrency: 2, body: [rate], selector: ForEachSelector.maxBy(rate.output('score')),
  });
  const emr = new EmrStep('Emr', {
    cluster: EmrStepCluster.ownCluster({
      releaseLabel: 'emr-7.1.0',
      serviceRole: Role.fromRoleName(stack, 'EmrRole', 'emr'),
      instanceProfile: InstanceProfile.fromInstanceProfileAttributes(stack, 'Profile', { instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/emr', role }),
      primary: { instanceType: 'm5.xlarge' },
    }),
    jar: 'command-runner.jar',
  });
  const serverless = new EmrServerlessStep('Serverless', {
    application: EmrServerlessApplication.existingFromId('00f1'), job: EmrServerlessJob.spark({ entryPoint: 's3://lake/features.py' }), executionRole: role,
  });
  const record = new LineageStep('Record', {
    associations: [{
      source: LineageEntity.action('run', { sourceUri: PipelineExecution.ARN.asString(), actionType: 'ModelTraining' }),
      destination: LineageEntity.artifact('model', { sourceUri: 's3://lake/model.tar.gz', artifactType: 'Model' }),
      associationType: 'Produced',
    }],
  });
  const clean = new CleanupStep('Clean', { sources: [CleanupSource.objectsOf(prepare, `${prepare.output('train')}/all.csv`)] });
  clean.afterEnded(prepare);
  const customize = new SageMakerJobStep('Customize', { jobCategory: 'AgentRFT', schemaVersion: '1.0.0', jobConfig: { a: 1 } });
  const raw = new RawStep('Query', {
    stepType: 'Athena',
    arguments: { QueryString: 'SELECT 1' },
    permissions: [new PolicyStatement({ actions: ['athena:StartQueryExecution'], resources: [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: 'primary' })] })],
  });
  const check = new ConditionStep('Good', {
    condition: prepare.metric('mse').atMost(6), ifSteps: [register, config, endpoint, component], elseSteps: [ask, new FailStep('Bad', { message: 'bad' })],
  });
  return [prepare, fit, tune, search, model, transform, quality, clarify, judge, each, emr, serverless, record, clean, customize, raw, check];
}

/** Whatever starts a pipeline. */
function everyTrigger(stack: Stack, artifacts: ModelArtifactBucket, registry: ModelRegistry): PipelineTrigger[] {
  const images = new CustomContainerRepo(stack, 'Images');
  const bucket = Bucket.fromBucketName(stack, 'Lake', 'lake');
  const alarm = Alarm.fromAlarmArn(stack, 'Drift', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:drift');
  const other = new SageMakerPipeline(stack, 'Other', { artifacts, steps: [new ProcessingStep('Process', { image })] });
  return [
    PipelineTrigger.onNewData({ data: artifacts.dataset('churn') }),
    PipelineTrigger.onObject(bucket, 'ready'),
    PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(7)), { parameters: { Rounds: '200' } }),
    PipelineTrigger.onImagePush(images.repository, { imageTag: '1.*' }),
    PipelineTrigger.onAlarm(alarm),
    PipelineTrigger.onModelApproved(registry),
    PipelineTrigger.onPipeline(other),
    PipelineTrigger.onEvent({ source: ['my.app'] }),
  ];
}

/** A pipeline of every step, started by every trigger, with every option that they leave room for. */
export function fullestPipeline(stack: Stack): void {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const registry = new ModelRegistry(stack, 'Models');
  const topic = topicIn(stack);
  new SageMakerPipeline(stack, 'Pipeline', {
    artifacts,
    steps: everyStep(stack, registry),
    parameters: [PipelineParameter.integer('Rounds', { defaultValue: 50 })],
    intermediateSteps: [],
    experiment: PipelineExperiment.named('churn'),
    mlflow: MlflowTracking.appFromArn('arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-1'),
    maxParallelSteps: 4,
    triggers: everyTrigger(stack, artifacts, ModelRegistry.fromModelPackageGroupName(stack, 'Approved', 'approved') as ModelRegistry),
    notifications: { onFailure: topic, onStepFailure: topic, onSuccess: topic, onStopped: topic, onApprovalNeeded: topic, onDeadLetters: topic },
    guardRails: { forbidRemoteDebug: true, requireTrafficEncryption: true },
    pipelineName: 'churn',
    description: 'Who leaves',
  });
}

/** A training pipeline in a VPC, its definition in a bucket. */
export function fullestTraining(stack: Stack): void {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const registry = new ModelRegistry(stack, 'Models');
  const topic = topicIn(stack);
  new MlTrainingPipeline(stack, 'Training', {
    artifacts,
    data: artifacts.dataset('churn'),
    processing: { image, outputs: ['train', 'validation', 'test'], instanceCount: 2 },
    training: { image, channels: ['train', 'validation'], instanceCount: 2 },
    evaluation: { image, report: 'evaluation.json' },
    acceptance: ReportMetric.at('mse').atMost(6),
    registration: { registry, image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
    triggers: [PipelineTrigger.onNewData(), PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(7)))],
    notifications: { onFailure: topic },
    guardRails: { instanceTypes: ['ml.m5.*'], requireNetworkIsolation: true, requireTrafficEncryption: true, requireManualApproval: true },
    jobDefaults: JobDefaults.secure({ vpc: vpcIn(stack) }),
    maxParallelSteps: 2,
  });
  new SageMakerPipeline(stack, 'Huge', {
    artifacts, steps: [new ProcessingStep('Process', { image })], definition: DefinitionPlace.bucket(artifacts.bucket),
  });
}
