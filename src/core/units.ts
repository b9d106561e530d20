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

/** `duration` is so many whole seconds. */
export function checkSeconds(name: string, duration: Duration | undefined, { min, max }: { min: number; max: number }, problems: Problems): void {
  problems.integer(`${name} (seconds)`, seconds(duration), min, max);
}

function known(duration: Duration | undefined): Duration | undefined {
  return duration?.isUnresolved() ? undefined : duration;
}
