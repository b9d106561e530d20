'use strict';
// Deregisters the scalable targets of variants whose instance type changes, before CloudFormation updates their endpoint, and puts
// them back afterwards: after an update that worked, and after one that was rolled back. docs/decisions/0007 says why it is made so.
const { createHash } = require('node:crypto');
const { gunzipSync, gzipSync } = require('node:zlib');

const SCALED = { ServiceNamespace: 'sagemaker', ScalableDimension: 'sagemaker:variant:DesiredInstanceCount' };
/** Time that is kept for the answer. */
const RESERVE_MS = 20_000;
const LONGEST_WAIT_MS = 15_000;
const ANSWERS = 5;
/** Errors that pass by themselves. */
const PASSING = /throttl|toomany|concurrent|internal|unavailable|timeout|timedout|econn|epipe|enotfound|networking/i;
/** What of an alarm PutMetricAlarm takes; it overwrites all of it, and leaves tags and state. */
const ALARM = [
  'AlarmName', 'AlarmDescription', 'ActionsEnabled', 'OKActions', 'AlarmActions', 'InsufficientDataActions', 'MetricName', 'Namespace', 'Statistic',
  'ExtendedStatistic', 'Dimensions', 'Period', 'Unit', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold', 'ComparisonOperator', 'TreatMissingData',
  'EvaluateLowSampleCountPercentile', 'Metrics', 'ThresholdMetricId', 'ActionConfiguration', 'EvaluationCriteria', 'EvaluationInterval',
  'EvaluationWindow', 'WarmUpConfiguration',
];
const POLICY = ['PolicyName', 'PolicyType', 'StepScalingPolicyConfiguration', 'TargetTrackingScalingPolicyConfiguration', 'PredictiveScalingPolicyConfiguration'];
const SCHEDULE = ['ScheduledActionName', 'Schedule', 'Timezone', 'StartTime', 'EndTime', 'ScalableTargetAction'];

const pick = (from, names) => Object.fromEntries(names.filter(n => from[n] !== undefined).map(n => [n, from[n]]));
const log = (what, details) => console.log(JSON.stringify({ what, ...details }));

/** Calls AWS until it answers, or until only the time for our own answer is left. */
async function call(tools, operation, input, alsoPassing = []) {
  for (let wait = 1_000; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await tools.aws(operation, input);
    } catch (e) {
      const passes = PASSING.test(`${e.name} ${e.code}`) || alsoPassing.includes(e.name);
      if (!passes || tools.timeLeft() < wait + RESERVE_MS) { throw new Error(`${operation}: ${e.name}: ${e.message}`, { cause: e }); }
      log('again', { operation, error: e.name });
      await tools.sleep(wait);
    }
  }
}

async function all(tools, operation, input, list) {
  const found = [];
  for (let NextToken; ;) {
    const page = await call(tools, operation, { ...input, NextToken });
    found.push(...page[list] ?? []);
    NextToken = page.NextToken;
    if (!NextToken) { return found; }
  }
}

/** `inForce`: the endpoint and its scaled variants as the template says; `snapshots`: what was deregistered and is not yet back. */
async function load(tools) {
  try {
    const { Parameter } = await call(tools, 'GetParameter', { Name: tools.parameter });
    const plain = Parameter.Value.startsWith('{') ? Parameter.Value : gunzipSync(Buffer.from(Parameter.Value, 'base64')).toString();
    return { snapshots: {}, ...JSON.parse(plain) };
  } catch (e) {
    if (e.cause?.name === 'ParameterNotFound') { return { snapshots: {} }; }
    throw e;
  }
}

async function save(tools, store) {
  const plain = JSON.stringify(store);
  const Value = Object.keys(store.snapshots).length === 0 && plain.length < 4_000 ? plain : gzipSync(plain).toString('base64');
  await call(tools, 'PutParameter', { Name: tools.parameter, Value, Type: 'String', Overwrite: true, Tier: 'Intelligent-Tiering' });
}

