import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { PipelineMetrics, PipelineTrigger } from '../../../src';
import { errorOf } from '../../helper';
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

test('what could not be delivered is counted where it waits', () => {
  const { stack, pipeline, template } = triggered(() => [PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(1)))]);
  pipeline.metrics.deadLetters().createAlarm(stack, 'NotStarted', { threshold: 1, evaluationPeriods: 1 });
  template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Statistic: 'Maximum',
    Period: 300,
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [Object.keys(template().findResources('AWS::SQS::Queue'))[0], 'QueueName'] } }],
  });
});

test('a pipeline that nothing starts has no such queue, and asking makes none', () => {
  const { pipeline, template } = triggered(() => []);
  expect(errorOf(() => pipeline.metrics.deadLetters()))
    .toBe("SageMakerPipeline at 'Stack/Pipeline' has 1 problem:\n  - it has no dead-letter queue, since it has neither triggers nor notifications");
  template().resourceCountIs('AWS::SQS::Queue', 0);
});
