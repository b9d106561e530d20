import { problemsOf, scaledComponent } from './fixture';
import { CopyScaling } from '../../../src';

test('an inference component scales to zero and wakes up with the first failed call (terraform-provider-aws#40606)', () => {
  const { resources } = scaledComponent(CopyScaling.onConcurrency({ perCopy: 5, minCapacity: 0, maxCapacity: 4 }));
  const Ref = expect.stringMatching(/^LlamaScalingTarget[0-9A-F]{8}$/);
  expect(Object.values(resources())).toEqual([{
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    DependsOn: ['Component'],
    Properties: {
      ServiceNamespace: 'sagemaker',
      ScalableDimension: 'sagemaker:inference-component:DesiredCopyCount',
      ResourceId: 'inference-component/llama',
      MinCapacity: 0,
      MaxCapacity: 4,
    },
  }, {
    Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    Properties: {
      ScalingTargetId: { Ref },
      PolicyName: 'Concurrency',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution' },
        TargetValue: 5,
        ScaleInCooldown: 300,
        ScaleOutCooldown: 300,
        DisableScaleIn: false,
      },
    },
  }, {
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
  }, {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: 'Requests to inference component llama fail, since nothing runs: the first is started',
      Namespace: 'AWS/SageMaker',
      MetricName: 'NoCapacityInvocationFailures',
      Dimensions: [{ Name: 'InferenceComponentName', Value: 'llama' }],
      Statistic: 'Sum',
      Period: 60,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ 'Fn::GetAtt': [expect.stringMatching(/^LlamaScalingWakeUp[0-9A-F]{8}$/), 'Arn'] }],
    },
  }]);
});

test('by calls, and with a copy at all times unless told otherwise', () => {
  const { target, policies, alarms } = scaledComponent(CopyScaling.onInvocations({ perCopy: 60, maxCapacity: 2 }));
  expect(target().MinCapacity).toBe(1);
  expect(policies().map(p => [p.PolicyName, p.TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType])).toEqual([
    ['Invocations', 'SageMakerInferenceComponentInvocationsPerCopy'],
  ]);
  expect(alarms()).toEqual([]);
});

test('a component is made with a copy even where there may be none (stdapi.ai#43)', () => {
  const toZero = CopyScaling.between({ minCapacity: 0, maxCapacity: 2 });
  expect([toZero._initialCapacity, toZero._reachesZero]).toEqual([1, true]);
  const never = CopyScaling.between({ minCapacity: 2, maxCapacity: 2 });
  expect([never._initialCapacity, never._reachesZero]).toEqual([2, false]);
});

test('what makes no sense is said', () => {
  const initial = { name: 'copies', value: 3 };
  expect(problemsOf(CopyScaling.onInvocations({ perCopy: 0, minCapacity: -1, maxCapacity: 2 }), { initial })).toEqual([
    'scaling.minCapacity must be a whole number of at least 0, got -1',
    'scaling.maxCapacity must be at least copies, 3, got 2',
    'scaling.perCopy must be greater than 0, got 0',
  ]);
});
