import { CfnParameter, Duration, TimeZone } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { problemsOf, scaledVariants } from './fixture';
import { CapacityOptions, CapacitySchedule, InferenceEndpointMetrics, InstanceScaling, MlInstanceType } from '../../../src';
import { stackFixture } from '../../helper';

const FACTS = { instanceTypes: [MlInstanceType.M5_LARGE] };
const METRIC = InferenceEndpointMetrics.fromEndpointName('churn').cpuUtilization();
const between = (options: CapacityOptions) => problemsOf(InstanceScaling.between(options), FACTS);

test('everything that is made for a scaling by calls', () => {
  expect(scaledVariants(InstanceScaling.onInvocations({ perInstance: 500, minCapacity: 2, maxCapacity: 20 })).resources()).toEqual({
    BlueScalingTarget42182817: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        ServiceNamespace: 'sagemaker',
        ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
        ResourceId: { 'Fn::Join': ['', ['endpoint/', { 'Fn::GetAtt': ['Endpoint', 'EndpointName'] }, '/variant/Blue']] },
        MinCapacity: 2,
        MaxCapacity: 20,
      },
    },
    BlueScalingInvocationsF67AD74D: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        ScalingTargetId: { Ref: 'BlueScalingTarget42182817' },
        PolicyName: 'Invocations',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
          TargetValue: 500,
          ScaleInCooldown: 300,
          ScaleOutCooldown: 300,
          DisableScaleIn: false,
        },
      },
    },
  });
});

test('by open calls, with cooldowns of its own, or without taking instances away', () => {
  const of = { perModel: 4, maxCapacity: 3 };
  const { policies } = scaledVariants(
    InstanceScaling.onConcurrency({ ...of, scaleInCooldown: Duration.minutes(10), scaleOutCooldown: Duration.seconds(0) }),
    InstanceScaling.onConcurrency({ ...of, disableScaleIn: true }),
  );
  expect(policies()[1].TargetTrackingScalingPolicyConfiguration.DisableScaleIn).toBe(true);
  expect(policies()[0]).toEqual(expect.objectContaining({
    PolicyName: 'Concurrency',
    TargetTrackingScalingPolicyConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution' },
      TargetValue: 4,
      ScaleInCooldown: 600,
      ScaleOutCooldown: 0,
      DisableScaleIn: false,
    },
  }));
  const both = InstanceScaling.onConcurrency({ ...of, scaleInCooldown: Duration.minutes(10), disableScaleIn: true });
  expect(problemsOf(both, { instanceTypes: [] })).toEqual(['scaling.scaleInCooldown must be left out with disableScaleIn: true, since nothing scales in']);
});

test('by a metric of any kind', () => {
  const specification = (metric: Metric | MathExpression) => {
    const { policies } = scaledVariants(InstanceScaling.onMetric({ metric, target: 70, maxCapacity: 3 }));
    return policies()[0].TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification;
  };
  const Namespace = '/aws/sagemaker/Endpoints';
  const Dimensions = [{ Name: 'EndpointName', Value: 'churn' }, { Name: 'VariantName', Value: 'AllTraffic' }];
  expect(specification(METRIC)).toEqual({ Namespace, MetricName: 'CPUUtilization', Dimensions, Statistic: 'Average' });
  expect(specification(METRIC.with({ statistic: 'p90' }))).toEqual({
    Metrics: [{ Id: 'scaled', MetricStat: { Metric: { Namespace, MetricName: 'CPUUtilization', Dimensions }, Stat: 'p90' } }],
  });
  const memory = new Metric({ namespace: 'Own', metricName: 'Memory' });
  const half = new MathExpression({ expression: 'cpu / 2', usingMetrics: { cpu: METRIC } });
  expect(specification(new MathExpression({ expression: 'half + memory + cpu', usingMetrics: { memory, half, cpu: METRIC } }))).toEqual({
    Metrics: [
      { Id: 'scaled', Expression: 'half + memory + cpu', ReturnData: true },
      { Id: 'cpu', MetricStat: { Metric: { Namespace, MetricName: 'CPUUtilization', Dimensions }, Stat: 'Average' }, ReturnData: false },
      { Id: 'half', Expression: 'cpu / 2', ReturnData: false },
      { Id: 'memory', MetricStat: { Metric: { Namespace: 'Own', MetricName: 'Memory' }, Stat: 'Average' }, ReturnData: false },
    ],
  });
});

test('several variants of one endpoint are scaled, each on its own', () => {
  const upTo = (maxCapacity: number) => InstanceScaling.onInvocations({ perInstance: 9, maxCapacity });
  const { resources, made } = scaledVariants(upTo(2), upTo(3));
  expect(Object.keys(resources()).map(id => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'BlueScalingTarget', 'BlueScalingInvocations', 'GreenScalingTarget', 'GreenScalingInvocations',
  ]);
  expect(made.map(m => [m.target.maxCapacity, m.policies.length])).toEqual([[2, 1], [3, 1]]);
});

test('another way to scale leaves the target in its place', () => {
  const targetOf = (scaling: InstanceScaling) => Object.entries(scaledVariants(scaling).resources())[0];
  expect(targetOf(InstanceScaling.onInvocations({ perInstance: 1, maxCapacity: 2 }))).toEqual(targetOf(InstanceScaling.between({ maxCapacity: 2 })));
});

test('the same program gives the same template', () => {
  const made = () => scaledVariants(InstanceScaling.onMetric({ metric: METRIC, target: 1, maxCapacity: 2 })).template().toJSON();
  expect(made()).toEqual(made());
});

