import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { invoker, quiet } from './tools';
import { InstanceTypeChanges } from '../../../src/inference/scaling-guard';
import { FakeAws, failure } from '../../simulator/aws';
import { DeployOptions, SimulatedStack } from '../../simulator/cloudformation';
import { Weather, providers } from '../../simulator/providers';

interface Program {
  /** Variant → instance type. */
  readonly types: Record<string, string>;
  /** Variants that are scaled; all if left out. */
  readonly scaled?: string[];
  readonly max?: number;
  readonly guard?: boolean;
}

const rendered = new Map<string, any>();

/** The worlds play the same programs. */
function render(program: Program): any {
  const key = JSON.stringify(program);
  if (!rendered.has(key)) { rendered.set(key, synthesised(program)); }
  return rendered.get(key);
}

/** What an endpoint with scaled variants renders: target, target tracking, wake-up by an alarm, schedule. */
function synthesised({ types, scaled = Object.keys(types), max = 4, guard = true }: Program): any {
  const stack = new Stack(new App(), 'Stack');
  const config = new CfnEndpointConfig(stack, 'Config', {
    productionVariants: Object.entries(types).map(([variantName, instanceType]) => ({ variantName, instanceType, initialInstanceCount: 1, initialVariantWeight: 1, modelName: 'm' })),
  });
  const endpoint = new CfnEndpoint(stack, 'Endpoint', { endpointName: 'churn', endpointConfigName: config.attrEndpointConfigName });
  const variants = scaled.map(variantName => {
    const target = new CfnScalableTarget(stack, `Target${variantName}`, {
      minCapacity: 1,
      maxCapacity: max,
      resourceId: `endpoint/${endpoint.attrEndpointName}/variant/${variantName}`,
      scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
      serviceNamespace: 'sagemaker',
      scheduledActions: [{ scheduledActionName: 'night', schedule: 'cron(0 20 * * ? *)', scalableTargetAction: { maxCapacity: 1 } }],
    });
    target.addPropertyOverride('Tags', [{ Key: 'team', Value: 'ml' }]);
    target.addDependency(endpoint);
    new CfnScalingPolicy(stack, `Track${variantName}`, {
      scalingTargetId: target.ref,
      policyName: 'Track',
      policyType: 'TargetTrackingScaling',
      targetTrackingScalingPolicyConfiguration: { targetValue: 10 * max, predefinedMetricSpecification: { predefinedMetricType: 'SageMakerVariantInvocationsPerInstance' } },
    });
    const wake = new CfnScalingPolicy(stack, `Wake${variantName}`, { scalingTargetId: target.ref, policyName: 'Wake', policyType: 'StepScaling' });
    new CfnAlarm(stack, `Alarm${variantName}`, { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, threshold: 1, alarmActions: [wake.attrArn] });
    return { variantName, instanceTypes: [types[variantName]], target };
  });
  if (guard) { InstanceTypeChanges.deregisterScalableTargets()._bind({ scope: stack, endpoint, endpointName: 'churn', key: new Key(stack, 'Key'), variants }); }
  // Others of the stack that a test lets fail: one beside the scaling, one after all of it.
  const versions = JSON.stringify(types);
  const beside = new CfnTopic(stack, 'Beside', { displayName: versions });
  beside.addDependency(endpoint);
  const last = new CfnTopic(stack, 'Last', { displayName: versions });
  stack.node.findAll().filter(c => c instanceof CfnAlarm || c === endpoint).forEach(c => last.node.addDependency(c));
  return Template.fromStack(stack).toJSON();
}

/** What is scaled, as a user sees it. */
function scaling(world: FakeAws) {
  const arns = [...world.targets.values()].flatMap(t => [...t.policies.values()].map((p: any) => p.PolicyARN));
  return {
    types: world.typesOf('churn'),
    scaled: Object.fromEntries([...world.targets].map(([id, t]) => [id.split('/')[3], {
      max: t.MaxCapacity,
      follows: t.policies.get('Track')?.TargetTrackingScalingPolicyConfiguration.TargetValue,
      policies: [...t.policies.keys()].sort(),
      schedules: [...t.schedules.keys()],
      tags: t.Tags,
    }])),
    // each alarm wakes a policy that exists, and nothing else
    awake: [...world.alarms.values()].filter(a => a.AlarmActions.length === 1 && arns.includes(a.AlarmActions[0])).length,
  };
}

const whole = (max = 4) => ({ max, follows: 10 * max, policies: ['Track', 'Wake'], schedules: ['night'], tags: { team: 'ml' } });
const LARGE = { Blue: 'ml.m5.large' };
const XLARGE = { Blue: 'ml.m5.xlarge' };
const scaledAs = (types: Record<string, string>, max?: number) => {
  const variants = Object.keys(types);
  return { types, scaled: Object.fromEntries(variants.map(v => [v, whole(max)])), awake: variants.length };
};

quiet();

