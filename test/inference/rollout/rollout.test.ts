import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Hosting, InferenceEndpoint, InferenceModel, InstanceScaling, MlInstanceType, Rollout, SageMakerImage } from '../../../src';
import { Problems } from '../../../src/core/problems';
import { Fleet, FleetVariant } from '../../../src/inference/hosting/hosting-kind';
import { errorOf, onlyResource, stackFixture, warningsOf } from '../../helper';

const MODEL = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });

const variant = (props: Partial<FleetVariant> = {}): FleetVariant =>
  ({ variantName: 'Blue', instanceTypes: [MlInstanceType.M5_LARGE], instanceCount: 4, scaled: false, ...props });

const fleetOf = (props: Partial<Fleet> = {}): Fleet => ({ serverless: false, variants: [variant()], shadows: [], components: [], ...props });

function problemsOf(rollout: Rollout, fleet = fleetOf(), scope = new Stack()): string[] {
  const problems = new Problems();
  rollout._check(problems, fleet, scope);
  try {
    problems.throwIfAny(scope);
    return [];
  } catch (e) {
    return (e as Error).message.split('\n').slice(1).map(line => line.slice(4));
  }
}

function warned(rollout: Rollout, fleet = fleetOf()): string[] {
  const { app, stack } = stackFixture();
  expect(problemsOf(rollout, fleet, stack)).toEqual([]);
  app.synth();
  return warningsOf(stack).map(w => /cdk-ml-patterns:(\w+)/.exec(w)?.[1] ?? w);
}

/** The deployment configuration of an endpoint with four instances, but for its alarms. */
function policyOf(rollout: Rollout): any {
  const { stack, template } = stackFixture();
  new InferenceEndpoint(stack, 'Endpoint', { rollout, hosting: Hosting.realTime({ model: MODEL, instanceCount: 4 }) });
  const { AutoRollbackConfiguration, ...policy } = onlyResource(template(), 'AWS::SageMaker::Endpoint').Properties.DeploymentConfig;
  expect(AutoRollbackConfiguration.Alarms).toHaveLength(1);
  return policy;
}

test('all at once bakes as long as it is told', () => {
  expect(policyOf(Rollout.allAtOnce({ bake: Duration.minutes(20), maximumExecutionTime: Duration.hours(1) }))).toEqual({
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 1200 },
      TerminationWaitInSeconds: 1200,
      MaximumExecutionTimeoutInSeconds: 3600,
    },
  });
});

test('deployment guardrails: a canary by share (aws-cdk#23152)', () => {
  const waits = { bake: Duration.minutes(10), terminationWait: Duration.minutes(2), maximumExecutionTime: Duration.hours(8) };
  const rollout = Rollout.canary({ percent: 30, ...waits });
  expect(policyOf(rollout)).toEqual({
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: { Type: 'CANARY', CanarySize: { Type: 'CAPACITY_PERCENT', Value: 30 }, WaitIntervalInSeconds: 600 },
      TerminationWaitInSeconds: 120,
      MaximumExecutionTimeoutInSeconds: 28_800,
    },
  });
});

test('deployment guardrails: a canary by instances (aws-cdk#23152)', () => {
  expect(policyOf(Rollout.canary({ instances: 2 })).BlueGreenUpdatePolicy.TrafficRoutingConfiguration.CanarySize).toEqual({ Type: 'INSTANCE_COUNT', Value: 2 });
});

test('deployment guardrails: linear by share and by instances (aws-cdk#23152)', () => {
  expect(policyOf(Rollout.linear({ stepPercent: 50, interval: Duration.minutes(4), terminationWait: Duration.hours(1) }))).toEqual({
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: { Type: 'LINEAR', LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 50 }, WaitIntervalInSeconds: 240 },
      TerminationWaitInSeconds: 3600,
    },
  });
  expect(policyOf(Rollout.linear({ instances: 1 })).BlueGreenUpdatePolicy.TrafficRoutingConfiguration.LinearStepSize).toEqual({ Type: 'INSTANCE_COUNT', Value: 1 });
});

