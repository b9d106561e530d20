import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ordered, wholeFrom } from './checks';
import { OfficeHoursOptions, checkOfficeHours, officeHours } from './office-hours';
import { Bounds, ScheduledBounds } from './scheduled-bounds';
import { Problems } from '../../core/problems';
import { checkExpression } from '../../delivery/schedule-expression';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html */
const NAME = /^(?! )[^\u0000-\u001f\u007f-\u009f:/|]{1,256}(?<! )$/;

/**
 * Bounds from a time on, until another schedule changes them. At least one bound is needed; one that is left out stays as it is.
 */
export interface CapacityScheduleOptions {
  /** When, and in which time zone; a rate has no time zone. */
  readonly schedule: ScheduleExpression;

  /**
   * The least capacity from then on.
   *
   * @default - as it was before
   */
  readonly minCapacity?: number;

  /**
   * The most capacity from then on.
   *
   * @default - as it was before
   */
  readonly maxCapacity?: number;

  /**
   * Time before which the schedule does nothing.
   *
   * @default - from the deployment on
   */
  readonly startTime?: Date;

  /**
   * Time after which the schedule does nothing.
   *
   * @default - for ever
   */
  readonly endTime?: Date;
}

/**
 * Changes the bounds of a scaling by the clock.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export class CapacitySchedule {
  /**
   * One change of bounds, once or again and again.
   *
   * @param scheduleName name of the scheduled action, unique in a scaling: up to 256 characters, none of `:`, `/` and `|`
   * @param options when, and which bounds
   */
  public static of(scheduleName: string, options: CapacityScheduleOptions): CapacitySchedule {
    const { schedule, ...rest } = options;
    const at = { scheduleName, expression: schedule.expressionString, timeZone: schedule.timeZone?.timezoneName };
    return new CapacitySchedule(() => [{ ...rest, ...at }], (name, problems) => checkExpression(`${name}.schedule`, schedule, problems));
  }

  /**
   * Two changes a day: more from the opening on, and the usual bounds of the scaling, or those given here, from the closing on.
   *
   * @param options which hours of which days, and which bounds
   */
  public static officeHours(options: OfficeHoursOptions): CapacitySchedule {
    return new CapacitySchedule(usual => officeHours(options, usual), (name, problems) => checkOfficeHours(name, problems, options));
  }

  private constructor(
    /** @internal */
    public readonly _actions: (usual: Bounds) => ScheduledBounds[],
    private readonly checkOptions: (name: string, problems: Problems) => void,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems, usual: Bounds, least: number, otherwise?: string): void {
    this.checkOptions(name, problems);
    for (const { scheduleName, minCapacity, maxCapacity, startTime, endTime } of this._actions(usual)) {
      const of = `${name} '${scheduleName}'`;
      problems.pattern(`the name of ${name}`, scheduleName, NAME, 'be 1 to 256 characters, none of :, / and |, with no space at either end');
      problems.check(minCapacity !== undefined || maxCapacity !== undefined, `${of} must have minCapacity or maxCapacity, got neither`);
      wholeFrom(problems, `${of}: minCapacity`, minCapacity, least, otherwise);
      wholeFrom(problems, `${of}: maxCapacity`, maxCapacity, least, otherwise);
      ordered(problems, 'minCapacity', minCapacity, `${of}: maxCapacity`, maxCapacity);
      const inOrder = startTime === undefined || endTime === undefined || startTime < endTime;
      problems.check(inOrder, `${of}: endTime must be after startTime, got ${endTime?.toISOString()} and ${startTime?.toISOString()}`);
    }
  }
}
