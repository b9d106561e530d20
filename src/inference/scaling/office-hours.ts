import { TimeZone, Token } from 'aws-cdk-lib';
import { Bounds, ScheduledBounds } from './scheduled-bounds';
import { Problems } from '../../core/problems';
import { checkWeekDays } from '../../delivery/schedule-expression';

/** Every default stands here, and only here. */
const DEFAULTS = { days: 'MON-FRI', scheduleName: 'OfficeHours' };

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Hours of the day in which there is more capacity.
 */
export interface OfficeHoursOptions {
  /** Time zone of the hours; summer time is followed. */
  readonly timeZone: TimeZone;

  /** When the hours begin, as `08:00`; known at synth. */
  readonly opens: string;

  /** When they end, as `18:00`, later on the same day; known at synth. */
  readonly closes: string;

  /** The least capacity in these hours. */
  readonly minCapacity: number;

  /**
   * The most capacity in these hours.
   *
   * @default - the maxCapacity of the scaling
   */
  readonly maxCapacity?: number;

  /**
   * The least capacity outside of these hours.
   *
   * @default - the minCapacity of the scaling
   */
  readonly closedMinCapacity?: number;

  /**
   * The most capacity outside of these hours. With 0, where it is allowed, nothing runs until the next opening, whatever comes.
   *
   * @default - the maxCapacity of the scaling
   */
  readonly closedMaxCapacity?: number;

  /**
   * Days of the week, as `MON-FRI` or `MON,WED,SAT`.
   *
   * @default 'MON-FRI'
   */
  readonly days?: string;

  /**
   * Begins the names of the two scheduled actions, `OfficeHoursOpen` and `OfficeHoursClosed`.
   *
   * @default 'OfficeHours'
   */
  readonly scheduleName?: string;
}

/**
 * What must hold beyond what holds for any schedule.
 *
 * @internal
 */
export function checkOfficeHours(name: string, problems: Problems, { opens, closes, days }: OfficeHoursOptions): void {
  problems.pattern(`${name}.opens`, opens, TIME, "look like '08:00'");
  problems.pattern(`${name}.closes`, closes, TIME, "look like '18:00'");
  for (const [prop, time] of Object.entries({ opens, closes })) {
    problems.check(!Token.isUnresolved(time), `${name}.${prop} must be known at synth, since a schedule has hours and minutes apart`);
  }
  checkWeekDays(`${name}.days`, days, problems);
  const readable = [opens, closes].every(time => TIME.test(time)); // anything else is told of above, and tokens cannot be compared
  problems.check(!readable || opens < closes, `${name}.closes must be later than opens, got ${closes} and ${opens}`);
}

/**
 * Both actions set both bounds, so that each undoes the other.
 *
 * @internal
 */
export function officeHours(options: OfficeHoursOptions, usual: Bounds): ScheduledBounds[] {
  const name = options.scheduleName ?? DEFAULTS.scheduleName;
  const timeZone = options.timeZone.timezoneName;
  const at = (time: string) => {
    const [hour, minute] = time.split(':').map(Number);
    return `cron(${minute} ${hour} ? * ${options.days ?? DEFAULTS.days} *)`;
  };
  return [{
    scheduleName: `${name}Open`,
    expression: at(options.opens),
    timeZone,
    minCapacity: options.minCapacity,
    maxCapacity: options.maxCapacity ?? usual.maxCapacity,
  }, {
    scheduleName: `${name}Closed`,
    expression: at(options.closes),
    timeZone,
    minCapacity: options.closedMinCapacity ?? usual.minCapacity,
    maxCapacity: options.closedMaxCapacity ?? usual.maxCapacity,
  }];
}
