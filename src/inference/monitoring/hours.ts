import { Duration, Tokenization } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';

/** What is captured is filed by the hour, so nothing finer makes sense. */
export function checkHours(name: string, duration: Duration | undefined, problems: Problems): void {
  problems.integer(`${name} (hours)`, duration && hours(duration), 0, Number.MAX_SAFE_INTEGER);
}

/** So much before the time of a run. https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-schedule.html */
export function before(duration: Duration | undefined): string | undefined {
  return duration && `-PT${Tokenization.stringifyNumber(hours(duration))}H`;
}

/** Parts of an hour stay parts, for the check to find. */
export function hours(duration: Duration): number {
  return duration.toHours({ integral: false });
}
