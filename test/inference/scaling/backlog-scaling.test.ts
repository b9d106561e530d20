import { CfnParameter, TimeZone } from 'aws-cdk-lib';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { problemsOf, scaledVariants } from './fixture';
import { BacklogScaling, CapacitySchedule, MlInstanceType } from '../../../src';
import { stackFixture } from '../../helper';

const FACTS = { instanceTypes: [MlInstanceType.M5_LARGE] };

test('async at 0 scales up with the first request: everything that is made with nothing said (amazon-sagemaker-developer-guide#203)', () => {
  const Ref = 'BlueScalingTarget42182817';
  expect(scaledVariants(BacklogScaling.onBacklog()).resources()).toEqual({
    [Ref]: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        ServiceNamespace: 'sagemaker',
        ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
        ResourceId: { 'Fn::Join': ['', ['endpoint/', { 'Fn::GetAtt': ['Endpoint', 'EndpointName'] }, '/variant/Blue']] },
        MinCapacity: 0,
        MaxCapacity: 1,
      },
    },
    BlueScalingBacklogD83FE73C: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        ScalingTargetId: { Ref },
        PolicyName: 'Backlog',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          CustomizedMetricSpecification: {
            Namespace: 'AWS/SageMaker',
            MetricName: 'ApproximateBacklogSizePerInstance',
            Dimensions: [{ Name: 'EndpointName', Value: 'churn' }],
            Statistic: 'Average',
          },
          TargetValue: 5,
          ScaleInCooldown: 300,
          ScaleOutCooldown: 300,
          DisableScaleIn: false,
        },
      },
    },
    BlueScalingWakeUp84667C9F: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        ScalingTargetId: { Ref },
        PolicyName: 'WakeUp',
        PolicyType: 'StepScaling',
        StepScalingPolicyConfiguration: {
          AdjustmentType: 'ChangeInCapacity',
          MetricAggregationType: 'Maximum',
          Cooldown: 300,
          StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
        },
      },
    },
    BlueScalingWakeUpAlarm3DE6745E: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmDescription: 'Requests to endpoint churn wait, since nothing runs: the first is started',
        Namespace: 'AWS/SageMaker',
        MetricName: 'HasBacklogWithoutCapacity',
        Dimensions: [{ Name: 'EndpointName', Value: 'churn' }],
        Statistic: 'Average',
        Period: 60,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
        AlarmActions: [{ 'Fn::GetAtt': ['BlueScalingWakeUp84667C9F', 'Arn'] }],
      },
    },
  });
});

test('the metric is the one that asynchronous endpoints publish, and no other can be chosen (terraform-aws-sagemaker-huggingface#9)', () => {
  const { policies } = scaledVariants(BacklogScaling.onBacklog({ perInstance: 10, minCapacity: 1, maxCapacity: 4 }));
  expect(policies().map(p => p.TargetTrackingScalingPolicyConfiguration?.CustomizedMetricSpecification.MetricName)).toEqual(['ApproximateBacklogSizePerInstance']);
  expect(policies()[0].TargetTrackingScalingPolicyConfiguration.TargetValue).toBe(10);
  expect(Object.getOwnPropertyNames(BacklogScaling).filter(name => name.startsWith('on'))).toEqual(['onBacklog']);
});

test('with an instance at all times there is nothing to wake up', () => {
  const { policies, alarms } = scaledVariants(BacklogScaling.onBacklog({ minCapacity: 1 }));
  expect(policies().map(p => p.PolicyName)).toEqual(['Backlog']);
  expect(alarms()).toEqual([]);
});

const hours = (bounds: { minCapacity: number; closedMinCapacity?: number; closedMaxCapacity?: number }) =>
  CapacitySchedule.officeHours({ timeZone: TimeZone.EUROPE_BERLIN, opens: '08:00', closes: '18:00', ...bounds });

test('a schedule that goes down to none needs the wake-up as well', () => {
  const names = (schedule: CapacitySchedule) =>
    scaledVariants(BacklogScaling.onBacklog({ minCapacity: 1, maxCapacity: 2, schedules: [schedule] })).policies().map(p => p.PolicyName);
  expect(names(hours({ minCapacity: 2, closedMinCapacity: 0 }))).toEqual(['Backlog', 'WakeUp']);
  expect(names(hours({ minCapacity: 2 }))).toEqual(['Backlog']);
});

test('a minimum that is known at deployment may be none', () => {
  const { stack } = stackFixture();
  const minCapacity = new CfnParameter(stack, 'Min', { type: 'Number' }).valueAsNumber;
  const endpoint = new CfnEndpoint(stack, 'Endpoint', { endpointConfigName: 'config' });
  const scaling = BacklogScaling.onBacklog({ minCapacity });
  const { target, policies } = scaling._bind({ scope: stack, endpoint, endpointName: 'churn', variantName: 'Blue' });
  expect(scaling._initialCapacity).toBe(minCapacity);
  expect(stack.resolve(target.minCapacity)).toEqual({ Ref: 'Min' });
  expect(policies.map(p => p.policyName)).toEqual(['Backlog', 'WakeUp']);
});

test('nothing at all may run outside of office hours (generative-ai-cdk-constructs#317)', () => {
  const scaling = BacklogScaling.onBacklog({ maxCapacity: 3, schedules: [hours({ minCapacity: 1, closedMaxCapacity: 0 })] });
  expect(problemsOf(scaling, FACTS)).toEqual([]);
  const { ScheduledActions } = scaledVariants(scaling).target();
  expect(ScheduledActions.map((a: any) => [a.ScheduledActionName, a.Schedule, a.Timezone, a.ScalableTargetAction])).toEqual([
    ['OfficeHoursOpen', 'cron(0 8 ? * MON-FRI *)', 'Europe/Berlin', { MinCapacity: 1, MaxCapacity: 3 }],
    ['OfficeHoursClosed', 'cron(0 18 ? * MON-FRI *)', 'Europe/Berlin', { MinCapacity: 0, MaxCapacity: 0 }],
  ]);
});

test('an endpoint starts with an instance even where there may be none', () => {
  expect(BacklogScaling.onBacklog()._initialCapacity).toBe(1);
  expect(BacklogScaling.onBacklog({ minCapacity: 2, maxCapacity: 2 })._initialCapacity).toBe(2);
});

test('what makes no sense is said', () => {
  const scaling = BacklogScaling.onBacklog({ perInstance: 0, minCapacity: -1, maxCapacity: 0 });
  expect(problemsOf(scaling, { instanceTypes: [MlInstanceType.T2_MEDIUM], initial: { name: 'instanceCount', value: 2 } })).toEqual([
    'scaling.minCapacity must be a whole number of at least 0, got -1',
    'scaling.maxCapacity must be a whole number of at least 1, got 0',
    'scaling.maxCapacity must be at least instanceCount, 2, got 0',
    'scaling.perInstance must be greater than 0, got 0',
    'scaling must not be given for ml.t2.medium, which cannot be scaled: take another instance type, as ml.m5.large',
  ]);
});