async function targetOf(tools, ResourceId) {
  return (await all(tools, 'DescribeScalableTargets', { ...SCALED, ResourceIds: [ResourceId] }, 'ScalableTargets'))[0];
}

/** Everything that DeregisterScalableTarget deletes, and the alarms that lose their action with it. */
async function snapshot(tools, ResourceId, target) {
  const of = { ...SCALED, ResourceId };
  const policies = await all(tools, 'DescribeScalingPolicies', of, 'ScalingPolicies');
  const schedules = await all(tools, 'DescribeScheduledActions', of, 'ScheduledActions');
  const { Tags = {} } = target.ScalableTargetARN ? await call(tools, 'ListTagsForResource', { ResourceARN: target.ScalableTargetARN }) : {};
  return {
    target: pick(target, ['MinCapacity', 'MaxCapacity', 'SuspendedState']),
    tags: Object.fromEntries(Object.entries(Tags).filter(([key]) => !key.startsWith('aws:'))),
    policies: policies.map(p => ({
      arn: p.PolicyARN,
      settings: pick(p, POLICY),
      // those of target tracking come and go with their policy
      alarms: p.PolicyType === 'TargetTrackingScaling' ? [] : (p.Alarms ?? []).map(a => a.AlarmName),
    })),
    schedules: schedules.map(s => pick(s, SCHEDULE)),
  };
}

/** An older snapshot is still there when putting it back broke off: what is missing by now is taken from it. */
function merged(older, newer) {
  if (older === undefined) { return newer; }
  const policyOf = (from, name) => from.policies.find(p => p.settings.PolicyName === name);
  const scheduleIn = (from, name) => from.schedules.some(s => s.ScheduledActionName === name);
  return {
    ...newer,
    policies: [
      ...newer.policies.map(p => ({ ...p, alarms: [...new Set([...p.alarms, ...policyOf(older, p.settings.PolicyName)?.alarms ?? []])] })),
      ...older.policies.filter(p => policyOf(newer, p.settings.PolicyName) === undefined),
    ],
    schedules: [...newer.schedules, ...older.schedules.filter(s => !scheduleIn(newer, s.ScheduledActionName))],
  };
}

async function restore(tools, ResourceId, { target, tags, policies, schedules }) {
  const of = { ...SCALED, ResourceId };
  if (await targetOf(tools, ResourceId) === undefined) {
    const Tags = Object.keys(tags).length > 0 ? tags : undefined; // only a new target may come with tags
    await call(tools, 'RegisterScalableTarget', { ...of, ...target, Tags });
  }
  for (const { arn, settings, alarms } of policies) {
    const { PolicyARN } = await call(tools, 'PutScalingPolicy', { ...of, ...settings }, ['ObjectNotFoundException']); // a new target takes a moment to be seen
    await pointAlarms(tools, alarms, arn, PolicyARN);
  }
  for (const schedule of schedules) { await putSchedule(tools, of, schedule); }
  log('restored', { ResourceId });
}

/** Deleting a policy takes it out of the actions of alarms, and it may come back with another ARN. */
async function pointAlarms(tools, AlarmNames, from, to) {
  if (AlarmNames.length === 0) { return; }
  const { MetricAlarms = [] } = await call(tools, 'DescribeAlarms', { AlarmNames, AlarmTypes: ['MetricAlarm'] });
  for (const alarm of MetricAlarms) {
    const actions = alarm.AlarmActions ?? [];
    if (actions.includes(to) && (from === to || !actions.includes(from))) { continue; }
    await call(tools, 'PutMetricAlarm', { ...pick(alarm, ALARM), AlarmActions: [...actions.filter(a => a !== from && a !== to), to] });
  }
}

