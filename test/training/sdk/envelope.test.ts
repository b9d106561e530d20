import { expectSdk } from './equal';
import { FailStep, MlflowTracking, PipelineExecution, PipelineExperiment, PipelineParameter } from '../../../src';

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-ABC';

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
  expectSdk('v3/mlflow_config', () => ({
    mlflow: MlflowTracking.appFromArn(ARN, { experimentName: 'exp' }),
    steps: [new FailStep('F', { message: 'x' })],
  }));
});

test.each<[string, PipelineExperiment, string, unknown]>([
  ['of its own', PipelineExperiment.named('rings'), 'ExperimentName', 'rings'],
  ['of its name, with one trial', PipelineExperiment.trial(PipelineExecution.PIPELINE_NAME.asString(), 'all'), 'TrialName', 'all'],
])('an experiment %s differs in its name only', (_, experiment, key, name) => {
  const [said, time] = [{ Get: 'Execution.PipelineName' }, { Get: 'Execution.PipelineExecutionId' }];
  expectSdk('v3/mlflow_config', () => ({
    experiment,
    mlflow: MlflowTracking.appFromArn(ARN, { experimentName: 'exp' }),
    steps: [new FailStep('F', { message: 'x' })],
  }), [{ path: `$.PipelineExperimentConfig.${key}`, expected: key === 'TrialName' ? time : said, actual: name, why: 'no reference names one' }]);
});
