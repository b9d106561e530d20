import { createServer } from 'http';
import { AddressInfo } from 'net';
import { code, invoker, quiet } from './tools';
import { FakeAws, failure } from '../../simulator/aws';

quiet();

const ID = 'endpoint/churn/variant/Blue';
const OLD = { EndpointName: 'churn', Variants: { Blue: 'ml.m5.large' } };
const NEW = { EndpointName: 'churn', Variants: { Blue: 'ml.m5.xlarge' } };
const POLICY = { PolicyName: 'Wake', PolicyType: 'StepScaling', StepScalingPolicyConfiguration: { Cooldown: 300 } };

/** An endpoint with one scaled variant, a policy and its alarm, and the guard as created. */
async function world({ schedules = [] as any[], budgetMs = 300_000 } = {}) {
  const aws = new FakeAws();
  aws.configs.set('config', { Blue: 'ml.m5.large' });
  aws.endpoints.set('churn', 'config');
  aws.RegisterScalableTarget({ ResourceId: ID, MinCapacity: 0, MaxCapacity: 4, SuspendedState: { ScheduledScalingSuspended: true } });
  const { PolicyARN } = aws.PutScalingPolicy({ ResourceId: ID, ...POLICY });
  aws.alarms.set('Alarm', { AlarmName: 'Alarm', Threshold: 1, AlarmActions: ['arn:topic', PolicyARN] });
  schedules.forEach(s => aws.targets.get(ID).schedules.set(s.ScheduledActionName, s));
  const { invoke, answers } = invoker(aws, budgetMs);
  const ask = (Phase: string, RequestType: string, now: object = OLD, before?: object) => invoke({
    RequestType,
    LogicalResourceId: Phase,
    ...RequestType !== 'Create' && { PhysicalResourceId: `${Phase}-old` },
    RequestId: 'request',
    StackId: 'stack',
    ResponseURL: 'https://answers/secret',
    ResourceProperties: { ServiceToken: 'arn', Phase, ...now },
    OldResourceProperties: before && { ServiceToken: 'arn', Phase, ...before },
  });
  await ask('deregister', 'Create');
  return { aws, ask, answers, change: () => ask('deregister', 'Update', NEW, OLD), back: () => ask('register', 'Update', NEW, OLD) };
}

const success = { Status: 'SUCCESS', StackId: 'stack', RequestId: 'request' };

test('everything comes back as it was: bounds, suspensions, policies, schedules, the actions of alarms', async () => {
  const StartTime = new Date('2031-01-01T00:00:00Z');
  const { aws, change, back } = await world({ schedules: [{ ScheduledActionName: 'night', Schedule: 'rate(1 day)', StartTime, ScalableTargetAction: { MaxCapacity: 1 } }] });
  expect(await change()).toEqual({ ...success, LogicalResourceId: 'deregister', PhysicalResourceId: 'deregister' });
  expect([aws.targets.size, aws.alarms.get('Alarm').AlarmActions]).toEqual([0, ['arn:topic']]);
  expect(await back()).toMatchObject(success);
  const { policies, schedules, ...target } = aws.targets.get(ID);
  expect(target).toMatchObject({ MinCapacity: 0, MaxCapacity: 4, SuspendedState: { ScheduledScalingSuspended: true } });
  expect(policies.get('Wake')).toMatchObject(POLICY);
  expect(schedules.get('night')).toMatchObject({ Schedule: 'rate(1 day)', StartTime, ScalableTargetAction: { MaxCapacity: 1 } });
  expect(aws.alarms.get('Alarm')).toEqual({ AlarmName: 'Alarm', Threshold: 1, AlarmActions: ['arn:topic', policies.get('Wake').PolicyARN] });
});

