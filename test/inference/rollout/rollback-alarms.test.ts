import { Duration } from 'aws-cdk-lib';
import { rollbackAlarms } from '../../../src/inference/rollout/rollback-alarms';
import { rollbackSettings } from '../../../src/inference/rollout/rollback-settings';
import { onlyResource, stackFixture } from '../../helper';

const DIMENSIONS = [{ Name: 'EndpointName', Value: 'churn' }, { Name: 'VariantName', Value: 'Blue' }];

const WHEN = { ComparisonOperator: 'GreaterThanThreshold', DatapointsToAlarm: 2, EvaluationPeriods: 3, TreatMissingData: 'notBreaching' };

test.each(['realTime', 'serverless'] as const)('%s: an update is rolled back when more than 5 %% of the calls of the container fail in 2 of 3 minutes', kind => {
  const { stack, template } = stackFixture();
  rollbackAlarms[kind](stack, 'churn', 'Blue');
  expect(onlyResource(template(), 'AWS::CloudWatch::Alarm').Properties).toEqual({
    ...WHEN,
    AlarmDescription: 'More than 5 % of the calls of endpoint churn, variant Blue, fail in 2 of 3 minutes: an update is rolled back',
    Namespace: 'AWS/SageMaker',
    MetricName: 'Invocation5XXErrors',
    Dimensions: DIMENSIONS,
    Statistic: 'Average',
    Period: 60,
    Threshold: 0.05,
  });
});

test('the ids are part of the contract', () => {
  const { stack, template } = stackFixture();
  const settings = rollbackSettings({ modelLatency: Duration.seconds(2) });
  rollbackAlarms.realTime(stack, 'churn', 'Blue', settings);
  rollbackAlarms.asynchronous(stack, 'churn', 'Queued', settings);
  rollbackAlarms.component(stack, 'llama', 'churn-llama', settings);
  expect(Object.keys(template().findResources('AWS::CloudWatch::Alarm')))
    .toEqual(['BlueErrors', 'BlueLatency', 'QueuedErrors', 'QueuedLatency', 'QueuedFailures', 'llamaErrors', 'llamaLatency']);
});

test('latency rolls back when asked for, by the 99th percentile in microseconds', () => {
  const { stack, template } = stackFixture();
  const [, latency] = rollbackAlarms.realTime(stack, 'churn', 'Blue', rollbackSettings({ modelLatency: Duration.millis(800) }));
  expect(template().findResources('AWS::CloudWatch::Alarm')[stack.getLogicalId(latency)].Properties).toEqual({
    ...WHEN,
    AlarmDescription: '1 % of the calls of endpoint churn, variant Blue, take the container more than 800 ms in 2 of 3 minutes: an update is rolled back',
    Namespace: 'AWS/SageMaker',
    MetricName: 'ModelLatency',
    Dimensions: DIMENSIONS,
    ExtendedStatistic: 'p99',
    Period: 60,
    Threshold: 800_000,
  });
});

test('minutes with few calls may be left out', () => {
  const { stack, template } = stackFixture();
  rollbackAlarms.realTime(stack, 'churn', 'Blue', rollbackSettings({ errorPercent: 2, minimumCalls: 20 }));
  const { Metrics, Threshold, MetricName } = onlyResource(template(), 'AWS::CloudWatch::Alarm').Properties;
  expect([Threshold, MetricName]).toEqual([0.02, undefined]);
  const metric = { Namespace: 'AWS/SageMaker', MetricName: 'Invocation5XXErrors', Dimensions: DIMENSIONS };
  expect(Metrics).toEqual([
    { Id: 'rate', MetricStat: { Metric: metric, Period: 60, Stat: 'Average' }, ReturnData: false },
    { Id: 'calls', MetricStat: { Metric: metric, Period: 60, Stat: 'SampleCount' }, ReturnData: false },
    { Id: 'counted', Expression: 'IF(calls >= 20, rate, 0)', Label: 'Share of failed calls', ReturnData: true },
  ]);
});

test('latency knows quiet minutes too', () => {
  const { stack } = stackFixture();
  const [, latency] = rollbackAlarms.realTime(stack, 'churn', 'Blue', rollbackSettings({ modelLatency: Duration.seconds(1), minimumCalls: 20 }));
  expect(stack.resolve(latency.metrics).map((m: any) => m.expression ?? m.metricStat.stat)).toEqual(['p99', 'SampleCount', 'IF(calls >= 20, slow, 0)']);
});

test('an asynchronous endpoint is watched by metrics that it has: none of Invocations, and failures without an answer count', () => {
  const { stack, template } = stackFixture();
  const [errors, failures] = rollbackAlarms.asynchronous(stack, 'churn', 'AllTraffic');
  expect(errors.metricName).toBe('Invocation5XXErrors');
  const { Metrics, Threshold } = template().findResources('AWS::CloudWatch::Alarm')[stack.getLogicalId(failures)].Properties;
  expect(Threshold).toBe(0.05);
  expect(Metrics.map((m: any) => m.Expression ?? `${m.MetricStat.Metric.MetricName} ${m.MetricStat.Stat}`)).toEqual([
    'InvocationFailures Sum',
    'Invocation4XXErrors Sum',
    'Invocation4XXErrors SampleCount',
    'FILL(failed, 0) - FILL(refused, 0)',
    'IF(FILL(answered, 0) > FILL(failed, 0), FILL(answered, 0), FILL(failed, 0))',
    'IF(calls >= 1, bad / calls, 0)',
  ]);
  expect(Metrics.filter((m: any) => m.ReturnData).map((m: any) => m.Id)).toEqual(['counted']);
  expect(JSON.stringify(template())).not.toContain('"Invocations"');
});

test('a component is watched by its own metrics', () => {
  const { stack } = stackFixture();
  const [errors] = rollbackAlarms.component(stack, 'llama', 'stack-llama-12345678');
  expect(errors.dimensions).toEqual([{ name: 'InferenceComponentName', value: 'stack-llama-12345678' }]);
  expect(errors.alarmDescription).toContain('inference component stack-llama-12345678');
});

test.each(['realTime', 'serverless', 'asynchronous', 'component'] as const)('%s: the standard alarms may be left out', kind => {
  const { stack, template } = stackFixture();
  expect(rollbackAlarms[kind](stack, 'churn', 'Blue', rollbackSettings({ standardAlarms: false, modelLatency: Duration.seconds(1) }))).toEqual([]);
  template().resourceCountIs('AWS::CloudWatch::Alarm', 0);
});