async function putSchedule(tools, of, { StartTime, EndTime, ...schedule }) {
  const now = tools.now();
  if (EndTime !== undefined && Date.parse(EndTime) <= now) { return; }
  const begins = StartTime !== undefined && Date.parse(StartTime) > now; // has begun otherwise, which is the same as no start
  try {
    await call(tools, 'PutScheduledAction', {
      ...of, ...schedule, StartTime: begins ? new Date(StartTime) : undefined, EndTime: EndTime && new Date(EndTime),
    }, ['ObjectNotFoundException']);
  } catch (e) {
    if (e.cause?.name !== 'ValidationException' || !schedule.Schedule.startsWith('at(')) { throw e; }
    log('schedule of the past left out', { schedule }); // its time has come while nothing was registered
  }
}

const idOf = (endpoint, variant) => `endpoint/${endpoint}/variant/${variant}`;
const idsOf = ({ EndpointName, Variants = {} } = {}) => Object.keys(Variants).map(v => idOf(EndpointName, v));

async function restoreWanted(tools, store) {
  for (const id of idsOf(store.inForce).filter(wanted => store.snapshots[wanted] !== undefined)) {
    await restore(tools, id, store.snapshots[id]);
    delete store.snapshots[id];
  }
}

/** Variants that have another type afterwards, or are gone; those of an endpoint with another name are not updated. */
function changedIds(before, now) {
  if (before.EndpointName !== now.EndpointName) { return []; }
  return Object.keys(before.Variants ?? {}).filter(v => before.Variants[v] !== now.Variants?.[v]).map(v => idOf(now.EndpointName, v));
}

/** Before the endpoint: what the coming update would fail for is deregistered. Nothing is, unless a snapshot of all of it is safe. */
async function deregister(tools, { RequestType, ResourceProperties: { EndpointName, Variants }, OldResourceProperties }) {
  if (RequestType === 'Delete') { return; }
  const store = await load(tools);
  const inForce = { EndpointName, Variants };
  const changed = RequestType === 'Update' ? changedIds(OldResourceProperties, inForce) : [];
  // rolled back before anything had begun: a try that failed must not fail again on the way back
  if (sameText(store.inForce, inForce) && !changed.some(id => id in store.snapshots)) { return; }
  store.inForce = inForce;
  const registered = [];
  for (const id of changed) {
    const target = await targetOf(tools, id);
    if (target === undefined) { continue; }
    store.snapshots[id] = merged(store.snapshots[id], await snapshot(tools, id, target));
    registered.push(id);
  }
  await save(tools, store);
  for (const id of registered) { await deregisterOne(tools, id); }
}

const text = ({ EndpointName, Variants = {} } = {}) => JSON.stringify([EndpointName, Object.entries(Variants).sort(([a], [b]) => a < b ? -1 : 1)]);
const sameText = (a, b) => text(a) === text(b);

async function deregisterOne(tools, ResourceId) {
  try {
    await call(tools, 'DeregisterScalableTarget', { ...SCALED, ResourceId });
  } catch (e) {
    if (e.cause?.name !== 'ObjectNotFoundException') { throw e; }
  }
  while (await targetOf(tools, ResourceId) !== undefined) {
    if (tools.timeLeft() < RESERVE_MS) { throw new Error(`${ResourceId} is still registered`); }
    await tools.sleep(1_000);
  }
  log('deregistered', { ResourceId });
}

/** After the endpoint, before CloudFormation goes on with targets and policies. */
async function register(tools, event) {
  if (event.RequestType === 'Delete') { return; }
  const store = await load(tools);
  // a roll-back that goes the other way round comes here first, with the endpoint still to come; the sweep puts back then
  if (!sameText(store.inForce, event.ResourceProperties)) { return await deregister(tools, event); }
  if (Object.keys(store.snapshots).length === 0) { return; }
  try {
    await restoreWanted(tools, store);
  } finally {
    await save(tools, store);
  }
}

