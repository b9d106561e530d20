import { expectSdk, Listed } from './equal';
import { PROCESS_V3, seed } from './seed';
import { PipelineExperiment, TrainingChannel, TrainingInputMode } from '../../../src';

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
