import { CfnParameter, Duration } from 'aws-cdk-lib';
import { AdjustmentType } from 'aws-cdk-lib/aws-applicationautoscaling';
import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { problemsOf, scaledVariants } from './fixture';
import { CapacitySteps, CapacityStepsOptions, InferenceEndpointMetrics, InstanceScaling, MlInstanceType } from '../../../src';
import { stackFixture, warning, warningsOf } from '../../helper';

const LATENCY = InferenceEndpointMetrics.fromEndpointName('churn').modelLatency();
const STEPS = [{ threshold: 2000, change: 3 }, { threshold: 500, change: 1 }];

const scaling = (...steps: CapacitySteps[]) => InstanceScaling.between({ maxCapacity: 9, steps });
const bound = (...steps: CapacitySteps[]) => scaledVariants(scaling(...steps));
const problems = (...steps: CapacitySteps[]) => problemsOf(scaling(...steps), { instanceTypes: [MlInstanceType.M5_LARGE] });

test('capacity is added step by step, the more the metric exceeds', () => {
  const { policies, alarms } = bound(CapacitySteps.above('Slow', { metric: LATENCY, steps: STEPS }));
  expect(policies()).toEqual([{
    ScalingTargetId: { Ref: expect.stringMatching(/^BlueScalingTarget/) },
    PolicyName: 'Steps-Slow',
    PolicyType: 'StepScaling',
    StepScalingPolicyConfiguration: {
      AdjustmentType: 'ChangeInCapacity',
      Cooldown: 300,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 1500, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 1500, ScalingAdjustment: 3 },
      ],
    },
  }]);
  expect(alarms()).toEqual([expect.objectContaining({
    MetricName: 'ModelLatency',
    ExtendedStatistic: 'p90',
    Threshold: 500,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ 'Fn::GetAtt': [expect.stringMatching(/^BlueScalingStepsSlow[0-9A-F]{8}$/), 'Arn'] }],
  })]);
});

test('capacity is taken away, the lower the metric is', () => {
  const idle = CapacitySteps.below('Idle', {
    metric: new MathExpression({ expression: 'FILL(m, 0)', usingMetrics: { m: LATENCY } }),
    steps: [{ threshold: 10, change: -50 }, { threshold: 100, change: -10 }],
    adjustmentType: AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
    minAdjustmentMagnitude: 2,
    cooldown: Duration.minutes(1),
    evaluationPeriods: 3,
    treatMissingData: TreatMissingData.BREACHING,
  });
  const { policies, alarms } = bound(idle);
  expect(policies()[0].StepScalingPolicyConfiguration).toEqual({
    AdjustmentType: 'PercentChangeInCapacity',
    MinAdjustmentMagnitude: 2,
    Cooldown: 60,
    StepAdjustments: [
      { MetricIntervalLowerBound: -90, MetricIntervalUpperBound: 0, ScalingAdjustment: -10 },
      { MetricIntervalUpperBound: -90, ScalingAdjustment: -50 },
    ],
  });
  expect(alarms()).toEqual([expect.objectContaining({
    Threshold: 100,
    ComparisonOperator: 'LessThanOrEqualToThreshold',
    EvaluationPeriods: 3,
    TreatMissingData: 'breaching',
    Metrics: expect.arrayContaining([expect.objectContaining({ Expression: 'FILL(m, 0)' })]),
  })]);
  expect(problems(idle)).toEqual([]);
});

