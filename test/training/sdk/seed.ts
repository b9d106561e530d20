import { Stack } from 'aws-cdk-lib';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Listed } from './equal';
import {
  ConditionStep, FailStep, ModelRegistry, PipelineExecution, PipelineParameter, ProcessingInput, ProcessingOutput, ProcessingStep,
  ProcessingStepProps, RegisterModelStep, SageMakerImage, TrainingChannel, TrainingProfiler, TrainingStep, TrainingStepProps,
} from '../../../src';

/** Steps of AWS's abalone example, of which many references are made. */
export const image = (name: string) => SageMakerImage.fromUri(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1`);

/** Where the example writes, apart for each execution. */
export const out = (...below: string[]) => ['s3://ml-bucket/AbalonePipeline', PipelineExecution.ID.asString(), ...below].join('/');

/** The six parameters, in the order of the references. */
export function seedParameters() {
  return {
    inputData: PipelineParameter.text('InputData', { defaultValue: 's3://ml-bucket/abalone/abalone-dataset.csv' }),
    processingType: PipelineParameter.text('ProcessingInstanceType', { defaultValue: 'ml.m5.xlarge' }),
    processingCount: PipelineParameter.integer('ProcessingInstanceCount', { defaultValue: 1 }),
    trainingType: PipelineParameter.text('TrainingInstanceType', { defaultValue: 'ml.m5.xlarge' }),
    threshold: PipelineParameter.number('MseThreshold', { defaultValue: 6 }),
    approval: PipelineParameter.text('ModelApprovalStatus', {
      defaultValue: 'PendingManualApproval',
      allowedValues: ['Approved', 'PendingManualApproval', 'Rejected'],
    }),
  };
}

export type SeedParameters = ReturnType<typeof seedParameters>;

/** Step `Process`; `more` is added to it. */
export function seedProcess(parameters: SeedParameters, more: Partial<ProcessingStepProps> = {}): ProcessingStep {
  return new ProcessingStep('Process', {
    image: image('process'),
    entrypoint: ['python3', '/opt/ml/code/preprocess.py'],
    arguments: ['--input-data', parameters.inputData.asString()],
    inputs: [ProcessingInput.s3('input-1', parameters.inputData.asString(), { localPath: '/opt/ml/processing/input' })],
    outputs: ['train', 'validation', 'test'].map(name => ProcessingOutput.of(name, { destination: out('process', name) })),
    instanceType: parameters.processingType.asString(),
    instanceCount: parameters.processingCount.asNumber(),
    ...more,
  });
}

/** Step `Train`, of SDK 2.x with its debugger and profiler; `more` is added to it. */
export function seedTrain(parameters: SeedParameters, process: ProcessingStep, more: Partial<TrainingStepProps> = {}): TrainingStep {
  return new TrainingStep('Train', {
    image: image('train'),
    channels: ['train', 'validation'].map(name => TrainingChannel.csv(name, process.output(name))),
    hyperparameters: { objective: 'reg:linear', num_round: '50', eta: '0.2' },
    destination: 's3://ml-bucket/AbalonePipeline/train',
    debugHook: { destination: 's3://ml-bucket/AbalonePipeline/train' },
    profiler: TrainingProfiler.enabled({ destination: 's3://ml-bucket/AbalonePipeline/train' }),
    instanceType: parameters.trainingType.asString(),
    ...more,
  });
}

/** What one version of the SDK says otherwise of the training. */
export type SeedTraining = (process: ProcessingStep) => Partial<TrainingStepProps>;

/** The whole of AWS's abalone example. */
export function seed(stack: Stack, registerName: string, environment: { [name: string]: string }, training: SeedTraining) {
  const parameters = seedParameters();
  const process = seedProcess(parameters);
  const train = seedTrain(parameters, process, training(process));
  const evaluate = new ProcessingStep('Evaluate', {
    image: image('evaluate'),
    entrypoint: ['python3', '/opt/ml/code/evaluate.py'],
    inputs: [ProcessingInput.s3('model', train.modelArtifact), ProcessingInput.s3('test', process.output('test'))],
    outputs: [ProcessingOutput.of('evaluation', { destination: out('evaluation') })],
    report: { outputName: 'evaluation', path: 'evaluation.json', reportName: 'EvaluationReport' },
    instanceType: parameters.processingType.asString(),
  });
  const register = new RegisterModelStep(registerName, {
    registry: ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'AbaloneModelPackageGroup'),
    image: image('inference'),
    modelArtifact: train.modelArtifact,
    contentTypes: ['text/csv'],
    instanceTypes: ['ml.t2.medium', 'ml.m5.large'],
    transformInstanceTypes: ['ml.m5.large'],
    approvalStatus: parameters.approval.asString(),
    qualityReport: `${evaluate.output('evaluation')}/evaluation.json`,
    environment,
  });
  const check = new ConditionStep('CheckMse', {
    condition: evaluate.metric('regression_metrics.mse.value').atMost(parameters.threshold.asNumber()),
    ifSteps: [register],
    elseSteps: [new FailStep('MseTooHigh', { message: `Execution failed due to MSE > ${parameters.threshold.asString()}` })],
  });
  return { parameters: Object.values(parameters), steps: [process, train, evaluate, check] };
}

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/jobs';

/** The key of jobs in place of those that references name by their aliases. */
export function keyOf(stack: Stack): IKey {
  return Key.fromKeyArn(stack, 'Key', KEY);
}

/** References have one key for volumes and one for output; here one key encrypts all of a job. */
export function oneKey(step: string, path: string, expected: string): Listed {
  return { path: `$.Steps[${step}].Arguments.${path}`, expected, actual: KEY, why: 'one key encrypts all of a job, and is named by its ARN, which an alias would not tell' };
}

/** What SDK 3.x leaves out of step `Process`, although the value is that of SDK 2.x and of the service. */
export const PROCESS_V3: Listed[] = [
  { path: '$.MlflowConfig', expected: null, actual: undefined, why: 'SDK 3.x writes that there is none' },
  ...['ProcessingInputs[input-1]', ...['train', 'validation', 'test'].map(name => `ProcessingOutputConfig.Outputs[${name}]`)].map(place => ({
    path: `$.Steps[Process].Arguments.${place}.AppManaged`, expected: undefined, actual: false, why: 'SDK 2.x writes the default, SDK 3.x does not',
  })),
];
