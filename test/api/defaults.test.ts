import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  ArtifactPrefix, CustomContainerRepo, DataCapture, Hosting, InferenceEndpoint, InferenceModel, MlTrainingPipeline, ModelArtifactBucket,
  ModelRegistry, MonitorKind, PipelineTrigger, ProcessingOutput, ProcessingStep, RegisterModelStep, ReportMetric, SageMakerImage,
  SageMakerPipeline, TrainingChannel, TrainingStep,
} from '../../src';
import { filesBelow } from '../source-files';
import { definitionOf } from '../training/definition-of';

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

/** Plain steps with nothing but what is required. */
function plain(): any {
  const stack = new Stack(new App(), 'Plain');
  const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'models');
  new SageMakerPipeline(stack, 'Pipeline', {
    artifacts: new ModelArtifactBucket(stack, 'Artifacts'),
    steps: [
      new ProcessingStep('Process', { image, outputs: [ProcessingOutput.of('report')], report: { outputName: 'report', path: 'r.json' } }),
      new TrainingStep('Train', { image, channels: [TrainingChannel.s3('train', 's3://bucket/train/')] }),
      new RegisterModelStep('Register', { registry, image, modelArtifact: 's3://bucket/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'] }),
    ],
  });
  return definitionOf(stack);
}

function training() {
  const stack = new Stack(new App(), 'Training');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new MlTrainingPipeline(stack, 'Pipeline', {
    artifacts,
    data: artifacts.dataset('abalone'),
    processing: { image, outputs: ['train', 'test'] },
    training: { image, channels: ['train'] },
    evaluation: { image, report: 'evaluation.json' },
    acceptance: ReportMetric.at('mse').atMost(6),
    registration: { registry: new ModelRegistry(stack, 'Models'), image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
    triggers: [PipelineTrigger.onNewData()],
  });
  return { definition: definitionOf(stack), template: Template.fromStack(stack) };
}

function serving(): any {
  const stack = new Stack(new App(), 'Serving');
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image }) });
  return Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::EndpointConfig'))[0].Properties.ProductionVariants[0];
}

function watching(): { capture: any; job: any } {
  const stack = new Stack(new App(), 'Watching');
  const dataCapture = DataCapture.to(new ModelArtifactBucket(stack, 'Artifacts').at(ArtifactPrefix.CAPTURE));
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model: InferenceModel.fromContainer({ image }), dataCapture }) });
  endpoint.addMonitor('Monitor', { kind: MonitorKind.dataQuality({}) });
  const only = (type: string) => Object.values(Template.fromStack(stack).findResources(`AWS::SageMaker::${type}`))[0].Properties;
  return { capture: only('EndpointConfig').DataCaptureConfig, job: only('DataQualityJobDefinition') };
}

function untaggedKept(): number {
  const stack = new Stack(new App(), 'Images');
  new CustomContainerRepo(stack, 'Images');
  const [repository] = Object.values(Template.fromStack(stack).findResources('AWS::ECR::Repository'));
  return JSON.parse(repository.Properties.LifecyclePolicy.LifecyclePolicyText).rules[0].selection.countNumber;
}

const [process, train, register] = plain().Steps;
const { definition, template } = training();
const { capture, job } = watching();
const monitorCluster = job.JobResources.ClusterConfig;
const { CsvContentTypes, JsonContentTypes } = capture.CaptureContentTypeHeader;
const parameter = (name: string) => definition.Parameters.find((p: any) => p.Name === name).DefaultValue;
const commandOf = (step: any) => step.Arguments.AppSpecification.ContainerEntrypoint;
const PREPROCESS = ['python3', '/opt/ml/code/preprocess.py'];
const EVALUATE = ['python3', '/opt/ml/code/evaluate.py'];
const cluster = process.Arguments.ProcessingResources.ClusterConfig;
const [rule] = Object.values(template.findResources('AWS::Events::Rule'));

test.each<[string, string, unknown, unknown]>([
  ['CustomContainerRepoProps.untaggedImagesKept', '30', untaggedKept(), 30],
  ['TrainingStepProps.instanceType', "'ml.m5.xlarge'", train.Arguments.ResourceConfig.InstanceType, 'ml.m5.xlarge'],
  ['TrainingStepProps.instanceCount', '1', train.Arguments.ResourceConfig.InstanceCount, 1],
  ['TrainingStepProps.volumeSize', 'Size.gibibytes(30)', train.Arguments.ResourceConfig.VolumeSizeInGB, 30],
  ['TrainingStepProps.maxRuntime', 'Duration.days(1)', train.Arguments.StoppingCondition.MaxRuntimeInSeconds, 86_400],
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
  ['RealTimeHostingOptions.instanceType', 'MlInstanceType.M5_LARGE', serving().InstanceType, 'ml.m5.large'],
  ['RealTimeHostingOptions.instanceCount', '1', serving().InitialInstanceCount, 1],
  ['DataCaptureOptions.percent', '20', capture.InitialSamplingPercentage, 20],
  ['DataCaptureOptions.csvContentTypes', "['text/csv']", CsvContentTypes, ['text/csv']],
  ['DataCaptureOptions.jsonContentTypes', "['application/json', 'application/jsonlines']", JsonContentTypes, ['application/json', 'application/jsonlines']],
  ['ModelMonitorOptions.instanceType', 'MlInstanceType.M5_XLARGE', monitorCluster.InstanceType, 'ml.m5.xlarge'],
  ['ModelMonitorOptions.instanceCount', '1', monitorCluster.InstanceCount, 1],
  ['ModelMonitorOptions.volumeSize', 'Size.gibibytes(30)', monitorCluster.VolumeSizeInGB, 30],
  ['ModelMonitorOptions.maxRuntime', 'Duration.minutes(30)', job.StoppingCondition.MaxRuntimeInSeconds, 1800],
  ['ModelMonitorOptions.interContainerTrafficEncryption', 'true', job.NetworkConfig.EnableInterContainerTrafficEncryption, true],
])('%s is %s, as documented', (name, text, actual, expected) => {
  expect(documented().get(name)).toBe(text);
  expect(actual).toEqual(expected);
  tested.push(name);
});

const tested: string[] = [];
test('no other default is documented as a value', () => {
  expect([...documented().keys()].filter(name => !tested.includes(name))).toEqual([]);
});