test.each<[Partial<CapacityStepsOptions>, string]>([
  [{ steps: [] }, "scaling.steps[0] 'Slow' must have at least one step"],
  [{ steps: [STEPS[0], STEPS[0]] }, "scaling.steps[0] 'Slow': thresholds must be unique, used twice: 2000"],
  [{ steps: [{ threshold: 1, change: 0 }] }, "scaling.steps[0] 'Slow': change must be a whole number other than 0, got 0"],
  [{ steps: [{ threshold: 1, change: 1.5 }] }, "scaling.steps[0] 'Slow': change must be a whole number other than 0, got 1.5"],
  [{ steps: [{ threshold: 1, change: -1 }], adjustmentType: AdjustmentType.EXACT_CAPACITY }, "scaling.steps[0] 'Slow': change must be a whole number of at least 0, got -1"],
  [{ minAdjustmentMagnitude: 2 }, "scaling.steps[0] 'Slow': minAdjustmentMagnitude is for changes in percent: set adjustmentType, or leave it out"],
  [{ evaluationPeriods: 0 }, "scaling.steps[0] 'Slow': evaluationPeriods must be a whole number of at least 1, got 0"],
  [{ cooldown: Duration.millis(10) }, "scaling.steps[0] 'Slow': cooldown must be in whole seconds, got 0.01 seconds"],
  [{ metric: LATENCY.with({ region: 'us-east-1' }) }, "scaling.steps[0] 'Slow': metric must be of the Region of the endpoint, got us-east-1"],
])('steps with %#', (options, problem) => {
  expect(problems(CapacitySteps.above('Slow', { metric: LATENCY, steps: STEPS, ...options }))).toEqual([problem]);
});

test('thresholds are known at synth, changes need not be', () => {
  const unknown = new CfnParameter(stackFixture().stack, 'N', { type: 'Number' }).valueAsNumber;
  const steps = (step: Partial<{ threshold: number; change: number }>) => CapacitySteps.above('Slow', { metric: LATENCY, steps: [{ threshold: 1, change: 1, ...step }] });
  expect(problems(steps({ change: unknown }))).toEqual([]);
  expect(problems(steps({ threshold: unknown }))).toEqual(["scaling.steps[0] 'Slow': thresholds must be known at synth"]);
});

test('no scaling has more policies than AWS allows: 50, with that of the metric', () => {
  const many = Array.from({ length: 50 }, (_, i) => CapacitySteps.above(`S${i}`, { metric: LATENCY, steps: STEPS }));
  const tracking = InstanceScaling.onInvocations({ perInstance: 9, maxCapacity: 9, steps: many });
  expect(problems(...many)).toEqual([]);
  expect(problemsOf(tracking, { instanceTypes: [MlInstanceType.M5_LARGE] })).toEqual(['scaling.steps must hold 0 to 49 entries, got 50']);
});

test('more steps than the usual quota are a warning, since AWS may have raised it', () => {
  const steps = (length: number) => Array.from({ length }, (_, i) => ({ threshold: i, change: 1 }));
  const warned = (length: number) => warningsOf(bound(CapacitySteps.above('Slow', { metric: LATENCY, steps: steps(length) })).stack);
  expect(warned(20)).toEqual([]);
  expect(warned(21)).toEqual([warning('manyScalingSteps', "The steps 'Slow' are 21, and the quota of an account is 20 unless AWS has raised it.")]);
});

test('an expression is as long as CloudWatch takes it', () => {
  const expression = (length: number) => new MathExpression({ expression: 'm + '.padEnd(length - 1, ' ') + 'm', usingMetrics: { m: LATENCY } });
  const math = (length: number) => CapacitySteps.above('Slow', { metric: expression(length), steps: STEPS });
  expect(problems(math(2048))).toEqual([]);
  expect(problems(math(2049))).toEqual([expect.stringMatching(/^scaling\.steps\[0\] 'Slow': metric: expression must be 1 to 2048 characters, got/)]);
});

test('names differ, and are names', () => {
  const named = (name: string) => CapacitySteps.above(name, { metric: LATENCY, steps: STEPS });
  expect(problems(named('Slow'), named('Slow'))).toEqual(['names of scaling.steps must be unique, used twice: Slow']);
  expect(problems(named('too slow'))).toEqual(["the name of scaling.steps[0] must be 1 to 100 letters, digits and dashes, got 'too slow'"]);
});
