import { expectSdk } from './equal';
import { FailStep, MlflowTracking, PipelineExperiment, PipelineParameter } from '../../../src';

test('parameters with and without defaults', () => {
  const second = PipelineParameter.text('S2', { defaultValue: '' });
  expectSdk('v2/params_no_defaults', () => ({
    parameters: [
      PipelineParameter.text('S1'), PipelineParameter.integer('I1'), PipelineParameter.number('F1'), PipelineParameter.flag('B1'),
      second, PipelineParameter.integer('I2', { defaultValue: 0 }), PipelineParameter.flag('B2', { defaultValue: false }),
    ],
    steps: [new FailStep('F', { message: second.asString() })],
  }));
});

test('MLflow', () => {
  const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-ABC';
  expectSdk('v3/mlflow_config', () => ({
    mlflow: MlflowTracking.appFromArn(arn, { experimentName: 'exp' }),
    steps: [new FailStep('F', { message: 'x' })],
  }));
});

test('an experiment of its own', () => {
  expectSdk('v2/params_no_defaults', () => ({
    experiment: PipelineExperiment.none(),
    parameters: [
      PipelineParameter.text('S1'), PipelineParameter.integer('I1'), PipelineParameter.number('F1'), PipelineParameter.flag('B1'),
      PipelineParameter.text('S2', { defaultValue: '' }), PipelineParameter.integer('I2', { defaultValue: 0 }), PipelineParameter.flag('B2', { defaultValue: false }),
    ],
    steps: [new FailStep('F', { message: 'm' })],
  }), [
    { path: '$.PipelineExperimentConfig', expected: { ExperimentName: { Get: 'Execution.PipelineName' }, TrialName: { Get: 'Execution.PipelineExecutionId' } }, actual: null, why: 'asked for' },
    { path: '$.Steps[F].Arguments.ErrorMessage', expected: { Get: 'Parameters.S2' }, actual: 'm', why: 'another message' },
  ]);
});
