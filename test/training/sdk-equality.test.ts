import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { definitionOf } from './definition-of';
import { differences } from './differences';
import {
  ComplianceEnforcement, ConditionStep, Dataset, FailStep, JobDefaults, MlTrainingPipeline, ModelArtifactBucket, ModelRegistry,
  PipelineExecution, PipelineParameter, ProcessingInput, ProcessingOutput, ProcessingStep, RegisterModelStep, ReportMetric, SageMakerImage,
  SageMakerPipeline, TrainingChannel, TrainingProfiler, TrainingStep,
} from '../../src';
import reference from './reference/v2/seed_abalone.json';

const ROLE = 'arn:aws:iam::111122223333:role/service-role/PipelineJobs';
const image = (name: string) => SageMakerImage.fromUri(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1`);
const out = (...below: string[]) => ['s3://ml-bucket/AbalonePipeline', PipelineExecution.ID.asString(), ...below].join('/');

function newStack(): Stack {
  return new Stack(new App(), 'Training');
}

/** The pipeline of the SageMaker Python SDK, step by step. */
function plainSteps(stack: Stack): SageMakerPipeline {
  const inputData = PipelineParameter.text('InputData', { defaultValue: 's3://ml-bucket/abalone/abalone-dataset.csv' });
  const processingType = PipelineParameter.text('ProcessingInstanceType', { defaultValue: 'ml.m5.xlarge' });
  const processingCount = PipelineParameter.integer('ProcessingInstanceCount', { defaultValue: 1 });
  const trainingType = PipelineParameter.text('TrainingInstanceType', { defaultValue: 'ml.m5.xlarge' });
  const threshold = PipelineParameter.number('MseThreshold', { defaultValue: 6 });
  const approval = PipelineParameter.text('ModelApprovalStatus', {
    defaultValue: 'PendingManualApproval',
    allowedValues: ['Approved', 'PendingManualApproval', 'Rejected'],
  });
  const process = new ProcessingStep('Process', {
    image: image('process'),
    entrypoint: ['python3', '/opt/ml/code/preprocess.py'],
    arguments: ['--input-data', inputData.asString()],
    inputs: [ProcessingInput.s3('input-1', inputData.asString(), { localPath: '/opt/ml/processing/input' })],
    outputs: ['train', 'validation', 'test'].map(name => ProcessingOutput.of(name, { destination: out('process', name) })),
    instanceType: processingType.asString(),
    instanceCount: processingCount.asNumber(),
  });
  const train = new TrainingStep('Train', {
    image: image('train'),
    channels: ['train', 'validation'].map(name => TrainingChannel.csv(name, process.output(name))),
    hyperparameters: { objective: 'reg:linear', num_round: '50', eta: '0.2' },
    destination: 's3://ml-bucket/AbalonePipeline/train',
    debugHook: { destination: 's3://ml-bucket/AbalonePipeline/train' },
    profiler: TrainingProfiler.enabled({ destination: 's3://ml-bucket/AbalonePipeline/train' }),
    instanceType: trainingType.asString(),
  });
  const evaluate = new ProcessingStep('Evaluate', {
    image: image('evaluate'),
    entrypoint: ['python3', '/opt/ml/code/evaluate.py'],
    inputs: [ProcessingInput.s3('model', train.modelArtifact), ProcessingInput.s3('test', process.output('test'))],
    outputs: [ProcessingOutput.of('evaluation', { destination: out('evaluation') })],
    report: { outputName: 'evaluation', path: 'evaluation.json', reportName: 'EvaluationReport' },
    instanceType: processingType.asString(),
  });
  const register = new RegisterModelStep('Register-RegisterModel', {
    registry: ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'AbaloneModelPackageGroup'),
    image: image('inference'),
    modelArtifact: train.modelArtifact,
    contentTypes: ['text/csv'],
    instanceTypes: ['ml.t2.medium', 'ml.m5.large'],
    transformInstanceTypes: ['ml.m5.large'],
    approvalStatus: approval.asString(),
    qualityReport: `${evaluate.output('evaluation')}/evaluation.json`,
    environment: { LOG_LEVEL: 'INFO' },
  });
  const check = new ConditionStep('CheckMse', {
    condition: evaluate.metric('regression_metrics.mse.value').atMost(threshold.asNumber()),
    ifSteps: [register],
    elseSteps: [new FailStep('MseTooHigh', { message: `Execution failed due to MSE > ${threshold.asString()}` })],
  });
  return new SageMakerPipeline(stack, 'Pipeline', {
    steps: [process, train, evaluate, check],
    parameters: [inputData, processingType, processingCount, trainingType, threshold, approval],
    jobDefaults: JobDefaults.none(),
    compliance: { enforcement: ComplianceEnforcement.OFF },
    jobRole: Role.fromRoleArn(stack, 'Jobs', ROLE, { mutable: false }),
  });
}

test('plain steps give what the SageMaker Python SDK emits, with no difference', () => {
  const stack = newStack();
  plainSteps(stack);
  expect(differences(reference, definitionOf(stack))).toEqual([]);
});

test('parameters come in the order given', () => {
  const stack = newStack();
  plainSteps(stack);
  expect(definitionOf(stack).Parameters.map((p: any) => p.Name)).toEqual(reference.Parameters.map(p => p.Name));
});

describe('the comparison notices', () => {
  test.each<[string, (definition: any) => void]>([
    ['another value', d => { d.Steps[1].Arguments.StoppingCondition.MaxRuntimeInSeconds = 1; }],
    ['a missing key', d => { delete d.Steps[0].Arguments.AppSpecification.ContainerArguments; }],
    ['an extra key', d => { d.Steps[0].Arguments.NetworkConfig = {}; }],
    ['a missing step', d => { d.Steps.splice(2, 1); }],
    ['another reference', d => { d.Steps[1].Arguments.InputDataConfig[0].DataSource.S3DataSource.S3Uri.Get = 'Steps.Process.X'; }],
    ['another text in a join', d => { d.Steps[3].Arguments.ElseSteps[0].Arguments.ErrorMessage['Std:Join'].On = ''; }],
    ['another number in a list', d => { d.Parameters[2].DefaultValue = 2; }],
    ['a bare variable where a text was joined', d => { d.Steps[3].Arguments.ElseSteps[0].Arguments.ErrorMessage = { Get: 'Parameters.MseThreshold' }; }],
  ])('%s', (_, change) => {
    const changed = structuredClone(reference);
    change(changed);
    expect(differences(reference, changed)).not.toEqual([]);
  });

  test('but not the separator of a join that yields the same text', () => {
    const join = (On: string, ...Values: unknown[]) => ({ 'Std:Join': { On, Values } });
    expect(differences(join('/', 'a', 'b', { Get: 'x' }), join('', 'a/b/', { Get: 'x' }))).toEqual([]);
  });
});

describe('MlTrainingPipeline differs from it only by', () => {
  const stack = newStack();
  const bucket = Bucket.fromBucketName(stack, 'Data', 'ml-bucket');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new MlTrainingPipeline(stack, 'Pipeline', {
    artifacts,
    data: Dataset.fromBucket(bucket, 'abalone/'),
    processing: { image: image('process'), outputs: ['train', 'validation', 'test'] },
    training: { image: image('train'), channels: ['train', 'validation'], hyperparameters: { objective: 'reg:linear', num_round: '50', eta: '0.2' } },
    evaluation: { image: image('evaluate'), report: 'evaluation.json' },
    acceptance: ReportMetric.at('regression_metrics.mse.value').atMost(6),
    registration: {
      registry: ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'AbaloneModelPackageGroup'),
      image: image('inference'),
      contentTypes: ['text/csv'],
      instanceTypes: ['ml.t2.medium', 'ml.m5.large'],
      transformInstanceTypes: ['ml.m5.large'],
      environment: { LOG_LEVEL: 'INFO' },
    },
  });
  const definition = definitionOf(stack);
  // the SDK adds the name of its own step class; compared under our name
  const renamed = JSON.parse(JSON.stringify(reference).replace('"Register-RegisterModel"', '"Register"'));
  const found = differences(renamed, definition);

  const KEY = '${MlEncryptionKey1CDF763F.Arn}';
  const JOB_ROLE = '${PipelineJobRole3C5C0FEE.Arn}';
  const below = (prefix: string, ...parts: string[]) => ({
    'Std:Join': { On: '', Values: [`s3://\${ArtifactsBucket88671897}/${prefix}/training-pipeline-dd48092f/`, { Get: 'Execution.PipelineExecutionId' }, ...parts] },
  });
  const ISOLATED = { EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true };
  const LISTED: [string, string, unknown][] = [
    ['data are a prefix', '$.Parameters[InputData].DefaultValue', 's3://ml-bucket/abalone/'],
    ...['Process', 'Evaluate'].flatMap((step): [string, string, unknown][] => [
      ['network configuration', `$.Steps[${step}].Arguments.NetworkConfig`, ISOLATED],
      ['key of the volumes', `$.Steps[${step}].Arguments.ProcessingResources.ClusterConfig.VolumeKmsKeyId`, KEY],
      ['key of the output', `$.Steps[${step}].Arguments.ProcessingOutputConfig.KmsKeyId`, KEY],
      ['role of the jobs', `$.Steps[${step}].Arguments.RoleArn`, JOB_ROLE],
    ]),
    ['network isolation', '$.Steps[Train].Arguments.EnableNetworkIsolation', true],
    ['encrypted traffic', '$.Steps[Train].Arguments.EnableInterContainerTrafficEncryption', true],
    ['key of the volumes', '$.Steps[Train].Arguments.ResourceConfig.VolumeKmsKeyId', KEY],
    ['key of the output', '$.Steps[Train].Arguments.OutputDataConfig.KmsKeyId', KEY],
    ['role of the jobs', '$.Steps[Train].Arguments.RoleArn', JOB_ROLE],
    ['place of the model', '$.Steps[Train].Arguments.OutputDataConfig.S3OutputPath', below('pipelines', '/Train')],
    ['no debugger', '$.Steps[Train].Arguments.DebugHookConfig', undefined],
    ['no profiler', '$.Steps[Train].Arguments.ProfilerConfig', undefined],
  ];

  test.each(LISTED)('%s: %s', (_, path, value) => {
    expect(found.find(d => d.path === path)).toEqual(expect.objectContaining(value === undefined ? { path } : { path, actual: value }));
  });

  test.each(['train', 'validation', 'test'])('place of the output %s', name => {
    expect(definition.Steps[0].Arguments.ProcessingOutputConfig.Outputs.find((o: any) => o.OutputName === name).S3Output.S3Uri).toEqual(below('intermediate', `/Process/${name}`));
  });

  test('and nothing else', () => {
    const places = /\.(ProcessingOutputConfig\.Outputs\[\w+\]\.S3Output\.S3Uri\.Std:Join\.Values\[\d\])$/;
    expect(found.map(d => d.path).filter(p => !LISTED.some(([, listed]) => listed === p) && !places.test(p))).toEqual([]);
  });
});
