import { Stack } from 'aws-cdk-lib';
import { expectSdk, Listed } from './equal';
import { image, out, PROCESS_V3, seedParameters, seedProcess, seedTrain } from './seed';
import {
  ConditionStep, FailStep, ModelRegistry, PipelineExperiment, ProcessingInput, ProcessingOutput, ProcessingStep, RegisterModelStep,
  TrainingChannel, TrainingInputMode, TrainingStepProps,
} from '../../../src';

/** What one version of the SDK says otherwise of the training. */
type Training = (process: ProcessingStep) => Partial<TrainingStepProps>;

/** The whole of AWS's abalone example. */
function seed(stack: Stack, registerName: string, environment: { [name: string]: string }, training: Training) {
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

const V2 = ['Register-RegisterModel', { LOG_LEVEL: 'INFO' }, () => ({})] as const;

test('version 2 of the SDK', () => {
  expectSdk('v2/seed_abalone', stack => seed(stack, ...V2));
});

test('without an experiment', () => {
  expectSdk('v2/experiment_none', stack => ({ ...seed(stack, ...V2), experiment: PipelineExperiment.none() }));
});

test('version 3 of the SDK', () => {
  const appManaged = ['ProcessingInputs[model]', 'ProcessingInputs[test]', 'ProcessingOutputConfig.Outputs[evaluation]'].map((place): Listed => ({
    path: `$.Steps[Evaluate].Arguments.${place}.AppManaged`, expected: undefined, actual: false, why: 'SDK 2.x writes the default, SDK 3.x does not',
  }));
  const environment = {
    LOG_LEVEL: 'INFO', SAGEMAKER_PROGRAM: '', SAGEMAKER_SUBMIT_DIRECTORY: '', SAGEMAKER_CONTAINER_LOG_LEVEL: '20', SAGEMAKER_REGION: 'eu-west-1',
  };
  expectSdk('v3/seed_abalone', stack => seed(stack, 'Register', environment, process => ({
    channels: ['train', 'validation'].map(name => TrainingChannel.s3(name, process.output(name), {
      contentType: 'text/csv', inputMode: TrainingInputMode.FILE,
    })),
    compressOutput: true,
    debugHook: undefined,
    profiler: undefined,
  })), [...PROCESS_V3, ...appManaged]);
});