test('a snapshot takes little room in the parameter', async () => {
  const schedules = Array.from({ length: 100 }, (_, i) => ({ ScheduledActionName: `schedule-${i}`, Schedule: `cron(0 ${i % 24} * * ? *)`, ScalableTargetAction: { MinCapacity: i, MaxCapacity: i + 1 } }));
  const { aws, change, back } = await world({ schedules });
  await change();
  expect(aws.parameter.length).toBeLessThan(4096);
  await back();
  expect(aws.targets.get(ID).schedules.size).toBe(100);
});

test('nothing is read or changed when the guard is created, on an endpoint that is there already too', async () => {
  const { aws } = await world();
  expect(aws.calls).toEqual(['GetParameter', 'PutParameter']);
});

test.each(['deregister', 'register', 'sweep'])('%s may be deleted when nothing is left', async phase => {
  const { aws, ask } = await world();
  aws.targets.clear();
  aws.endpoints.clear();
  expect(await ask(phase, 'Delete')).toMatchObject({ ...success, PhysicalResourceId: `${phase}-old` });
  expect(aws.targets.size).toBe(0);
});

test('a parameter that is gone is an empty one', async () => {
  const { aws, ask } = await world();
  aws.inject = operation => { if (operation === 'GetParameter') { throw failure('ParameterNotFound'); } };
  expect(await ask('sweep', 'Delete')).toMatchObject(success);
});

test('a stack that is deleted with a snapshot still there is not held up, since the endpoint is gone', async () => {
  const { aws, ask, change } = await world();
  await change();
  aws.endpoints.clear();
  expect(await ask('sweep', 'Delete')).toMatchObject(success);
  expect(aws.calls).not.toContain('RegisterScalableTarget');
});

test.each(['ThrottlingException', 'TooManyRequestsException', 'ConcurrentUpdateException', 'InternalServiceException', 'TimeoutError'])('%s passes by itself', async name => {
  const { aws, change, back } = await world();
  const failed = new Set<string>();
  aws.inject = operation => {
    if (failed.has(operation)) { return; }
    failed.add(operation);
    throw failure(name);
  };
  expect([await change(), await back()]).toEqual([expect.objectContaining(success), expect.objectContaining(success)]);
  expect(aws.targets.get(ID).policies.size).toBe(1);
  expect(failed.size).toBeGreaterThan(8);
});

test('throttled to the end, it still answers in time, and can be asked again', async () => {
  const { aws, answers, change } = await world({ budgetMs: 60_000 });
  aws.inject = operation => { if (operation === 'DeregisterScalableTarget') { throw failure('ThrottlingException', 'slow down'); } };
  expect(await change()).toMatchObject({ Status: 'FAILED', Reason: 'DeregisterScalableTarget: ThrottlingException: slow down', PhysicalResourceId: 'deregister-old' });
  aws.inject = () => undefined;
  expect(await change()).toMatchObject(success);
  expect([aws.targets.size, answers.length]).toEqual([0, 3]);
});

test('a target that another has deregistered meanwhile is no failure', async () => {
  const { aws, change } = await world();
  aws.inject = operation => {
    if (operation !== 'DeregisterScalableTarget') { return; }
    aws.targets.clear();
    throw failure('ObjectNotFoundException');
  };
  expect(await change()).toMatchObject(success);
});

test('a target is waited for until it is gone', async () => {
  const { aws, change } = await world();
  const described = jest.spyOn(aws, 'DescribeScalableTargets');
  jest.spyOn(aws, 'DeregisterScalableTarget').mockReturnValue({});
  expect(await change()).toMatchObject({ Status: 'FAILED', Reason: `${ID} is still registered` });
  expect(described.mock.calls.length).toBeGreaterThan(100);
});

test('a new target takes a moment to be seen', async () => {
  const { aws, change, back } = await world();
  await change();
  let asked = 0;
  aws.inject = operation => { if (operation === 'PutScalingPolicy' && ++asked < 4) { throw failure('ObjectNotFoundException'); } };
  expect(await back()).toMatchObject(success);
});

