import { Duration } from 'aws-cdk-lib';
import { PipelineMetrics } from '../../../src';
import { triggered } from '../triggers/fixture';

test.each<[string, (m: PipelineMetrics) => any, string, string, object]>([
  ['started', m => m.executionsStarted(), 'ExecutionStarted', 'Sum', {}],
  ['succeeded', m => m.executionsSucceeded(), 'ExecutionSucceeded', 'Sum', {}],
  ['failed', m => m.executionsFailed(), 'ExecutionFailed', 'Sum', {}],
  ['stopped', m => m.executionsStopped(), 'ExecutionStopped', 'Sum', {}],
  ['duration', m => m.executionDuration(), 'ExecutionDuration', 'Average', {}],
  ['steps failed', m => m.stepsFailed('Process'), 'StepFailed', 'Sum', { StepName: 'Process' }],
  ['step duration', m => m.stepDuration('Process'), 'StepDuration', 'Average', { StepName: 'Process' }],
])('%s', (_, metricOf, metricName, statistic, step) => {
  const { stack, pipeline } = triggered(() => []);
  const metric = metricOf(pipeline.metrics);
  expect({ ...metric, dimensions: stack.resolve(metric.dimensions) }).toMatchObject({
    namespace: 'AWS/Sagemaker/ModelBuildingPipeline',
    metricName,
    statistic,
    period: Duration.minutes(5),
    dimensions: { PipelineName: { Ref: expect.stringMatching(/^Pipeline/) }, ...step },
  });
});

test('options change them, and alarms take them', () => {
  const { stack, pipeline, template } = triggered(() => []);
  pipeline.metrics.executionDuration({ statistic: 'Maximum', period: Duration.hours(1) }).createAlarm(stack, 'Slow', { threshold: 3_600_000, evaluationPeriods: 1 });
  template().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ExecutionDuration', Statistic: 'Maximum', Period: 3600, Unit: 'Milliseconds' });
});
