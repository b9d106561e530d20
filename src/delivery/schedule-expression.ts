import { Token, Validations } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { checkCron, DAY_OF_WEEK, HOURS, MINUTES, valuesOf } from './cron-fields';
import { Problems } from '../core/problems';

/** EventBridge Scheduler and Application Auto Scaling take the same. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const EXPRESSION = /^(?:at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)|rate\(([1-9]\d*) (minute|hour|day)s?\)|cron\(\s*(\S+(?:\s+\S+){5})\s*\))$/;

/** Jobs need minutes before they begin, and the shortest billed steps some more: what starts more often runs beside itself. */
const FREQUENT_MINUTES = 10;

const UNIT_MINUTES: Record<string, number> = { minute: 1, hour: 60, day: 24 * 60 };

/** CDK takes any text for an expression. */
export function checkExpression(name: string, { expressionString: text }: ScheduleExpression, problems: Problems): void {
  problems.pattern(name, text, EXPRESSION, "look like 'rate(7 days)', 'cron(0 3 * * ? *)' or 'at(2030-01-31T03:00:00)'");
  if (Token.isUnresolved(text)) { return; }
  const [, moment, , , fields] = EXPRESSION.exec(text) ?? [];
  problems.check(moment === undefined || isMoment(moment), `${name} must name a moment that there is, got '${text}'`);
  if (fields !== undefined) { checkCron(`${name}, '${text}',`, fields.split(/\s+/), problems); }
}

/** Days of the week as they stand in a cron expression. */
export function checkWeekDays(name: string, text: string | undefined, problems: Problems): void {
  if (text === undefined || Token.isUnresolved(text)) { return; }
  const ok = text.split(',').every(part => /^[A-Z]{3}(-[A-Z]{3})?$/.test(part) && valuesOf(DAY_OF_WEEK, part) !== undefined);
  problems.check(ok, `${name} must look like 'MON-FRI' or 'MON,WED,SAT', got '${text}'`);
}

/** Says that a pipeline or a job is started before the last one can have ended. */
export function warnOfFrequent(scope: Construct, { expressionString: text }: ScheduleExpression): void {
  const gap = shortestGap(text);
  if (gap === undefined || gap >= FREQUENT_MINUTES) { return; }
  const often = gap === 1 ? 'every minute' : `every ${gap} minutes`;
  Validations.of(scope).addWarning('cdk-ml-patterns:frequentSchedule',
    `'${text}' starts ${often} at times, before jobs of the last start can have ended: take ${FREQUENT_MINUTES} minutes or more; a cron without minutes means each of them.`);
}

/** A warning only, since each machine has a table of its own, and AWS another. */
export function warnOfTimeZone(scope: Construct, zone: string | undefined): void {
  if (zone === undefined || Token.isUnresolved(zone) || isTimeZone(zone)) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:timeZoneUnknown', `No time zone is called '${zone}' in the table of this machine: take a name of IANA's, like 'Europe/Vienna'.`);
}

/** Minutes from one start to the next on the same day, as few as they get; undefined if there is one a day, or it is not known. */
function shortestGap(text: string): number | undefined {
  const [, , number, unit, fields] = Token.isUnresolved(text) ? [] : EXPRESSION.exec(text) ?? [];
  if (number !== undefined) { return Number(number) * UNIT_MINUTES[unit]; }
  if (fields === undefined) { return undefined; }
  const [minutes, hours] = fields.split(/\s+/);
  const all = (field: typeof HOURS, list: string) => list.split(',').flatMap(part => valuesOf(field, part) ?? []);
  const starts = [...new Set(all(HOURS, hours).flatMap(hour => all(MINUTES, minutes).map(minute => 60 * hour + minute)))].sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, i) => start - starts[i]);
  return gaps.length === 0 ? undefined : Math.min(...gaps);
}

/** That a moment is past is not for the program to say, which has no clock. */
function isMoment(text: string): boolean {
  const date = new Date(`${text}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Offsets are no names, though JavaScript takes some. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) { return false; }
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
