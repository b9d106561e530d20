import { Token } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { IConstruct } from 'constructs';
import { known, ordered, wholeFrom } from './checks';
import { ScalingOptions } from './scaling-options';
import { ScalingPlace } from './scaling-place';
import { Bounds, ScheduledBounds, checkContradictions, renderScheduledBounds } from './scheduled-bounds';
import { Tracking, checkTracking, makeTracking } from './target-tracking';
import { WakeUp, makeWakeUp } from './wake-up';
import { Problems } from '../../core/problems';
import { warnOfTimeZone } from '../../delivery/schedule-expression';

/** What no scaling can have more of. https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-quotas.html */
const MAX_POLICIES = 50;
const MAX_SCHEDULED = 200;

/** What all scalings are made of, whatever they scale. */
export interface ScalingPlan {
  readonly dimension: 'variant:DesiredInstanceCount' | 'variant:DesiredProvisionedConcurrency' | 'inference-component:DesiredCopyCount';
  readonly bounds: Bounds;
  readonly options: ScalingOptions;
  readonly tracking?: Tracking;
  /** Only for what can go down to zero. */
  readonly wakeUp?: WakeUp;
  /** Said of a bound of zero by what cannot go down to it. */
  readonly insteadOfZero?: string;
}

/** A number beside the scaling that it must respect. */
export interface Limit {
  /** How the property is called. */
  readonly name: string;
  readonly value: number;
}

/** What the scaling must respect. */
export interface Limits {
  /** What the variant or component starts with; left out if the program leaves it to the scaling. */
  readonly initial?: Limit;
  /** The most that there can be at all. */
  readonly most?: Limit;
}

/** The resources, for who must change or wait for them. */
export interface ScalingResources {
  readonly target: CfnScalableTarget;
  readonly policies: CfnScalingPolicy[];
}

/** What a variant or component starts with if the program leaves it to the scaling: none can start with zero. */
export function initialCapacity({ bounds: { minCapacity } }: ScalingPlan): number {
  return Token.isUnresolved(minCapacity) ? minCapacity : Math.max(1, minCapacity);
}

export function checkPlan(plan: ScalingPlan, name: string, problems: Problems, scope: IConstruct, { initial, most }: Limits): void {
  const { bounds, options: { schedules = [], steps = [] }, tracking, wakeUp, insteadOfZero } = plan;
  const least = wakeUp === undefined ? 1 : 0;
  wholeFrom(problems, `${name}.minCapacity`, bounds.minCapacity, least, insteadOfZero);
  wholeFrom(problems, `${name}.maxCapacity`, bounds.maxCapacity, 1);
  ordered(problems, 'minCapacity', bounds.minCapacity, `${name}.maxCapacity`, bounds.maxCapacity);
  if (initial !== undefined) { ordered(problems, initial.name, initial.value, `${name}.maxCapacity`, bounds.maxCapacity); }
  if (most !== undefined) { checkMost(plan, name, problems, most); }
  if (tracking !== undefined) { checkTracking(name, problems, scope, tracking); }
  schedules.forEach((s, i) => s._check(`${name}.schedules[${i}]`, problems, bounds, least, insteadOfZero));
  problems.unique(`names of ${name}.schedules`, scheduled(plan).map(a => a.scheduleName));
  checkContradictions(`${name}.schedules`, problems, bounds, scheduled(plan));
  problems.count(`scheduled actions of ${name}.schedules`, scheduled(plan), 0, MAX_SCHEDULED);
  const others = [tracking !== undefined, wakeUp !== undefined && reachesZero(plan)].filter(made => made).length;
  problems.count(`${name}.steps`, steps, 0, MAX_POLICIES - others);
  steps.forEach((s, i) => s._check(`${name}.steps[${i}]`, problems, scope));
  problems.unique(`names of ${name}.steps`, steps.map(s => s._name));
}

function checkMost(plan: ScalingPlan, name: string, problems: Problems, most: Limit): void {
  const all = [{ of: `${name}.maxCapacity`, ...plan.bounds }, ...scheduled(plan).map(a => ({ of: `${name}.schedules '${a.scheduleName}': maxCapacity`, ...a }))];
  for (const { of, maxCapacity } of all.filter(b => known(b.maxCapacity, most.value))) {
    problems.check(maxCapacity! <= most.value, `${of} must be at most ${most.name}, ${most.value}, got ${maxCapacity}`);
  }
}

export function bindPlan(plan: ScalingPlan, place: ScalingPlace): ScalingResources {
  const { dimension, bounds, options, tracking, wakeUp } = plan;
  const actions = scheduled(plan).map(renderScheduledBounds);
  [...new Set(actions.map(a => a.timezone))].forEach(zone => warnOfTimeZone(place.scope, zone));
  const target = new CfnScalableTarget(place.scope, 'Target', {
    ...bounds,
    serviceNamespace: 'sagemaker',
    scalableDimension: `sagemaker:${dimension}`,
    resourceId: place.resourceId,
    scheduledActions: actions.length > 0 ? actions : undefined,
  });
  if (place.after !== undefined) { target.node.addDependency(place.after); }
  const policies = [
    ...tracking === undefined ? [] : [makeTracking(tracking, place, target.ref)],
    ...wakeUp !== undefined && reachesZero(plan) ? [makeWakeUp(wakeUp, place, target.ref)] : [],
    ...(options.steps ?? []).map(s => s._bind(place.scope, target.ref)),
  ];
  return { target, policies };
}

/** Whether nothing may run at some time; a token may be zero. */
export function reachesZero(plan: ScalingPlan): boolean {
  const all = [plan.bounds, ...scheduled(plan)].map(b => b.minCapacity);
  return all.some(min => min === 0 || Token.isUnresolved(min));
}

function scheduled({ bounds, options }: ScalingPlan): ScheduledBounds[] {
  return (options.schedules ?? []).flatMap(s => s._actions(bounds));
}
