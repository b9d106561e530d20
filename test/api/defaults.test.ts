import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import {
  ArtifactPrefix, BacklogScaling, BatchInput, BatchTransform, CapacitySchedule,
  CapacitySteps, ConcurrencyScaling, CustomContainerRepo, DataCapture, Hosting,
  InferenceEndpoint, InstanceScaling, InferenceModel,
  ModelArtifactBucket, ModelRegistry, MonitorKind, PipelineTrigger, ProcessingOutput,
  ProcessingStep, RegisterModelStep, Rollout, SageMakerImage, SageMakerPipeline, TrainingChannel, TrainingStep,
  TransformSplit, TransformStep,
} from '../../src';
import { filesBelow } from '../source-files';
import { definitionOf } from '../training/definition-of';
import { trainingPipelineOf } from '../training/happy-path/training-pipeline-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

/** Every default that the documentation gives as a value, by interface and property. */
function documented(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of filesBelow(join(__dirname, '..', '..', 'src'), /\.ts$/)) {
    let owner = '';
    const places = readFileSync(file, 'utf8').matchAll(/export interface (\w+)|@default (?!-)(.*)\n\s+\*\/\n\s+readonly (\w+)/g);
    for (const [, name, value, prop] of places) {
      if (name) { owner = name; } else { found.set(`${owner}.${prop}`, value); }
    }
  }
  return found;
}

/** Name, text, value seen and value expected: the rows that files in a directory export as `ROWS`. */
function rowsOf(directory: string): [string, string, unknown, unknown][] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return filesBelow(directory, /\.ts$/).sort().flatMap(file => require(file).ROWS);
}

/** Plain steps with nothing but what is required. */
function plain(): any {
  const stack = new Stack(new App(), 'Plain');
  const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'models');
  new SageMakerPipeline(stack, 'Pipeline', {
    artifacts: new ModelArtifactBucket(stack, 'Artifacts'),
    steps: [
      new ProcessingStep('Process', { image, outputs: [ProcessingOutput.of('report')], report: { outputName: 'report', path: 'r.json' } }),
      new TrainingStep('Train', { image, channels: [TrainingChannel.s3('train', 's3://bucket/train/')] }),
      new TransformStep('Transform', { modelName: 'm', input: 's3://bucket/in/' }),
      new RegisterModelStep('Register', { registry, image, modelArtifact: 's3://bucket/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'] }),
    ],
  });
  return definitionOf(stack);
}

function training() {
  const stack = new Stack(new App(), 'Training');
  trainingPipelineOf(stack, () => ({ triggers: [PipelineTrigger.onNewData()] }));
  return { definition: definitionOf(stack), template: Template.fromStack(stack) };
}

function serving(): any {
  const stack = new Stack(new App(), 'Serving');
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image }) });
  return Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::EndpointConfig'))[0].Properties.ProductionVariants[0];
}

/** The configurations of every kind of hosting, with nothing but what is required. */
function configOf(hosting: (artifacts: ModelArtifactBucket, model: InferenceModel) => Hosting): any {
  const stack = new Stack(new App(), 'Serving');
  const model = InferenceModel.fromContainer({ image });
  new InferenceEndpoint(stack, 'Endpoint', { hosting: hosting(new ModelArtifactBucket(stack, 'Artifacts'), model) });
  return Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::EndpointConfig'))[0].Properties;
}

/** How an endpoint is rolled out, and its alarm. */
function rolledOut(rollout: Rollout) {
  const stack = new Stack(new App(), 'Serving');
  new InferenceEndpoint(stack, 'Endpoint', { rollout, hosting: Hosting.realTime({ model: InferenceModel.fromContainer({ image }), instanceCount: 4 }) });
  const of = (type: string) => Object.values(Template.fromStack(stack).findResources(type)).map(r => r.Properties);
  const [{ DeploymentConfig: { BlueGreenUpdatePolicy: blueGreen, RollingUpdatePolicy: batches } }] = of('AWS::SageMaker::Endpoint');
  return { wait: (batches ?? blueGreen.TrafficRoutingConfiguration).WaitIntervalInSeconds, end: blueGreen?.TerminationWaitInSeconds, alarms: of('AWS::CloudWatch::Alarm') };
}