test('deployment guardrails: rolling, there and back (aws-cdk#23152)', () => {
  const rollout = Rollout.rolling({ batchPercent: 5, interval: Duration.minutes(10), rollbackPercent: 100, maximumExecutionTime: Duration.hours(4) });
  expect(policyOf(rollout)).toEqual({
    RollingUpdatePolicy: {
      MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 5 },
      WaitIntervalInSeconds: 600,
      MaximumExecutionTimeoutInSeconds: 14_400,
      RollbackMaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 100 },
    },
  });
  expect(policyOf(Rollout.rolling({ instances: 2, rollbackInstances: 1 })).RollingUpdatePolicy).toEqual({
    MaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 2 },
    WaitIntervalInSeconds: 300,
    RollbackMaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 1 },
  });
});

test('with nothing said: 10 % as a canary, steps of 20 %, batches of 25 %, each watched for five minutes', () => {
  expect(policyOf(Rollout.canary()).BlueGreenUpdatePolicy).toEqual({
    TrafficRoutingConfiguration: { Type: 'CANARY', CanarySize: { Type: 'CAPACITY_PERCENT', Value: 10 }, WaitIntervalInSeconds: 300 },
    TerminationWaitInSeconds: 300,
  });
  expect(policyOf(Rollout.linear()).BlueGreenUpdatePolicy.TrafficRoutingConfiguration).toEqual({
    Type: 'LINEAR', LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 20 }, WaitIntervalInSeconds: 300,
  });
  expect(policyOf(Rollout.rolling()).RollingUpdatePolicy).toEqual({ MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 25 }, WaitIntervalInSeconds: 300 });
});

