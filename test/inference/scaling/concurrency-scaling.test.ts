import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { problemsOf, scaledVariants } from './fixture';
import { CapacitySchedule, ConcurrencyScaling } from '../../../src';

const FACTS = { maxConcurrency: 20 };

test('serverless provisioned concurrency is scaled (aws-cdk#29065)', () => {
  const { target, policies, alarms } = scaledVariants(ConcurrencyScaling.onUtilization({ minCapacity: 2, maxCapacity: 10 }));
  expect(target()).toEqual({
    ServiceNamespace: 'sagemaker',
    ScalableDimension: 'sagemaker:variant:DesiredProvisionedConcurrency',
    ResourceId: { 'Fn::Join': ['', ['endpoint/', { 'Fn::GetAtt': ['Endpoint', 'EndpointName'] }, '/variant/Blue']] },
    MinCapacity: 2,
    MaxCapacity: 10,
  });
  expect(policies()).toEqual([{
    ScalingTargetId: { Ref: expect.stringMatching(/^BlueScalingTarget/) },
    PolicyName: 'Utilization',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantProvisionedConcurrencyUtilization' },
      TargetValue: 0.9,
      ScaleInCooldown: 300,
      ScaleOutCooldown: 300,
      DisableScaleIn: false,
    },
  }]);
  expect(alarms()).toEqual([]);
});

test.each([[1, []], [0.01, []], [0, ['scaling.utilization must be greater than 0, got 0']],
  [90, ['scaling.utilization must be at most 1, since it is a share and not in percent, got 90']]])('a utilization of %s', (utilization, found) => {
  expect(problemsOf(ConcurrencyScaling.onUtilization({ utilization, maxCapacity: 2 }), FACTS)).toEqual(found);
});

test('it stays within what the endpoint can do at all', () => {
  const night = CapacitySchedule.of('peak', { schedule: ScheduleExpression.cron({ hour: '9' }), maxCapacity: 40 });
  const initial = { name: 'provisionedConcurrency', value: 50 };
  expect(problemsOf(ConcurrencyScaling.between({ minCapacity: 0, maxCapacity: 30, schedules: [night] }), { ...FACTS, initial })).toEqual([
    'scaling.minCapacity must be a whole number of at least 1, got 0: serverless hosting without provisioned concurrency needs no scaling and costs nothing while nobody calls',
    'scaling.maxCapacity must be at least provisionedConcurrency, 50, got 30',
    'scaling.maxCapacity must be at most maxConcurrency, 20, got 30',
    "scaling.schedules 'peak': maxCapacity must be at most maxConcurrency, 20, got 40",
  ]);
  expect(problemsOf(ConcurrencyScaling.between({ maxCapacity: 20 }), FACTS)).toEqual([]);
});

test('it starts with the least provisioned concurrency', () => {
  expect(ConcurrencyScaling.between({ minCapacity: 3, maxCapacity: 4 })._initialCapacity).toBe(3);
});