/** CloudFormation deletes what an update or its roll-back has replaced at the very end, when the endpoint is as it will stay. */
async function sweep(tools, { RequestType, ResourceProperties: { EndpointName } }) {
  if (RequestType !== 'Delete') { return; }
  const store = await load(tools);
  if (Object.keys(store.snapshots).length === 0) { return; }
  if (await endpointExists(tools, EndpointName)) { await restoreWanted(tools, store); }
  await save(tools, { ...store, snapshots: {} }); // without those of variants that are gone
}

async function endpointExists(tools, EndpointName) {
  try {
    await call(tools, 'DescribeEndpoint', { EndpointName });
    return true;
  } catch (e) {
    if (e.cause?.name !== 'ValidationException') { throw e; }
    return false;
  }
}

const PHASES = { deregister, register, sweep };

/** Another id with each change of the variants makes CloudFormation delete the sweep with the old id, or with the new one after a roll-back. */
function physicalId({ LogicalResourceId, ResourceProperties }) {
  if (ResourceProperties.Phase !== 'sweep') { return LogicalResourceId; }
  return `${LogicalResourceId}-${createHash('sha256').update(text(ResourceProperties)).digest('hex').slice(0, 16)}`;
}

/** Does what CloudFormation asks, and always answers; throws only if no answer arrived, so that Lambda calls again. */
async function handle(event, tools) {
  const id = event.RequestType === 'Delete' ? event.PhysicalResourceId : physicalId(event);
  const common = { StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId };
  let answer;
  try {
    log('asked', { ...common, RequestType: event.RequestType, Phase: event.ResourceProperties.Phase });
    await Promise.race([PHASES[event.ResourceProperties.Phase](tools, event), tools.outOfTime(RESERVE_MS / 2)]);
    answer = { Status: 'SUCCESS', PhysicalResourceId: id };
  } catch (e) {
    console.error(e);
    // a failed update must not change the id, or CloudFormation would delete the one that is in force
    answer = { Status: 'FAILED', Reason: `${e.message}`.slice(0, 1_000), PhysicalResourceId: event.PhysicalResourceId ?? id };
  }
  for (let i = 1; ; i++) {
    try {
      return await tools.put(event.ResponseURL, JSON.stringify({ ...common, ...answer }));
    } catch (e) {
      log('no answer', { error: e.message });
      if (i === ANSWERS) { throw e; }
      await tools.sleep(500 * i);
    }
  }
}

const CLIENTS = {
  'application-auto-scaling': ['ApplicationAutoScalingClient', /Scal|Scheduled|ListTags/],
  'cloudwatch': ['CloudWatchClient', /Alarm/],
  'sagemaker': ['SageMakerClient', /Endpoint/],
  'ssm': ['SSMClient', /Parameter/],
};
const clients = {};

function aws(operation, input) {
  const [service, [client]] = Object.entries(CLIENTS).find(([, [, operations]]) => operations.test(operation));
  const sdk = require(`@aws-sdk/client-${service}`); // part of the runtime
  clients[service] ??= new sdk[client]({ maxAttempts: 3, requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 } });
  return clients[service].send(new sdk[`${operation}Command`](input));
}

async function put(url, body) {
  // a buffer has no content type, as the signature of the URL wants it
  const answer = await fetch(url, { method: 'PUT', body: Buffer.from(body), signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) { throw new Error(`PUT: ${answer.status}`); }
}

exports.handle = handle;
exports.put = put;
exports.handler = async (event, context) => {
  let timer;
  const timeLeft = () => context.getRemainingTimeInMillis();
  try {
    await handle(event, {
      aws,
      put,
      timeLeft,
      now: () => Date.now(),
      parameter: process.env.PARAMETER,
      sleep: ms => new Promise(done => setTimeout(done, ms)),
      outOfTime: reserve => new Promise((_, fail) => { timer = setTimeout(() => fail(new Error('out of time')), Math.max(0, timeLeft() - reserve)); }),
    });
  } finally {
    clearTimeout(timer);
  }
};