const hour = Duration.hours(1);
test.each<[string, Rollout, Partial<Fleet>, string]>([
  ['a canary of more than half', Rollout.canary({ percent: 51 }), {}, 'rollout.percent must be a whole number between 1 and 50, got 51'],
  ['a canary of nothing', Rollout.canary({ percent: 0 }), {}, 'rollout.percent must be a whole number between 1 and 50, got 0'],
  ['a canary of two sizes', Rollout.canary({ percent: 10, instances: 1 }), {}, 'rollout.percent and rollout.instances exclude each other'],
  ['a canary of more than half of the instances', Rollout.canary({ instances: 3 }), {}, 'rollout.instances must be 1 to 50 % of the instances of variant Blue, of which there are 4, got 3'],
  ['a canary of the only instance', Rollout.canary({ instances: 1 }), { variants: [variant({ instanceCount: 1 })] }, 'rollout.instances must be 1 to 50 % of the instances of variant Blue, of which there are 1, got 1'],
  ['half an instance', Rollout.canary({ instances: 0.5 }), {}, 'rollout.instances must be a whole number of at least 1, got 0.5'],
  ['small steps', Rollout.linear({ stepPercent: 9 }), {}, 'rollout.stepPercent must be a whole number between 10 and 50, got 9'],
  ['small steps in instances', Rollout.linear({ instances: 1, interval: Duration.minutes(3) }), { variants: [variant({ instanceCount: 20 })] }, 'rollout.instances must be 10 to 50 % of the instances of variant Blue, of which there are 20, got 1'],
  ['small batches', Rollout.rolling({ batchPercent: 4 }), {}, 'rollout.batchPercent must be a whole number between 5 and 50, got 4'],
  ['too many on the way back', Rollout.rolling({ rollbackPercent: 101 }), {}, 'rollout.rollbackPercent must be a whole number between 1 and 100, got 101'],
  ['more on the way back than there are', Rollout.rolling({ rollbackInstances: 5 }), {}, 'rollout.rollbackInstances must be 1 to 100 % of the instances of variant Blue, of which there are 4, got 5'],
  ['a bake of two hours', Rollout.canary({ bake: Duration.hours(2) }), {}, 'rollout.bake (seconds) must be a whole number between 0 and 3600, got 7200'],
  ['a termination wait of two hours', Rollout.linear({ terminationWait: Duration.hours(2) }), {}, 'rollout.terminationWait (seconds) must be a whole number between 0 and 3600, got 7200'],
  ['an interval of two hours', Rollout.rolling({ batchPercent: 50, interval: Duration.hours(2) }), { variants: [variant({ scaled: true })] }, 'rollout.interval (seconds) must be a whole number between 0 and 3600, got 7200'],
  ['a part of a second', Rollout.allAtOnce({ bake: Duration.millis(200_500) }), {}, 'rollout.bake (seconds) must be a whole number between 0 and 3600, got 200.5'],
  ['an update of five minutes', Rollout.rolling({ maximumExecutionTime: Duration.minutes(5), interval: Duration.seconds(60) }), {}, 'rollout.maximumExecutionTime (seconds) must be a whole number between 600 and 28800, got 300'],
  ['waits that are all the time', Rollout.canary({ bake: hour, terminationWait: hour, maximumExecutionTime: Duration.hours(2) }), {}, 'the waits of rollout together must be shorter than rollout.maximumExecutionTime, 7200 seconds, got 7200 seconds'],
  ['steps that are all the time', Rollout.linear({ stepPercent: 20, maximumExecutionTime: Duration.minutes(30) }), {}, 'the waits of rollout together must be shorter than rollout.maximumExecutionTime, 1800 seconds, got 1800 seconds'],
  ['steps of instances that are all the time', Rollout.rolling({ instances: 1, maximumExecutionTime: Duration.minutes(20) }), {}, 'the waits of rollout together must be shorter than rollout.maximumExecutionTime, 1200 seconds, got 1200 seconds'],
  ['more waits than an update may have', Rollout.linear({ stepPercent: 10, interval: hour }), {}, 'the waits of rollout together must be shorter than what SageMaker allows for an update, 28800 seconds, got 36300 seconds'],
  ['rolling without instances', Rollout.rolling(), { serverless: true, variants: [variant({ instanceCount: undefined })] }, 'a serverless endpoint has no instances to replace one by one: take Rollout.allAtOnce instead of Rollout.rolling'],
  ['rolling several variants', Rollout.rolling(), { variants: [variant(), variant({ variantName: 'Green' })] }, 'an endpoint with 2 variants cannot roll: take Rollout.canary or Rollout.linear instead of Rollout.rolling'],
  ['a share of failures above all', Rollout.allAtOnce({ errorPercent: 101 }), {}, 'rollout.errorPercent must be between 0 and 100, got 101'],
  ['minutes without a call', Rollout.allAtOnce({ minimumCalls: 0 }), {}, 'rollout.minimumCalls must be a whole number of at least 1, got 0'],
  ['settings of alarms that are not made', Rollout.allAtOnce({ standardAlarms: false, errorPercent: 1, modelLatency: Duration.seconds(1) }), {}, 'rollout.errorPercent, modelLatency must be left out with standardAlarms: false, since only the standard alarms go by it'],
  ['no time at all', Rollout.allAtOnce({ modelLatency: Duration.seconds(0) }), {}, 'rollout.modelLatency must be longer than 0 seconds'],
])('%s is an error', (_, rollout, fleet, problem) => {
  expect(problemsOf(rollout, fleetOf(fleet))).toEqual([problem]);
});

test.each<[string, Rollout, Partial<Fleet>]>([
  ['a canary of half', Rollout.canary({ percent: 50 }), {}],
  ['a canary of half of the instances', Rollout.canary({ instances: 2 }), {}],
  ['instances of a variant that is scaled', Rollout.canary({ instances: 3 }), { variants: [variant({ scaled: true })] }],
  ['steps of ten percent', Rollout.linear({ stepPercent: 10, interval: Duration.minutes(45) }), {}],
  ['steps of one of ten', Rollout.linear({ instances: 1 }), { variants: [variant({ instanceCount: 10 })] }],
  ['ten variants', Rollout.allAtOnce(), { variants: Array.from({ length: 10 }, (_, i) => variant({ variantName: `V${i}` })) }],
  ['a second more than all waits', Rollout.canary({ bake: hour, terminationWait: hour, maximumExecutionTime: Duration.seconds(7201) }), {}],
])('%s is fine', (_, rollout, fleet) => {
  expect(warned(rollout, fleetOf(fleet))).toEqual([]);
});