test('asked twice for the same, it does it once', async () => {
  const { aws, change, back } = await world();
  await change();
  expect(await change()).toMatchObject(success);
  await back();
  const after = JSON.stringify([...aws.targets], (_, v) => v instanceof Map ? [...v] : v);
  aws.calls.length = 0;
  expect(await back()).toMatchObject(success);
  expect(aws.calls).toEqual(['GetParameter']);
  expect(JSON.stringify([...aws.targets], (_, v) => v instanceof Map ? [...v] : v)).toBe(after);
});

test('putting back that broke off goes on where it was', async () => {
  const { aws, change, back } = await world();
  aws.PutScalingPolicy({ ResourceId: ID, ...POLICY, PolicyName: 'Zz' });
  await change();
  let put = 0;
  aws.inject = operation => { if (operation === 'PutScalingPolicy' && ++put === 2) { throw failure('AccessDeniedException'); } };
  expect(await back()).toMatchObject({ Status: 'FAILED' });
  aws.inject = () => undefined;
  expect(await back()).toMatchObject(success);
  expect([...aws.targets.get(ID).policies.keys()]).toEqual(['Wake', 'Zz']);
});

test('schedules whose time has come meanwhile are left out, and one that has begun goes on', async () => {
  const scheduled = (ScheduledActionName: string, rest: object) => ({ ScheduledActionName, Schedule: 'rate(1 day)', ScalableTargetAction: {}, ...rest });
  const { aws, change, back } = await world({
    schedules: [
      scheduled('once', { Schedule: 'at(2029-12-31T23:59:00)' }), scheduled('ended', { EndTime: new Date('2029-12-31') }), scheduled('begun', { StartTime: new Date('2029-12-31') }),
    ],
  });
  await change();
  aws.inject = (operation, input) => { if (operation === 'PutScheduledAction' && input.Schedule.startsWith('at(')) { throw failure('ValidationException'); } };
  expect(await back()).toMatchObject(success);
  const schedules = aws.targets.get(ID).schedules;
  expect([...schedules.keys()]).toEqual(['begun']);
  expect(schedules.get('begun').StartTime).toBeUndefined();
});

test('the sweep gets another id exactly when endpoint or variants change', async () => {
  const { ask } = await world();
  const id = async (properties: object) => (await ask('sweep', 'Update', properties, OLD)).PhysicalResourceId;
  const two = { EndpointName: 'churn', Variants: { Blue: 'a', Green: 'b' } };
  expect(await id(two)).toBe(await id({ EndpointName: 'churn', Variants: { Green: 'b', Blue: 'a' } }));
  const ids = [await id(two), await id(OLD), await id(NEW), await id({ ...OLD, EndpointName: 'other' })];
  expect(new Set(ids).size).toBe(4);
  ids.forEach(i => expect(i).toMatch(/^sweep-[0-9a-f]{16}$/));
});

test('an endpoint that gets another name is another endpoint', async () => {
  const { aws, ask } = await world();
  expect(await ask('deregister', 'Update', { ...NEW, EndpointName: 'other' }, OLD)).toMatchObject(success);
  expect(aws.targets.size).toBe(1);
});

