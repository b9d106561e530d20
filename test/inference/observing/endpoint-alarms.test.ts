import { CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AlarmRule, CfnAlarm, CompositeAlarm, IAlarm, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { ArtifactPrefix, EndpointAlarms, EndpointAlarmsOptions, Hosting, InferenceEndpointProps, MlInstanceType, StandardAlarm } from '../../../src';
import { dependencyCycle, errorOf, expectCompliant, openFindings, recordsOf, warning as warningText, warningsOf } from '../../helper';
import { hosted, MODEL } from '../hosted';

const INSTANCES = Hosting.realTime({ model: MODEL });
const SERVERLESS = Hosting.serverless({ model: MODEL });
const COMPONENTS = Hosting.components({ components: [{ componentName: 'llama', model: MODEL, memorySize: Size.gibibytes(1) }] });
const ASYNCHRONOUS: Parameters<typeof hosted>[0] = a =>
  Hosting.asynchronous({ model: MODEL, input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT) });

/** An endpoint with alarms; `alarms` are the properties of those by their names. */
function watched(hosting: Parameters<typeof hosted>[0], options: EndpointAlarmsOptions = {}, props: Partial<InferenceEndpointProps> = {}) {
  const fixture = hosted(hosting, { endpointName: 'churn', ...props });
  const made = fixture.endpoint.addAlarms(options);
  const alarms = (): Record<string, any> => {
    const all = fixture.template().findResources('AWS::CloudWatch::Alarm');
    return Object.fromEntries(made.alarms.map(a => [a.node.id, all[fixture.stack.getLogicalId(a.node.defaultChild as CfnAlarm)].Properties]));
  };
  return { ...fixture, made, alarms };
}

const OF_VARIANT = [{ Name: 'EndpointName', Value: 'churn' }, { Name: 'VariantName', Value: 'AllTraffic' }];
const OF_ENDPOINT = [{ Name: 'EndpointName', Value: 'churn' }];