test('more alarms of the program than there is room for are an error; standard ones give way to them', () => {
  const stack = new Stack();
  const alarms = Array.from({ length: 11 }, (_, i) => Alarm.fromAlarmName(stack, `A${i}`, `a${i}`));
  expect(problemsOf(Rollout.allAtOnce({ alarms }), fleetOf(), stack)).toEqual(['rollout.alarms must hold at most 10 alarms, got 11']);
  expect(problemsOf(Rollout.allAtOnce({ alarms: alarms.slice(1) }), fleetOf(), stack)).toEqual([]);
});

test('an alarm of another account or Region is an error', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const alarms = ['arn:aws:cloudwatch:us-east-1:111122223333:alarm:a', 'arn:aws:cloudwatch:eu-west-1:999999999999:alarm:b', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:c']
    .map((arn, i) => Alarm.fromAlarmArn(stack, `A${i}`, arn));
  expect(problemsOf(Rollout.allAtOnce({ alarms }), fleetOf(), stack)).toEqual([
    'rollout.alarms[0] must be in the account and Region of the endpoint, 111122223333 and eu-west-1, got 111122223333 and us-east-1',
    'rollout.alarms[1] must be in the account and Region of the endpoint, 111122223333 and eu-west-1, got 999999999999 and eu-west-1',
  ]);
});

test('problems of the rollout stand beside those of the endpoint', () => {
  const { stack } = stackFixture();
  const hosting = Hosting.realTime({ model: MODEL, instanceCount: 0 });
  expect(errorOf(() => new InferenceEndpoint(stack, 'Endpoint', { hosting, rollout: Rollout.canary({ percent: 60 }) }))).toBe([
    "InferenceEndpoint at 'Stack/Endpoint' has 2 problems:",
    '  - instanceCount must be a whole number between 1 and 10000, got 0',
    '  - rollout.percent must be a whole number between 1 and 50, got 60',
  ].join('\n'));
});

const inf1 = [variant({ instanceTypes: [MlInstanceType.M5_LARGE, MlInstanceType.of('ml.inf1.xlarge')] })];
test.each<[string, Rollout, Partial<Fleet>, string]>([
  ['Inf1, whatever is said', Rollout.allAtOnce(), { variants: inf1 }, 'rolloutFallsBack'],
  ['deployment guardrails of a Marketplace model (aws-cdk#23158)', Rollout.allAtOnce(), { variants: [variant({ marketplace: true })] }, 'rolloutFallsBack'],
  ['steps of a serverless endpoint', Rollout.canary(), { serverless: true, variants: [variant({ instanceTypes: [], instanceCount: undefined })] }, 'rolloutFallsBack'],
  ['a canary of one instance', Rollout.canary(), { variants: [variant({ instanceCount: 1 })] }, 'oneInstanceRollout'],
  ['rolling one instance', Rollout.rolling(), { variants: [variant({ instanceCount: 1 })] }, 'oneInstanceRollout'],
  ['a canary of a scaled variant that starts with one instance', Rollout.canary(), { variants: [variant({ instanceCount: 1, scaled: true })] }, 'oneInstanceRollout'],
  ['steps of inference components', Rollout.linear(), { components: ['llama'] }, 'componentsRollout'],
  ['a canary that the alarms cannot see', Rollout.canary({ percent: 5 }), {}, 'canaryUnseen'],
  ['a canary of instances that the alarms cannot see', Rollout.canary({ instances: 1 }), { variants: [variant({ instanceCount: 40 })] }, 'canaryUnseen'],
  ['a short bake', Rollout.allAtOnce({ bake: Duration.seconds(179) }), {}, 'shortBake'],
  ['short intervals', Rollout.linear({ interval: Duration.minutes(2) }), {}, 'shortBake'],
])('%s is warned of', (_, rollout, fleet, id) => {
  expect(warned(rollout, fleetOf(fleet))).toEqual([id]);
});