function simulation(sameArns = false) {
  const world = new FakeAws(sameArns);
  const weather: Weather = {};
  const { invoke, answers } = invoker(world);
  const stack = new SimulatedStack(providers(world, invoke, weather));
  return { world, weather, stack, answers };
}

async function deployed(program: Program, sameArns?: boolean) {
  const s = simulation(sameArns);
  expect(await s.stack.deploy(render(program))).toEqual({ status: 'UPDATE_COMPLETE', litter: [] });
  expect(scaling(s.world)).toEqual(scaledAs(program.types));
  return s;
}

test('without the guard the type of a scaled variant cannot change (aws-cdk#29626, terraform-provider-aws#14337)', async () => {
  const { world, stack } = await deployed({ types: LARGE, guard: false });
  expect(await stack.deploy(render({ types: XLARGE, guard: false }))).toEqual({
    status: 'UPDATE_ROLLBACK_COMPLETE', litter: [], reason: 'Endpoint: variant Blue is registered as a scalable target and changes',
  });
  expect(scaling(world)).toEqual(scaledAs(LARGE));
});

test('without the guard it can in two deployments: without the scaling, then with the type and the scaling', async () => {
  const { world, stack } = await deployed({ types: LARGE, guard: false });
  await stack.deploy(render({ types: LARGE, scaled: [], guard: false }));
  expect(scaling(world)).toEqual({ types: LARGE, scaled: {}, awake: 0 });
  expect((await stack.deploy(render({ types: XLARGE, guard: false }))).status).toBe('UPDATE_COMPLETE');
  expect(scaling(world)).toEqual(scaledAs(XLARGE));
});

// What AWS does in these three points is not known, so the guard must hold in all worlds.
const EITHER = [true, false];
const WORLDS = EITHER.flatMap(replaced => EITHER.flatMap(backwards => EITHER.map(sameArns => [replaced, backwards, sameArns] as const)));

const WORLD = 'roll-backs call replaced custom resources: %s, go backwards: %s; policies keep their ARNs: %s';