test.each<[string, Parameters<typeof hosted>[0], string[]]>([
  ['real-time', INSTANCES, ['AllTrafficServerErrors', 'AllTrafficClientErrors', 'AllTrafficLatency', 'AllTrafficCpu', 'AllTrafficMemory', 'AllTrafficDisk']],
  ['serverless', SERVERLESS, ['AllTrafficServerErrors', 'AllTrafficClientErrors', 'AllTrafficLatency', 'AllTrafficMemory', 'AllTrafficSetupTime', 'AllTrafficConcurrency']],
  ['asynchronous', ASYNCHRONOUS, [
    'AllTrafficServerErrors', 'AllTrafficClientErrors', 'AllTrafficFailures', 'AllTrafficCpu', 'AllTrafficMemory', 'AllTrafficDisk', 'NoCapacity', 'Backlog', 'WaitingTime',
  ]],
  ['components', COMPONENTS, ['AllTrafficCpu', 'AllTrafficMemory', 'AllTrafficDisk', 'llamaServerErrors', 'llamaClientErrors', 'llamaLatency', 'llamaNoCapacity']],
])('an endpoint of the kind %s has its standard set, and all is clean', (_, hosting, names) => {
  const { made, template } = watched(hosting);
  expect(made.alarms.map(a => a.node.id)).toEqual(names);
  template();
  expect(recordsOf(made).flatMap(r => r.packs).length).toBe(2);
  expect(openFindings(made)).toEqual([]);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('no alarm waits for the endpoint', () => {
  const { template } = watched(INSTANCES);
  const alarms = Object.values(template().findResources('AWS::CloudWatch::Alarm'));
  alarms.forEach(a => expect(JSON.stringify(a)).not.toMatch(/EndpointRealTime|DependsOn/));
});

test('errors are a share of the calls, and a few of them wake nobody', () => {
  const { AllTrafficServerErrors: server, AllTrafficClientErrors: client } = watched(INSTANCES).alarms();
  const errors = (metricName: string, id: string, stat: string) =>
    ({ Id: id, MetricStat: { Metric: { MetricName: metricName, Namespace: 'AWS/SageMaker', Dimensions: OF_VARIANT }, Period: 300, Stat: stat }, ReturnData: false });
  const rate = (status: string) => ({ Expression: 'IF(failed >= 3, 100 * share, 0)', Id: 'expr_1', Label: `Calls that fail with ${status}, in percent`, ReturnData: true });
  const window = { ComparisonOperator: 'GreaterThanThreshold', DatapointsToAlarm: 2, EvaluationPeriods: 3, TreatMissingData: 'notBreaching' };
  expect(server).toEqual({
    ...window,
    AlarmDescription: 'More than 1 % of the calls of endpoint churn, variant AllTraffic, end with a status of 500 to 599',
    Threshold: 1,
    Metrics: [rate('500 to 599'), errors('Invocation5XXErrors', 'failed', 'Sum'), errors('Invocation5XXErrors', 'share', 'Average')],
  });
  expect(client).toEqual({
    ...window,
    AlarmDescription: 'More than 20 % of the calls of endpoint churn, variant AllTraffic, end with a status of 400 to 499',
    Threshold: 20,
    Metrics: [rate('400 to 499'), errors('Invocation4XXErrors', 'failed', 'Sum'), errors('Invocation4XXErrors', 'share', 'Average')],
  });
});

test('latency is counted in microseconds, and in 1 of 100 calls', () => {
  expect(watched(INSTANCES).alarms().AllTrafficLatency).toEqual({
    AlarmDescription: '1 % of the calls of endpoint churn, variant AllTraffic, take the container more than 10000 ms',
    Namespace: 'AWS/SageMaker',
    MetricName: 'ModelLatency',
    Dimensions: OF_VARIANT,
    ExtendedStatistic: 'p99',
    Unit: 'Microseconds',
    Period: 60,
    Threshold: 10_000_000,
    ComparisonOperator: 'GreaterThanThreshold',
    DatapointsToAlarm: 3,
    EvaluationPeriods: 5,
    EvaluateLowSampleCountPercentile: 'ignore',
    TreatMissingData: 'notBreaching',
  });
});

test('each vCPU counts 100 %', () => {
  const cpu = (type: MlInstanceType, options?: EndpointAlarmsOptions) =>
    watched(Hosting.realTime({ model: MODEL, instanceType: type }), options).alarms().AllTrafficCpu;
  expect(cpu(MlInstanceType.M5_LARGE)).toMatchObject({ Namespace: '/aws/sagemaker/Endpoints', MetricName: 'CPUUtilization', Statistic: 'Average', Period: 300, EvaluationPeriods: 3, Threshold: 160 });
  expect(cpu(MlInstanceType.M5_2XLARGE, { cpuPercent: 50 }).Threshold).toBe(400);
  expect(cpu(MlInstanceType.of('ml.m7g.medium'), { vcpuCount: 1 }).Threshold).toBe(80);
});

const optionNote = (stack: Stack) => Annotations.fromStack(stack).findInfo('*', Match.anyValue()).map(i => String(i.entry.data)).filter(t => t.includes('no alarm that goes by'));

test.each<[string, Parameters<typeof hosted>[0], EndpointAlarmsOptions, string | undefined]>([
  ['a queue that there is not', INSTANCES, { backlogSize: 5, waitingTime: Duration.minutes(1), cpuPercent: 50 }, 'backlogSize, waitingTime'],
  ['a queue that there is', ASYNCHRONOUS, { backlogSize: 5, waitingTime: Duration.minutes(1) }, undefined],
  ['alarms that are left out', INSTANCES, { diskPercent: 5, leaveOut: [StandardAlarm.DISK] }, 'diskPercent'],
  ['vCPUs of components', COMPONENTS, { vcpuCount: 2, cpuPercent: 50 }, 'vcpuCount'],
  ['nothing in particular', SERVERLESS, {}, undefined],
])('an info names options that do nothing: %s', (_, hosting, options, names) => {
  const { stack, template } = watched(hosting, options);
  template();
  const said = `This endpoint has no alarm that goes by ${names}. [ack: cdk-ml-patterns:optionWithoutEffect]`;
  expect(optionNote(stack)).toEqual(names === undefined ? [] : [said]);
});

test('nobody can be told of the recovery without topic and actions', () => {
  expect(errorOf(() => watched(INSTANCES, { notifyRecovery: true }))).toContain('has 1 problem:\n  - notifyRecovery needs topic or actions');
});

test('where the instance type does not tell the vCPUs there is no alarm, and a warning unless it was left out', () => {
  const made = (options: EndpointAlarmsOptions, hosting = Hosting.realTime({ model: MODEL, instanceType: MlInstanceType.of('ml.m7g.medium') })) => {
    const { stack, alarms } = watched(hosting, options);
    return { names: Object.keys(alarms()), warnings: warningsOf(stack) };
  };
  const warning = warningText('vcpusUnknown', 'The instance types of AllTraffic do not tell how many vCPUs there are, so no alarm watches the processors');
  expect(made({}).names).not.toContain('AllTrafficCpu');
  expect(made({}).warnings).toEqual([warning]);
  expect(made({ leaveOut: [StandardAlarm.CPU] }).warnings).toEqual([]);
  const instancePools = [MlInstanceType.M5_LARGE, MlInstanceType.M5_XLARGE];
  const mixed = Hosting.realTime({ model: MODEL, instanceCount: 2, instancePools });
  expect(made({}, mixed).warnings).toEqual([warning]);
});

test('memory and disks are watched where they are fullest', () => {
  const { AllTrafficMemory: memory, AllTrafficDisk: disk } = watched(INSTANCES, { diskPercent: 90 }).alarms();
  expect(memory).toMatchObject({ MetricName: 'MemoryUtilization', Statistic: 'Maximum', Threshold: 85, Period: 300, EvaluationPeriods: 3, DatapointsToAlarm: 3 });
  expect(disk).toMatchObject({ MetricName: 'DiskUtilization', Statistic: 'Maximum', Threshold: 90 });
});

test('overload is watched once the program says how many calls are too many', () => {
  expect(watched(INSTANCES, { invocationsPerInstance: 750 }).alarms().AllTrafficOverload).toMatchObject({
    MetricName: 'InvocationsPerInstance', Statistic: 'Sum', Period: 60, Threshold: 750, EvaluationPeriods: 5, Dimensions: OF_VARIANT,
  });
});

test('serverless: start of containers in microseconds, concurrency as a share', () => {
  const { AllTrafficSetupTime: start, AllTrafficConcurrency: concurrency } = watched(SERVERLESS, { setupTime: Duration.seconds(4) }).alarms();
  expect(start).toMatchObject({ MetricName: 'ModelSetupTime', ExtendedStatistic: 'p90', Threshold: 4_000_000, Period: 300, DatapointsToAlarm: 2, EvaluationPeriods: 3 });
  expect(concurrency).toMatchObject({ MetricName: 'ServerlessConcurrentExecutionsUtilization', Statistic: 'Maximum', Threshold: 0.8 });
});

test('asynchronous: scaling that is stuck, what waits and what fails', () => {
  const { NoCapacity, Backlog, WaitingTime, AllTrafficFailures } = watched(ASYNCHRONOUS).alarms();
  expect(NoCapacity).toMatchObject({
    AlarmDescription: 'Requests of endpoint churn wait and it has no instance for 15 minutes: scaling from zero is stuck',
    MetricName: 'HasBacklogWithoutCapacity',
    Dimensions: OF_ENDPOINT,
    Statistic: 'Minimum', // the whole time
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Period: 300,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 3,
    TreatMissingData: 'notBreaching',
  });
  expect(Backlog).toMatchObject({ MetricName: 'ApproximateBacklogSize', Dimensions: OF_ENDPOINT, Threshold: 1000, Statistic: 'Maximum' });
  expect(WaitingTime).toMatchObject({ MetricName: 'ApproximateAgeOfOldestRequest', Dimensions: OF_ENDPOINT, Threshold: 1800, Statistic: 'Maximum', EvaluationPeriods: 1 });
  expect(AllTrafficFailures).toMatchObject({ MetricName: 'InvocationFailures', Dimensions: OF_VARIANT, Threshold: 0, Statistic: 'Sum', ComparisonOperator: 'GreaterThanThreshold' });
});

test('components: each by its name in the account, and processors in percent of them all', () => {
  const { endpoint, alarms } = watched(COMPONENTS, { capacityWithin: Duration.minutes(10) });
  const dimensions = [{ Name: 'InferenceComponentName', Value: endpoint.inferenceComponentName('llama') }];
  expect(alarms().llamaNoCapacity).toMatchObject({
    AlarmDescription: 'Calls of endpoint churn, inference component llama, fail since it has no copy for 10 minutes: scaling from zero is stuck',
    MetricName: 'NoCapacityInvocationFailures',
    Dimensions: dimensions,
    Statistic: 'Sum',
    Threshold: 1,
    Period: 300,
    EvaluationPeriods: 2,
  });
  expect(alarms().llamaLatency).toMatchObject({ MetricName: 'ModelLatency', Dimensions: dimensions });
  expect(alarms().AllTrafficCpu).toMatchObject({ MetricName: 'CPUUtilizationNormalized', Threshold: 80 });
});

test('nobody gets the answers of a shadow, so nobody is woken', () => {
  const { made } = watched(Hosting.realTime({ model: MODEL, shadow: { model: MODEL } }));
  expect(made.alarms.filter(a => a.node.id.startsWith('Shadow'))).toEqual([]);
});

test('an endpoint that nobody calls goes off, and no data is no call', () => {
  const idle = (hosting: Parameters<typeof hosted>[0]) => watched(hosting, { idleFor: Duration.days(1) }).alarms();
  const window = { Threshold: 0, ComparisonOperator: 'LessThanOrEqualToThreshold', EvaluationPeriods: 24, DatapointsToAlarm: 24, TreatMissingData: 'breaching' };
  expect(idle(INSTANCES).Idle).toMatchObject({ ...window, AlarmDescription: 'Endpoint churn got no call for 1 day', MetricName: 'Invocations', Statistic: 'Sum', Period: 3600, Dimensions: OF_VARIANT });
  expect(idle(SERVERLESS).Idle).toMatchObject({ ...window, MetricName: 'Invocations' });
  expect(idle(ASYNCHRONOUS).Idle).toMatchObject({ ...window, MetricName: 'ModelLatency', Statistic: 'SampleCount' }); // it has no `Invocations`
  expect(idle(COMPONENTS).llamaIdle).toMatchObject({ ...window, MetricName: 'Invocations' });
});

test('an endpoint of several variants is idle only if all of them are', () => {
  const hosting = Hosting.realTime({ variants: ['Blue', 'Green'].map(variantName => ({ variantName, model: MODEL })) });
  const { Idle, ...rest } = watched(hosting, { idleFor: Duration.hours(2) }).alarms();
  expect(Idle.Metrics[0]).toMatchObject({ Expression: 'FILL(calls0, 0) + FILL(calls1, 0)' });
  expect(Idle.Metrics.slice(1).map((m: any) => [m.MetricStat.Metric.Dimensions[1].Value, m.MetricStat.Period])).toEqual([['Blue', 3600], ['Green', 3600]]);
  expect(Object.keys(rest)).toEqual(expect.arrayContaining(['BlueLatency', 'GreenLatency', 'BlueCpu', 'GreenCpu']));
});

test('whatever is left out is not made', () => {
  const { made } = watched(INSTANCES, { leaveOut: [StandardAlarm.CLIENT_ERRORS, StandardAlarm.CPU, StandardAlarm.MEMORY, StandardAlarm.DISK] });
  expect(made.alarms.map(a => a.node.id)).toEqual(['AllTrafficServerErrors', 'AllTrafficLatency']);
});

test('a topic and any other action are told, of the end only if asked for', () => {
  const told = (notifyRecovery?: boolean) => {
    const { stack, endpoint, template } = hosted(INSTANCES);
    const action: IAlarmAction = { bind: () => ({ alarmActionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:page' }) };
    endpoint.addAlarms({ notifyRecovery, topic: new CfnTopic(stack, 'Topic'), actions: [action], leaveOut: [StandardAlarm.CPU] });
    const alarms = Object.entries(template().findResources('AWS::CloudWatch::Alarm')).filter(([id]) => id.startsWith('EndpointAlarms'));
    return alarms.map(([, a]) => [a.Properties.AlarmActions, a.Properties.OKActions]);
  };
  const actions = [{ Ref: 'Topic' }, 'arn:aws:lambda:eu-west-1:111122223333:function:page'];
  expect(told()).toEqual(Array(5).fill([actions, undefined]));
  expect(told(true)).toEqual(Array(5).fill([actions, actions]));
});

test('alarms are those of CDK: a composite one holds them, and one can be told more', () => {
  const { stack, made, template } = watched(INSTANCES);
  const [latency]: IAlarm[] = made.alarmsOf(StandardAlarm.LATENCY);
  new CompositeAlarm(stack, 'Slow', { alarmRule: AlarmRule.anyOf(latency) });
  expect(JSON.stringify(template().findResources('AWS::CloudWatch::CompositeAlarm'))).toContain('EndpointAlarmsAllTrafficLatency');
  expect(made.alarmsOf(StandardAlarm.BACKLOG)).toEqual([]);
});

test('a second set stands beside the first', () => {
  const { stack, endpoint, template } = watched(INSTANCES);
  const strict = new EndpointAlarms(stack, 'Strict', { endpoint, modelLatency: Duration.millis(500), leaveOut: [StandardAlarm.CPU] });
  expect(strict.alarms.length).toBe(5);
  expect(JSON.stringify(template().toJSON())).toContain('more than 500 ms');
  expectCompliant(stack);
});

test('the same options fit endpoints of every kind', () => {
  const options = { setupTime: Duration.seconds(1), backlogSize: 5, invocationsPerInstance: 9, leaveOut: [StandardAlarm.NO_CAPACITY] };
  [INSTANCES, SERVERLESS, COMPONENTS, ASYNCHRONOUS].forEach(hosting => expect(watched(hosting, options).made.alarms.length).toBeGreaterThan(0));
});

test('thresholds known at deployment pass', () => {
  const { stack, endpoint, template } = hosted(INSTANCES);
  const percent = new CfnParameter(stack, 'Percent', { type: 'Number' }).valueAsNumber;
  endpoint.addAlarms({ memoryPercent: percent, serverErrorPercent: percent });
  template().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'MemoryUtilization', Threshold: { Ref: 'Percent' } });
});

test('all problems come in one error', () => {
  expect(errorOf(() => watched(INSTANCES, {
    serverErrorPercent: 101,
    minimumErrors: 0,
    vcpuCount: 0.5,
    capacityWithin: Duration.minutes(7),
    idleFor: Duration.minutes(90),
    leaveOut: [StandardAlarm.CPU, StandardAlarm.CPU],
  }))).toBe([
    "EndpointAlarms at 'Stack/Endpoint/Alarms' has 6 problems:",
    '  - serverErrorPercent must be between 0 and 100, got 101',
    '  - minimumErrors must be a whole number of at least 1, got 0',
    '  - vcpuCount must be a whole number of at least 1, got 0.5',
    '  - capacityWithin must be a multiple of 5 minutes, got 7 minutes',
    '  - idleFor (hours) must be a whole number between 1 and 168, got 1.5',
    '  - leaveOut must be unique, used twice: Cpu',
  ].join('\n'));
  expect(errorOf(() => watched(INSTANCES, { idleFor: Duration.days(8) }))).toContain('idleFor (hours) must be a whole number between 1 and 168, got 192');
  expect(errorOf(() => watched(INSTANCES, { capacityWithin: Duration.days(2) }))).toContain('capacityWithin (minutes) must be between 5 and 1440, got 2880');
});

test('an encrypted topic is told: its key and its policy let CloudWatch use it, said once for all alarms', () => {
  const { stack, endpoint, template } = hosted(INSTANCES, { endpointName: 'churn' });
  const topic = new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey'), enforceSSL: true });
  endpoint.addAlarms({ topic });
  new EndpointAlarms(stack, 'Pages', { endpoint, topic, leaveOut: [StandardAlarm.CPU] });
  const rendered = expectCompliant(stack);
  const ofCloudWatch = (type: string, document: string) => Object.values(rendered.findResources(type))
    .flatMap((r: any) => r.Properties[document].Statement).filter((s: any) => s.Principal.Service === 'cloudwatch.amazonaws.com').map((s: any) => s.Action);
  expect(ofCloudWatch('AWS::KMS::Key', 'KeyPolicy')).toEqual([['kms:Decrypt', 'kms:GenerateDataKey*']]);
  expect(ofCloudWatch('AWS::SNS::TopicPolicy', 'PolicyDocument')).toEqual(['sns:Publish']);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('a second addAlarms says what to take instead', () => {
  const { endpoint } = hosted(INSTANCES);
  endpoint.addAlarms();
  expect(errorOf(() => endpoint.addAlarms())).toMatch(/it has the alarms of addAlarms already: for a second set take new EndpointAlarms\(scope, id, { endpoint, ... }\)/);
});

test('a shadow is not watched', () => {
  const { alarms } = watched(Hosting.realTime({ model: MODEL, shadow: { model: MODEL } }));
  expect(Object.keys(alarms()).filter(id => id.startsWith('Shadow'))).toEqual([]);
});

test('what could not be told of failed updates is told by an alarm, where there is a queue in the same stack', () => {
  const { alarms, made, endpoint, stack } = watched(INSTANCES, {}, { onFailedUpdate: Topic.fromTopicArn(new Stack(), 'Topic', 'arn:aws:sns:eu-west-1:111122223333:team') });
  expect(alarms().DeadLetters).toMatchObject({
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointDeadLetters/), 'QueueName'] } }],
  });
  expect(made.alarmsOf(StandardAlarm.DEAD_LETTERS)).toHaveLength(1);
  const elsewhere = new EndpointAlarms(new Stack(stack.node.root, 'Elsewhere'), 'Alarms', { endpoint });
  expect(elsewhere.alarmsOf(StandardAlarm.DEAD_LETTERS)).toEqual([]);
  const without = watched(INSTANCES);
  expect(without.made.alarmsOf(StandardAlarm.DEAD_LETTERS)).toEqual([]);
  expect(errorOf(() => without.endpoint.metricDeadLetters())).toContain('- it has no dead-letter queue, since it has no onFailedUpdate');
});