test.each<[string, Rollout, Partial<Fleet>]>([
  ['Inf2', Rollout.allAtOnce(), { variants: [variant({ instanceTypes: [MlInstanceType.INF2_XLARGE] })] }],
  ['a serverless endpoint with nothing said', Rollout.allAtOnce(), { serverless: true, variants: [variant({ instanceTypes: [], instanceCount: undefined })] }],
  ['one instance all at once', Rollout.allAtOnce(), { variants: [variant({ instanceCount: 1 })] }],
  ['a canary of a scaled variant that starts with two', Rollout.canary(), { variants: [variant({ instanceCount: 2, scaled: true })] }],
  ['a small canary with alarms of its own', Rollout.canary({ percent: 5, standardAlarms: false }), {}],
  ['a small canary and sharper alarms', Rollout.canary({ percent: 5, errorPercent: 4.9 }), {}],
  ['three minutes', Rollout.allAtOnce({ bake: Duration.minutes(3) }), {}],
])('%s is not warned of', (_, rollout, fleet) => {
  expect(warned(rollout, fleetOf(fleet))).toEqual([]);
});

test('a scaled variant is told of its least, as an unscaled one of its number', () => {
  const told = (hosting: Hosting) => {
    const { stack, template } = stackFixture();
    new InferenceEndpoint(stack, 'Endpoint', { hosting, rollout: Rollout.canary() });
    template();
    return warningsOf(stack).filter(text => text.includes('oneInstanceRollout')).map(text => /give it [^[]*/.exec(text)![0].trim());
  };
  const scaled = (minCapacity: number) => Hosting.realTime({ model: MODEL, scaling: InstanceScaling.between({ minCapacity, maxCapacity: 4 }) });
  expect(told(Hosting.realTime({ model: MODEL }))).toEqual(['give it two or more.']);
  expect(told(scaled(1))).toEqual(['give it two or more, where it is scaled as its least.']);
  expect(told(scaled(2))).toEqual([]);
});

test('values known at deployment pass', () => {
  const { stack, template } = stackFixture();
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const seconds = Duration.seconds(number('Seconds'));
  const rollout = Rollout.canary({ percent: number('Percent'), bake: seconds, terminationWait: seconds, maximumExecutionTime: seconds });
  new InferenceEndpoint(stack, 'Endpoint', { rollout, hosting: Hosting.realTime({ model: MODEL, instanceCount: number('Count') }) });
  expect(onlyResource(template(), 'AWS::SageMaker::Endpoint').Properties.DeploymentConfig.BlueGreenUpdatePolicy).toEqual({
    TrafficRoutingConfiguration: { Type: 'CANARY', CanarySize: { Type: 'CAPACITY_PERCENT', Value: { Ref: 'Percent' } }, WaitIntervalInSeconds: { Ref: 'Seconds' } },
    TerminationWaitInSeconds: { Ref: 'Seconds' },
    MaximumExecutionTimeoutInSeconds: { Ref: 'Seconds' },
  });
  expect(problemsOf(Rollout.canary({ instances: number('Instances') }))).toEqual([]);
  expect(problemsOf(Rollout.linear({ stepPercent: number('Step'), maximumExecutionTime: Duration.minutes(10) }))).toEqual([]);
});

test('what alarms are calculated from must be known', () => {
  const stack = new Stack();
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const rollout = Rollout.allAtOnce({ errorPercent: number, minimumCalls: number, modelLatency: Duration.seconds(number) });
  expect(problemsOf(rollout)).toEqual(['rollout.errorPercent, rollout.minimumCalls, rollout.modelLatency must be known at synth, since alarms are calculated from it']);
});

test('every production variant has its own alarm, a shadow has none', () => {
  const { stack } = stackFixture();
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model: MODEL, shadow: { model: MODEL } }) });
  const other = new InferenceEndpoint(stack, 'Other', {
    hosting: Hosting.realTime({ variants: [{ variantName: 'Blue', model: MODEL }, { variantName: 'Green', model: MODEL }] }),
    rollout: Rollout.allAtOnce({ modelLatency: Duration.seconds(1) }),
  });
  const alarms = (e: InferenceEndpoint) => e.node.children.filter(c => c instanceof CfnAlarm).map(c => c.node.id);
  expect(alarms(endpoint)).toEqual(['AllTrafficErrors']);
  expect(alarms(other)).toEqual(['BlueErrors', 'BlueLatency', 'GreenErrors', 'GreenLatency']);
});