test('min and max are all it takes, and nothing is scaled further (generative-ai-cdk-constructs#424)', () => {
  const { target, policies, alarms } = scaledVariants(InstanceScaling.between({ minCapacity: 2, maxCapacity: 4 }));
  expect(target()).toMatchObject({ MinCapacity: 2, MaxCapacity: 4 });
  expect([...policies(), ...alarms()]).toEqual([]);
  expect(between({ minCapacity: 4, maxCapacity: 2 })).toEqual(['scaling.maxCapacity must be at least minCapacity, 4, got 2']);
  expect(between({ minCapacity: 1.5, maxCapacity: 2 })).toEqual(['scaling.minCapacity must be a whole number of at least 1, got 1.5']);
});

test('instances do not go down to none, and what does is named (generative-ai-cdk-constructs#317)', () => {
  const none = ': for none at all use Hosting.asynchronous or Hosting.components';
  const nights = CapacitySchedule.of('nights', { schedule: ScheduleExpression.cron({ hour: '20', minute: '0' }), minCapacity: 0, maxCapacity: 0 });
  expect(between({ minCapacity: 0, maxCapacity: 2, schedules: [nights] })).toEqual([
    `scaling.minCapacity must be a whole number of at least 1, got 0${none}`,
    `scaling.schedules[0] 'nights': minCapacity must be a whole number of at least 1, got 0${none}`,
    `scaling.schedules[0] 'nights': maxCapacity must be a whole number of at least 1, got 0${none}`,
  ]);
  expect(between({ maxCapacity: 0 })).toEqual([
    'scaling.maxCapacity must be a whole number of at least 1, got 0',
    'scaling.maxCapacity must be at least minCapacity, 1, got 0',
  ]);
});

test('the most instances are not fewer than the first ones', () => {
  const initial = { name: 'instanceCount', value: 4 };
  expect(problemsOf(InstanceScaling.between({ maxCapacity: 2 }), { ...FACTS, initial })).toEqual(['scaling.maxCapacity must be at least instanceCount, 4, got 2']);
  expect(problemsOf(InstanceScaling.between({ maxCapacity: 4 }), { ...FACTS, initial })).toEqual([]);
});

test('burstable instances cannot be scaled', () => {
  const types = [MlInstanceType.M5_LARGE, MlInstanceType.T2_MEDIUM];
  expect(problemsOf(InstanceScaling.between({ maxCapacity: 2 }), { instanceTypes: types })).toEqual([
    'scaling must not be given for ml.t2.medium, which cannot be scaled: take another instance type, as ml.m5.large',
  ]);
});

test('targets are greater than 0, cooldowns are whole seconds', () => {
  const onInvocations = InstanceScaling.onInvocations({ perInstance: 0, maxCapacity: 2, scaleInCooldown: Duration.millis(1500) });
  expect(problemsOf(onInvocations, FACTS)).toEqual([
    'scaling.perInstance must be greater than 0, got 0',
    'scaling.scaleInCooldown must be in whole seconds, got 1.5 seconds',
  ]);
  expect(problemsOf(InstanceScaling.onConcurrency({ perModel: -1, maxCapacity: 2 }), FACTS)).toEqual(['scaling.perModel must be greater than 0, got -1']);
  expect(problemsOf(InstanceScaling.onMetric({ metric: METRIC, target: 0, maxCapacity: 2 }), FACTS)).toEqual(['scaling.target must be greater than 0, got 0']);
});

test('metrics of other Regions and accounts, searches too, cannot be followed', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const problems = (metric: Metric | MathExpression) => problemsOf(InstanceScaling.onMetric({ metric, target: 1, maxCapacity: 2 }), FACTS, stack);
  expect(problems(METRIC.with({ region: 'us-east-1', account: '444455556666' }))).toEqual([
    'scaling.metric must be of the Region of the endpoint, got us-east-1',
    'scaling.metric must be of the account of the endpoint, got 444455556666',
  ]);
  expect(problems(new MathExpression({ expression: 'a * 2', usingMetrics: { a: METRIC.with({ region: 'us-east-1' }) } }))).toEqual([
    'scaling.metric must be of the Region of the endpoint, got us-east-1',
  ]);
  expect(problems(METRIC.attachTo(stack))).toEqual([]);
});

test('numbers known at deployment pass', () => {
  const { stack } = stackFixture();
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const scaling = InstanceScaling.onInvocations({
    perInstance: number('Target'),
    minCapacity: number('Min'),
    maxCapacity: number('Max'),
    scaleInCooldown: Duration.seconds(number('In')),
    schedules: [CapacitySchedule.officeHours({ timeZone: TimeZone.EUROPE_BERLIN, opens: '08:00', closes: '18:00', minCapacity: number('Day') })],
  });
  expect(problemsOf(scaling, { ...FACTS, initial: { name: 'instanceCount', value: number('Count') } }, stack)).toEqual([]);
});

test('a variant starts with the least that it scales to', () => {
  expect(InstanceScaling.between({ minCapacity: 3, maxCapacity: 4 })._initialCapacity).toBe(3);
  expect(InstanceScaling.between({ maxCapacity: 4 })._initialCapacity).toBe(1);
});

test('one stable target for each variant, which comes after its endpoint and goes before it (aws-cdk#29626)', () => {
  const { template } = scaledVariants(InstanceScaling.between({ maxCapacity: 2 }));
  const targets = template().findResources('AWS::ApplicationAutoScaling::ScalableTarget');
  expect(Object.keys(targets)).toEqual(['BlueScalingTarget42182817']);
  expect(JSON.stringify(targets.BlueScalingTarget42182817.Properties.ResourceId)).toContain('{"Fn::GetAtt":["Endpoint","EndpointName"]}');
});