/** What the scalings make with nothing but what is required. */
function scaling() {
  const stack = new Stack(new App(), 'Scaling');
  const endpoint = new CfnEndpoint(stack, 'Endpoint', { endpointConfigName: 'config' });
  const place = (variantName: string) => ({ scope: stack, endpoint, endpointName: 'churn', variantName });
  BacklogScaling.onBacklog()._bind(place('Backlog'));
  ConcurrencyScaling.onUtilization({ maxCapacity: 2 })._bind(place('Concurrency'));
  const office = CapacitySchedule.officeHours({ timeZone: TimeZone.ETC_UTC, opens: '08:00', closes: '18:00', minCapacity: 1 });
  const steps = CapacitySteps.above('Busy', { metric: new Metric({ namespace: 'Own', metricName: 'Queue' }), steps: [{ threshold: 1, change: 1 }] });
  InstanceScaling.between({ maxCapacity: 2, schedules: [office], steps: [steps] })._bind(place('Instances'));
  const { Resources } = Template.fromStack(stack).toJSON();
  const properties = (id: string) => Object.entries<any>(Resources).find(([name]) => new RegExp(`^${id}[0-9A-F]{8}$`).test(name))![1].Properties;
  return {
    backlog: properties('BacklogScalingTarget'),
    tracking: properties('BacklogScalingBacklog').TargetTrackingScalingPolicyConfiguration,
    share: properties('ConcurrencyScalingUtilization').TargetTrackingScalingPolicyConfiguration.TargetValue,
    instances: properties('InstancesScalingTarget'),
    steps: properties('InstancesScalingStepsBusy').StepScalingPolicyConfiguration,
    alarm: properties('InstancesScalingStepsBusyAlarm'),
  };
}

function batch() {
  const stack = new Stack(new App(), 'Batch');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new BatchTransform(stack, 'Batch', {
    model: InferenceModel.fromContainer({ image }),
    input: BatchInput.dataset(artifacts.dataset('a')),
    output: artifacts.at(ArtifactPrefix.OUTPUT),
    split: TransformSplit.lines(),
    schedules: [{ scheduleName: 's', schedule: ScheduleExpression.rate(Duration.days(1)) }],
  });
  const made = Template.fromStack(stack);
  const [schedule] = Object.values(made.findResources('AWS::Scheduler::Schedule'));
  const input = schedule.Properties.Target.Input['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'token').join('');
  return { request: JSON.parse(input), model: Object.values(made.findResources('AWS::SageMaker::Model'))[0].Properties };
}

function watching(): { capture: any; job: any } {
  const stack = new Stack(new App(), 'Watching');
  const dataCapture = DataCapture.to(new ModelArtifactBucket(stack, 'Artifacts').at(ArtifactPrefix.CAPTURE));
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model: InferenceModel.fromContainer({ image }), dataCapture }) });
  endpoint.addMonitor('Monitor', { kind: MonitorKind.dataQuality({}) });
  const only = (type: string) => Object.values(Template.fromStack(stack).findResources(`AWS::SageMaker::${type}`))[0].Properties;
  return { capture: only('EndpointConfig').DataCaptureConfig, job: only('DataQualityJobDefinition') };
}

/** The alarms of every kind of hosting with nothing said, by their names. */
function alarms(): Record<string, any> {
  const model = InferenceModel.fromContainer({ image });
  const of = (hosting: (artifacts: ModelArtifactBucket) => Hosting) => {
    const stack = new Stack(new App(), 'Watched');
    const endpoint = new InferenceEndpoint(stack, 'Endpoint', { hosting: hosting(new ModelArtifactBucket(stack, 'Artifacts')) });
    const made = endpoint.addAlarms({ actions: [{ bind: () => ({ alarmActionArn: 'arn' }) }] });
    const all = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
    return made.alarms.map(a => [a.node.id, all[stack.getLogicalId(a.node.defaultChild as CfnAlarm)].Properties]);
  };
  const places = (a: ModelArtifactBucket) => ({ input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT) });
  return Object.fromEntries([
    ...of(() => Hosting.serverless({ model })), ...of(() => Hosting.realTime({ model })), ...of(a => Hosting.asynchronous({ model, ...places(a) })),
  ]);
}

/** What a state that calls an endpoint sends with nothing said. */
function task(): any {
  const stack = new Stack(new App(), 'Task');
  const payload = TaskInput.fromText('1');
  return InferenceEndpoint.fromEndpointName(stack, 'Endpoint', 'churn').invokeTask(stack, 'Score', { payload }).toStateJson();
}

