import { rollbackAlarm } from '../../../src/inference/rollout/rollback-alarm';
import { Rollout } from '../../../src/inference/rollout/rollout';
import { onlyResource, stackFixture } from '../../helper';

test('an update is rolled back when more than 5 % of the calls of the container fail in 2 of 3 minutes', () => {
  const { stack, template } = stackFixture();
  rollbackAlarm(stack, 'churn', 'Blue');
  expect(onlyResource(template(), 'AWS::CloudWatch::Alarm').Properties).toEqual({
    AlarmDescription: 'More than 5 % of the calls of endpoint churn, variant Blue, fail in 2 of 3 minutes: an update is rolled back',
    Namespace: 'AWS/SageMaker',
    MetricName: 'Invocation5XXErrors',
    Dimensions: [{ Name: 'EndpointName', Value: 'churn' }, { Name: 'VariantName', Value: 'Blue' }],
    Statistic: 'Average',
    Period: 60,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0.05,
    DatapointsToAlarm: 2,
    EvaluationPeriods: 3,
    TreatMissingData: 'notBreaching',
  });
});

test('the alarms are watched for longer than they look back', () => {
  const { stack, template } = stackFixture();
  const alarms = ['Blue', 'Green'].map(v => rollbackAlarm(stack, 'churn', v));
  const { autoRollbackConfiguration, blueGreenUpdatePolicy } = stack.resolve(Rollout.allAtOnce()._render(alarms));
  expect(autoRollbackConfiguration).toEqual({ alarms: [{ alarmName: { Ref: 'BlueErrors' } }, { alarmName: { Ref: 'GreenErrors' } }] });
  const { Period, EvaluationPeriods } = Object.values(template().findResources('AWS::CloudWatch::Alarm'))[0].Properties;
  expect(blueGreenUpdatePolicy.trafficRoutingConfiguration.waitIntervalInSeconds).toBeGreaterThan(Period * EvaluationPeriods);
  expect(blueGreenUpdatePolicy.terminationWaitInSeconds).toBeGreaterThan(Period * EvaluationPeriods);
});