describe.each(WORLDS)(WORLD, (rollBackCallsReplaced, rollBackBackwards, sameArns) => {
  const start = (program: Program = { types: LARGE }) => deployed(program, sameArns);
  const facts: DeployOptions = { rollBackCallsReplaced, rollBackBackwards };
  const update = (stack: SimulatedStack, program: Program, options?: DeployOptions) => stack.deploy(render(program), { ...facts, ...options });
  const worked = { status: 'UPDATE_COMPLETE', litter: [] };
  const rolledBack = (reason: string) => ({ status: 'UPDATE_ROLLBACK_COMPLETE', litter: [], reason: expect.stringContaining(reason) });

  test('the type changes, and all of the scaling is there afterwards', async () => {
    const { world, stack } = await start();
    expect(await update(stack, { types: XLARGE })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs(XLARGE));
    expect(await update(stack, { types: { Blue: 'ml.g5.xlarge' } })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs({ Blue: 'ml.g5.xlarge' }));
    expect(JSON.parse(world.parameter).snapshots).toEqual({});
  });

  test('type and bounds change at once', async () => {
    const { world, stack } = await start();
    expect(await update(stack, { types: XLARGE, max: 8 })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs(XLARGE, 8));
  });

  test('a change of something else leaves the scaling alone', async () => {
    const { world, stack } = await start();
    world.calls.length = 0;
    expect(await update(stack, { types: LARGE, max: 8 })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs(LARGE, 8));
    expect(world.calls).toEqual([]);
  });

  test('only the variants that change are deregistered', async () => {
    const { world, stack } = await start({ types: { ...LARGE, Green: 'ml.c5.large' } });
    const before = world.targets.get('endpoint/churn/variant/Green');
    expect(await update(stack, { types: { ...XLARGE, Green: 'ml.c5.large' } })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs({ ...XLARGE, Green: 'ml.c5.large' }));
    expect(world.targets.get('endpoint/churn/variant/Green')).toBe(before);
  });

  test('new instances do not come up: the endpoint stays as it was, and scaled', async () => {
    const { world, stack, weather } = await start();
    weather.endpointUpdateFails = true;
    expect(await update(stack, { types: XLARGE, max: 8 })).toEqual(rolledBack('instances did not come up'));
    expect(scaling(world)).toEqual(scaledAs(LARGE));
    weather.endpointUpdateFails = false;
    expect(await update(stack, { types: XLARGE, max: 8 })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs(XLARGE, 8));
  });

  test.each(['Beside', 'Last'])('the update fails later, at %s: the endpoint goes back, and is scaled', async fails => {
    const { world, stack } = await start();
    // the first runs before the guard has put anything back, the last after CloudFormation has changed targets and policies
    expect(await update(stack, { types: XLARGE, max: 8 }, { fails: [fails], first: fails === 'Beside' ? ['Beside'] : [] })).toEqual(rolledBack(`${fails} fails`));
    expect(scaling(world)).toEqual(scaledAs(LARGE));
    expect(JSON.parse(world.parameter).snapshots).toEqual({});
  });

  test('a scaled variant is removed', async () => {
    const { world, stack } = await start({ types: { ...LARGE, Green: 'ml.c5.large' } });
    expect(await update(stack, { types: LARGE })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs(LARGE));
    expect(JSON.parse(world.parameter).snapshots).toEqual({});
  });

  test.each(['Beside', 'Last'])('a scaled variant is removed, but the update fails at %s: it comes back, scaled', async fails => {
    const both = { ...LARGE, Green: 'ml.c5.large' };
    const { world, stack } = await start({ types: both });
    expect(await update(stack, { types: LARGE }, { fails: [fails], first: fails === 'Beside' ? ['Beside'] : [] })).toEqual(rolledBack(`${fails} fails`));
    expect(scaling(world)).toEqual(scaledAs(both));
  });

  test('a scaled variant is added, but the update fails: it is gone again', async () => {
    const { world, stack } = await start();
    expect(await update(stack, { types: { ...LARGE, Green: 'ml.c5.large' } }, { fails: ['Last'] })).toEqual(rolledBack('Last fails'));
    expect(scaling(world)).toEqual(scaledAs(LARGE));
  });

  test('scaling ends and the type changes at once', async () => {
    const { world, stack } = await start();
    expect(await update(stack, { types: XLARGE, scaled: [] })).toEqual(worked);
    expect(scaling(world)).toEqual({ types: XLARGE, scaled: {}, awake: 0 });
  });

  test('putting back fails: the update is rolled back, and the endpoint is scaled', async () => {
    const { world, stack } = await start();
    let putting = 0;
    world.inject = operation => { if (operation === 'PutScalingPolicy' && ++putting === 2) { throw failure('AccessDeniedException'); } };
    expect(await update(stack, { types: XLARGE })).toEqual(rolledBack('PutScalingPolicy: AccessDeniedException'));
    expect(scaling(world)).toEqual(scaledAs(LARGE));
  });

  test('taking away fails half-way: the update is rolled back, and all variants are scaled', async () => {
    const both = { ...LARGE, Green: 'ml.c5.large' };
    const { world, stack } = await start({ types: both });
    let deregistered = 0;
    world.inject = operation => { if (operation === 'DeregisterScalableTarget' && ++deregistered === 2) { throw failure('AccessDeniedException'); } };
    expect(await update(stack, { types: { ...XLARGE, Green: 'ml.c5.xlarge' } })).toEqual(rolledBack('DeregisterScalableTarget: AccessDeniedException'));
    expect(scaling(world)).toEqual(scaledAs(both));
  });

  test('putting back after a roll-back fails: the stack is complete, says so, and the next change mends it', async () => {
    const { world, stack, weather } = await start();
    weather.endpointUpdateFails = true;
    world.inject = operation => { if (operation === 'RegisterScalableTarget') { throw failure('AccessDeniedException'); } };
    const outcome = await update(stack, { types: XLARGE });
    expect(outcome).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', litter: [expect.stringMatching(/Sweep.*: RegisterScalableTarget: AccessDenied/)] });
    expect(scaling(world).scaled).toEqual({});
    weather.endpointUpdateFails = false;
    world.inject = () => undefined;
    expect(await update(stack, { types: XLARGE })).toEqual(worked);
    expect(scaling(world)).toEqual(scaledAs(XLARGE));
  });

  test('a snapshot that cannot be kept: nothing is taken away', async () => {
    const { world, stack } = await start();
    world.inject = operation => { if (operation === 'PutParameter') { throw failure('ValidationException', 'too long'); } };
    expect(await update(stack, { types: XLARGE })).toEqual(rolledBack('PutParameter: ValidationException'));
    expect(world.calls).not.toContain('DeregisterScalableTarget');
    expect(scaling(world)).toEqual(scaledAs(LARGE));
  });

  test('the guard comes and goes without touching the scaling', async () => {
    const { world, stack } = await start({ types: LARGE, guard: false });
    const before = world.targets.get('endpoint/churn/variant/Blue');
    expect(await update(stack, { types: LARGE })).toEqual(worked);
    expect(await update(stack, { types: LARGE, guard: false })).toEqual(worked);
    expect(world.targets.get('endpoint/churn/variant/Blue')).toBe(before);
    expect(scaling(world)).toEqual(scaledAs(LARGE));
  });

  test('a guard that comes together with the change is too late, but does no harm', async () => {
    const { world, stack } = await start({ types: LARGE, guard: false });
    expect(await update(stack, { types: XLARGE })).toEqual(rolledBack('is registered as a scalable target'));
    expect(scaling(world)).toEqual(scaledAs(LARGE));
  });

  test('with the stack all goes', async () => {
    const { world, stack } = await start();
    await update(stack, { types: XLARGE });
    expect(await stack.destroy()).toEqual({ status: 'DELETE_COMPLETE', litter: [] });
    expect([world.targets.size, world.alarms.size, world.endpoints.size]).toEqual([0, 0, 0]);
  });
});
