import { Duration, Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { Problems } from './problems';

/** As SageMaker counts sizes; a part of one is left to the check. */
export function gibibytes(size: Size): number;
export function gibibytes(size: Size | undefined): number | undefined;
export function gibibytes(size: Size | undefined): number | undefined {
  return size?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** As SageMaker counts sizes; a part of one is left to the check. */
export function mebibytes(size: Size): number;
export function mebibytes(size: Size | undefined): number | undefined;
export function mebibytes(size: Size | undefined): number | undefined {
  return size?.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** For checks: undefined if it is only known at deployment; a part of a second is left to the check. */
export function seconds(duration: Duration | undefined): number | undefined {
  return known(duration)?.toSeconds({ integral: false });
}

/** For checks: undefined if it is only known at deployment; a part of a minute is left to the check. */
export function minutes(duration: Duration | undefined): number | undefined {
  return known(duration)?.toMinutes({ integral: false });
}

/** For checks: undefined if it is only known at deployment; a part of an hour is left to the check. */
export function hours(duration: Duration | undefined): number | undefined {
  return known(duration)?.toHours({ integral: false });
}

/** For templates: whole, if it was checked; undefined for a token in another unit, which the check refuses and CDK cannot convert. */
export function inSeconds(duration: Duration): number;
export function inSeconds(duration: Duration | undefined): number | undefined;
export function inSeconds(duration: Duration | undefined): number | undefined {
  return isOtherUnit(duration, 'seconds') ? undefined : duration?.toSeconds({ integral: false });
}

/** The same in minutes. */
export function inMinutes(duration: Duration | undefined): number | undefined {
  return isOtherUnit(duration, 'minutes') ? undefined : duration?.toMinutes({ integral: false });
}

/** The same in milliseconds. */
export function inMillis(duration: Duration | undefined): number | undefined {
  return isOtherUnit(duration, 'millis') ? undefined : duration?.toMilliseconds({ integral: false });
}

/** `duration` is so many whole seconds. */
export function checkSeconds(name: string, duration: Duration | undefined, { min, max }: { min: number; max: number }, problems: Problems): void {
  checkUnit(name, duration, 'seconds', problems);
  problems.integer(`${name} (seconds)`, inSeconds(duration), min, max);
}

/** `duration` is so many whole minutes. */
export function checkMinutes(name: string, duration: Duration | undefined, { min, max }: { min: number; max: number }, problems: Problems): void {
  checkUnit(name, duration, 'minutes', problems);
  problems.integer(`${name} (minutes)`, inMinutes(duration), min, max);
}

/** What is only known at deployment is in the unit in which it is needed. */
export function checkUnit(name: string, duration: Duration | undefined, unit: 'millis' | 'seconds' | 'minutes', problems: Problems): void {
  problems.check(!isOtherUnit(duration, unit),
    `${name} must be made by Duration.${unit}(…), since its value is only known later and cannot be converted, got Duration.${duration?.unitLabel()}(…)`);
}

function isOtherUnit(duration: Duration | undefined, unit: string): boolean {
  return duration !== undefined && duration.isUnresolved() && duration.unitLabel() !== unit;
}

function known(duration: Duration | undefined): Duration | undefined {
  return duration?.isUnresolved() ? undefined : duration;
}