function untaggedKept(): number {
  const stack = new Stack(new App(), 'Images');
  new CustomContainerRepo(stack, 'Images');
  const [repository] = Object.values(Template.fromStack(stack).findResources('AWS::ECR::Repository'));
  return JSON.parse(repository.Properties.LifecyclePolicy.LifecyclePolicyText).rules[0].selection.countNumber;
}

const scaled = scaling();
const watched = alarms();
const [opening] = scaled.instances.ScheduledActions;
const [process, train, transform, register] = plain().Steps;
const { definition, template } = training();
const { capture, job } = watching();
const monitorCluster = job.JobResources.ClusterConfig;
const { CsvContentTypes, JsonContentTypes } = capture.CaptureContentTypeHeader;
const parameter = (name: string) => definition.Parameters.find((p: any) => p.Name === name).DefaultValue;
const commandOf = (step: any) => step.Arguments.AppSpecification.ContainerEntrypoint;
const PREPROCESS = ['python3', '/opt/ml/code/preprocess.py'];
const EVALUATE = ['python3', '/opt/ml/code/evaluate.py'];
const transformed = batch();
const { request } = transformed;
const cluster = process.Arguments.ProcessingResources.ClusterConfig;
const { ServerlessConfig: serverless } = configOf((_, model) => Hosting.serverless({ model })).ProductionVariants[0];
const [weighted] = configOf((_, model) => Hosting.realTime({ variants: [{ variantName: 'One', model }] })).ProductionVariants;
const shadow = configOf((_, model) => Hosting.realTime({ model, shadow: { model } })).ShadowProductionVariants[0];
const metrics = configOf((_, model) => Hosting.realTime({ model, metrics: {} })).MetricsConfig;
const queued = configOf((artifacts, model) => Hosting.asynchronous({
  model,
  input: artifacts.at(ArtifactPrefix.ASYNC_INPUT),
  output: artifacts.at(ArtifactPrefix.ASYNC_OUTPUT),
  onError: Topic.fromTopicArn(artifacts, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:failed'),
})).AsyncInferenceConfig.OutputConfig;
const [once, canary, linear, rolling] = [Rollout.allAtOnce(), Rollout.canary(), Rollout.linear(), Rollout.rolling()].map(rolledOut);
const [rule] = Object.values(template.findResources('AWS::Events::Rule'));

test.each<[string, string, unknown, unknown]>([
  ['CustomContainerRepoProps.untaggedImagesKept', '1000', untaggedKept(), 1000],
  ['SecureJobOptions.networkIsolation', 'true', train.Arguments.EnableNetworkIsolation, true],
  ['SecureJobOptions.interContainerTrafficEncryption', 'true', train.Arguments.EnableInterContainerTrafficEncryption, true],
  ['SageMakerPipelineProps.jobDefaults', 'JobDefaults.secure()', process.Arguments.NetworkConfig.EnableNetworkIsolation, true],
  ['ProcessingReport.reportName', "'Report'", process.PropertyFiles[0].PropertyFileName, 'Report'],
  ['ProcessingStepProps.instanceType', "'ml.m5.xlarge'", cluster.InstanceType, 'ml.m5.xlarge'],
  ['ProcessingStepProps.instanceCount', '1', cluster.InstanceCount, 1],
  ['ProcessingStepProps.volumeSize', 'Size.gibibytes(30)', cluster.VolumeSizeInGB, 30],
  ['RegisterModelStepProps.approvalStatus', "'PendingManualApproval'", register.Arguments.ModelApprovalStatus, 'PendingManualApproval'],
  ['TrainingPipelineProcessing.entrypoint', "['python3', '/opt/ml/code/preprocess.py']", commandOf(definition.Steps[0]), PREPROCESS],
  ['TrainingPipelineProcessing.instanceType', "'ml.m5.xlarge'", parameter('ProcessingInstanceType'), 'ml.m5.xlarge'],
  ['TrainingPipelineProcessing.instanceCount', '1', parameter('ProcessingInstanceCount'), 1],
  ['TrainingPipelineTraining.contentType', "'text/csv'", definition.Steps[1].Arguments.InputDataConfig[0].ContentType, 'text/csv'],
  ['TrainingPipelineTraining.instanceType', "'ml.m5.xlarge'", parameter('TrainingInstanceType'), 'ml.m5.xlarge'],
  ['TrainingPipelineEvaluation.entrypoint', "['python3', '/opt/ml/code/evaluate.py']", commandOf(definition.Steps[2]), EVALUATE],
  ['TrainingPipelineRegistration.approvalStatus', "'PendingManualApproval'", parameter('ModelApprovalStatus'), 'PendingManualApproval'],
  ['NewDataTriggerOptions.marker', "'_SUCCESS'", rule.Properties.EventPattern.detail.object.key[0].wildcard.split('*')[1], '_SUCCESS'],
  ['CapacityOptions.minCapacity', '1', scaled.instances.MinCapacity, 1],
  ['TrackingOptions.scaleInCooldown', 'Duration.minutes(5)', scaled.tracking.ScaleInCooldown, 300],
  ['TrackingOptions.scaleOutCooldown', 'Duration.minutes(5)', scaled.tracking.ScaleOutCooldown, 300],
  ['TrackingOptions.disableScaleIn', 'false', scaled.tracking.DisableScaleIn, false],
  ['BacklogScalingOptions.perInstance', '5', scaled.tracking.TargetValue, 5],
  ['BacklogScalingOptions.minCapacity', '0', scaled.backlog.MinCapacity, 0],
  ['BacklogScalingOptions.maxCapacity', '1', scaled.backlog.MaxCapacity, 1],
  ['ConcurrencyScalingOptions.utilization', '0.9', scaled.share, 0.9],
  ['OfficeHoursOptions.days', "'MON-FRI'", opening.Schedule.split(' ')[4], 'MON-FRI'],
  ['OfficeHoursOptions.scheduleName', "'OfficeHours'", opening.ScheduledActionName, 'OfficeHoursOpen'],
  ['CapacityStepsOptions.adjustmentType', 'AdjustmentType.CHANGE_IN_CAPACITY', scaled.steps.AdjustmentType, 'ChangeInCapacity'],
  ['CapacityStepsOptions.cooldown', 'Duration.minutes(5)', scaled.steps.Cooldown, 300],
  ['CapacityStepsOptions.evaluationPeriods', '1', scaled.alarm.EvaluationPeriods, 1],
  ['CapacityStepsOptions.treatMissingData', 'TreatMissingData.NOT_BREACHING', scaled.alarm.TreatMissingData, 'notBreaching'],
  ['InstanceSettings.instanceType', 'MlInstanceType.M5_LARGE', serving().InstanceType, 'ml.m5.large'],
  ['InstanceSettings.routing', 'RoutingStrategy.LEAST_OUTSTANDING_REQUESTS', serving().RoutingConfig.RoutingStrategy, 'LEAST_OUTSTANDING_REQUESTS'],
  ['InstanceSettings.ssmAccess', 'false', serving().EnableSSMAccess ?? false, false],
  ['InstanceVariant.weight', '1', weighted.InitialVariantWeight, 1],
  ['ShadowVariant.variantName', "'Shadow'", shadow.VariantName, 'Shadow'],
  ['ShadowVariant.samplingPercentage', '100', shadow.InitialVariantWeight, 1],
  ['MetricsPublishing.enhancedMetrics', 'false', metrics?.EnableEnhancedMetrics ?? false, false],
  ['MetricsPublishing.detailedObservability', 'false', metrics?.EnableDetailedObservability ?? false, false],
  ['ServerlessHostingOptions.memorySize', 'Size.gibibytes(2)', serverless.MemorySizeInMB, 2048],
  ['ServerlessHostingOptions.maxConcurrency', '5', serverless.MaxConcurrency, 5],
  ['AllAtOnceRolloutOptions.bake', 'Duration.minutes(5)', once.end, 300],
  ['CanaryRolloutOptions.bake', 'Duration.minutes(5)', canary.wait, 300],
  ['CanaryRolloutOptions.terminationWait', 'Duration.minutes(5)', canary.end, 300],
  ['LinearRolloutOptions.interval', 'Duration.minutes(5)', linear.wait, 300],
  ['LinearRolloutOptions.terminationWait', 'Duration.minutes(5)', linear.end, 300],
  ['RollingRolloutOptions.interval', 'Duration.minutes(5)', rolling.wait, 300],
  ['RolloutOptions.standardAlarms', 'true', once.alarms.length > 0, true],
  ['RolloutOptions.errorPercent', '5', once.alarms[0].Threshold, 0.05],
  ['RolloutOptions.minimumCalls', '1', once.alarms[0].Metrics, undefined],
  ['AsynchronousHostingOptions.includeResponse', 'false', queued.NotificationConfig.IncludeInferenceResponseIn !== undefined, false],
  ['TransformSplitOptions.batchStrategy', 'TransformBatchStrategy.MULTI_RECORD', request.BatchStrategy, 'MultiRecord'],
  ['TransformOptions.instanceCount', '1', request.TransformResources.InstanceCount, 1],
  ['BatchTransformProps.instanceType', 'MlInstanceType.M5_LARGE', request.TransformResources.InstanceType, 'ml.m5.large'],
  ['BatchTransformProps.networkIsolation', 'true', transformed.model.EnableNetworkIsolation, true],
  ['BatchTransformSchedule.datedOutput', 'false', request.TransformOutput.S3OutputPath.includes('scheduled-time'), false],
  ['TransformStepProps.instanceType', "'ml.m5.large'", transform.Arguments.TransformResources.InstanceType, 'ml.m5.large'],
  ['TransformStepProps.manifest', 'false', transform.Arguments.TransformInput.DataSource.S3DataSource.S3DataType, 'S3Prefix'],
  ['DataCaptureOptions.percent', '20', capture.InitialSamplingPercentage, 20],
  ['DataCaptureOptions.csvContentTypes', "['text/csv']", CsvContentTypes, ['text/csv']],
  ['DataCaptureOptions.jsonContentTypes', "['application/json', 'application/jsonlines']",
    JsonContentTypes, ['application/json', 'application/jsonlines']],
  ['ModelMonitorOptions.instanceType', 'MlInstanceType.M5_XLARGE', monitorCluster.InstanceType, 'ml.m5.xlarge'],
  ['ModelMonitorOptions.instanceCount', '1', monitorCluster.InstanceCount, 1],
  ['ModelMonitorOptions.volumeSize', 'Size.gibibytes(30)', monitorCluster.VolumeSizeInGB, 30],
  ['ModelMonitorOptions.maxRuntime', 'Duration.minutes(30)', job.StoppingCondition.MaxRuntimeInSeconds, 1800],
  ['ModelMonitorOptions.interContainerTrafficEncryption', 'true', job.NetworkConfig.EnableInterContainerTrafficEncryption, true],
  ['EndpointAlarmsOptions.notifyRecovery', 'false', watched.Backlog.OKActions ?? [], []],
  ['EndpointAlarmsOptions.serverErrorPercent', '1', watched.AllTrafficServerErrors.Threshold, 1],
  ['EndpointAlarmsOptions.clientErrorPercent', '20', watched.AllTrafficClientErrors.Threshold, 20],
  ['EndpointAlarmsOptions.minimumErrors', '3', watched.AllTrafficServerErrors.Metrics[0].Expression, 'IF(failed >= 3, 100 * share, 0)'],
  ['EndpointAlarmsOptions.modelLatency', 'Duration.seconds(10)', watched.AllTrafficLatency.Threshold, 10_000_000],
  ['EndpointAlarmsOptions.cpuPercent', '80', watched.AllTrafficCpu.Threshold / 2, 80],
  ['EndpointAlarmsOptions.memoryPercent', '85', watched.AllTrafficMemory.Threshold, 85],
  ['EndpointAlarmsOptions.diskPercent', '80', watched.AllTrafficDisk.Threshold, 80],
  ['EndpointAlarmsOptions.setupTime', 'Duration.seconds(10)', watched.AllTrafficSetupTime.Threshold, 10_000_000],
  ['EndpointAlarmsOptions.concurrencyPercent', '80', watched.AllTrafficConcurrency.Threshold, 0.8],
  ['EndpointAlarmsOptions.capacityWithin', 'Duration.minutes(15)', watched.NoCapacity.EvaluationPeriods * watched.NoCapacity.Period, 900],
  ['EndpointAlarmsOptions.backlogSize', '1000', watched.Backlog.Threshold, 1000],
  ['EndpointAlarmsOptions.waitingTime', 'Duration.minutes(30)', watched.WaitingTime.Threshold, 1800],
  ['EndpointAlarmsOptions.failedInvocations', '0', watched.AllTrafficFailures.Threshold, 0],
  ['InvokeTaskProps.contentType', "'application/json'", task().Parameters.ContentType, 'application/json'],
  ...rowsOf(join(__dirname, 'defaults')),
])('%s is %s, as documented', (name, text, actual, expected) => {
  expect(documented().get(name)).toBe(text);
  expect(actual).toEqual(expected);
  tested.push(name);
});

const tested: string[] = [];
test('no other default is documented as a value', () => {
  expect([...documented().keys()].filter(name => !tested.includes(name))).toEqual([]);
});
