import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import { known } from './checks';
import { Problems } from '../../core/problems';

/** The least and the most capacity. */
export interface Bounds {
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

/** A change of bounds by the clock. */
export interface ScheduledBounds extends Partial<Bounds> {
  readonly scheduleName: string;
  readonly expression: string;
  readonly timeZone?: string;
  readonly startTime?: Date;
  readonly endTime?: Date;
}

/** CDK gives every expression a time zone, but Application Auto Scaling knows one for `at` and `cron` only. */
export function renderScheduledBounds(action: ScheduledBounds): CfnScalableTarget.ScheduledActionProperty {
  return {
    scheduledActionName: action.scheduleName,
    schedule: action.expression,
    timezone: action.expression.startsWith('rate(') ? undefined : action.timeZone,
    startTime: action.startTime,
    endTime: action.endTime,
    scalableTargetAction: { minCapacity: action.minCapacity, maxCapacity: action.maxCapacity },
  };
}

/** A bound that can be in force with no bound on the other side. */
export function checkContradictions(name: string, problems: Problems, usual: Bounds, actions: ScheduledBounds[]): void {
  const all: Partial<Bounds>[] = [usual, ...actions];
  const least = extreme(all.map(a => a.minCapacity), Math.min);
  const most = extreme(all.map(a => a.maxCapacity), Math.max);
  for (const { scheduleName, minCapacity, maxCapacity } of actions) {
    const of = `${name} '${scheduleName}'`;
    const tooMuch = maxCapacity === undefined && known(minCapacity, most) && minCapacity! > most!;
    problems.check(!tooMuch, `${of}: minCapacity must not exceed any maxCapacity, at most ${most}, got ${minCapacity}`);
    const tooLittle = minCapacity === undefined && known(maxCapacity, least) && maxCapacity! < least!;
    problems.check(!tooLittle, `${of}: maxCapacity must not be less than any minCapacity, at least ${least}, got ${maxCapacity}`);
  }
}

/** Undefined where a token makes it unknown. */
function extreme(values: (number | undefined)[], choose: (...values: number[]) => number): number | undefined {
  const given = values.filter((v): v is number => v !== undefined);
  return known(...given) ? choose(...given) : undefined;
}