describe('the answer', () => {
  const event = { RequestType: 'Create', LogicalResourceId: 'Sweep', RequestId: 'request', StackId: 'stack', ResponseURL: 'https://answers/secret', ResourceProperties: { Phase: 'sweep', ...OLD } };
  const tools = (more: object) => ({
    aws: () => { throw new Error('not needed'); }, timeLeft: () => 60_000, sleep: async () => undefined, outOfTime: () => new Promise(() => undefined), ...more,
  });

  test('is tried again when it does not arrive', async () => {
    const put = jest.fn().mockRejectedValueOnce(new Error('ECONNRESET')).mockRejectedValueOnce(new Error('PUT: 503')).mockResolvedValue(undefined);
    await code.handle(event, tools({ put }));
    expect(put).toHaveBeenCalledTimes(3);
  });

  test('that cannot be given is an error, so that Lambda calls again', async () => {
    const put = jest.fn().mockRejectedValue(new Error('ENOTFOUND'));
    await expect(code.handle(event, tools({ put }))).rejects.toThrow('ENOTFOUND');
    expect(put).toHaveBeenCalledTimes(5);
  });

  test('comes before the time is over, whatever hangs', async () => {
    const put = jest.fn();
    const hangs = { aws: () => new Promise(() => undefined), outOfTime: async () => { throw new Error('out of time'); }, put };
    await code.handle({ ...event, ResourceProperties: { Phase: 'deregister', ...OLD } }, tools(hangs));
    expect(JSON.parse(put.mock.calls[0][1])).toMatchObject({ Status: 'FAILED', Reason: 'out of time' });
  });

  test('says what nobody expected', async () => {
    const put = jest.fn();
    await code.handle({ ...event, ResourceProperties: { Phase: 'nonsense' } }, tools({ put }));
    expect(JSON.parse(put.mock.calls[0][1]).Status).toBe('FAILED');
  });

  test('and its URL, which is a secret, is not logged', async () => {
    await code.handle(event, tools({ put: jest.fn().mockRejectedValueOnce(new Error('PUT: 503')) }));
    const logged = JSON.stringify([(console.log as jest.Mock).mock.calls, (console.error as jest.Mock).mock.calls]);
    expect(logged).toContain('request');
    expect(logged).not.toContain('secret');
  });
});

describe('as Lambda runs it', () => {
  const sent: string[] = [];
  const client = (service: string, operations: string[], answer: (operation: string) => any) => jest.doMock(`@aws-sdk/client-${service}`, () => ({
    [{ 'ssm': 'SSMClient', 'sagemaker': 'SageMakerClient', 'cloudwatch': 'CloudWatchClient', 'application-auto-scaling': 'ApplicationAutoScalingClient' }[service]!]: class {
      public async send(command: any) { return answer(command.constructor.name); }
    },
    ...Object.fromEntries(operations.map(o => [`${o}Command`, { [o]: class { constructor(public readonly input: any) { sent.push(`${service} ${o} ${JSON.stringify(input)}`); } } }[o]])),
  }), { virtual: true });

  test('it asks each service with its own client, and answers the URL as it was signed', async () => {
    client('ssm', ['GetParameter', 'PutParameter'], o => o === 'GetParameter' ? { Parameter: { Value: '{}' } } : {});
    client('application-auto-scaling', ['DescribeScalableTargets'], () => ({ ScalableTargets: [] }));
    process.env.PARAMETER = 'Name';
    const got: any[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', data => { body += data; });
      request.on('end', () => {
        got.push({ method: request.method, type: request.headers['content-type'], length: Number(request.headers['content-length']) === body.length, body: JSON.parse(body) });
        response.statusCode = got.length === 1 ? 503 : 200;
        response.end();
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=x`;
    try {
      await code.handler({
        RequestType: 'Update',
        LogicalResourceId: 'D',
        PhysicalResourceId: 'D',
        RequestId: 'r',
        StackId: 's',
        ResponseURL,
        ResourceProperties: { Phase: 'deregister', ...NEW },
        OldResourceProperties: { Phase: 'deregister', ...OLD },
      }, { getRemainingTimeInMillis: () => 60_000 });
    } finally {
      await new Promise(done => server.close(done));
    }
    const answer = { method: 'PUT', type: undefined, length: true, body: { StackId: 's', RequestId: 'r', LogicalResourceId: 'D', Status: 'SUCCESS', PhysicalResourceId: 'D' } };
    expect(got).toEqual([answer, answer]);
    expect(sent.map(s => s.split(' ').slice(0, 2).join(' '))).toEqual(['ssm GetParameter', 'application-auto-scaling DescribeScalableTargets', 'ssm PutParameter']);
    expect(sent[0]).toContain('"Name":"Name"');
  });
});
