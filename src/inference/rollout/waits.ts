import { Duration } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';
import { checkSeconds, seconds } from '../../core/units';

/**
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BlueGreenUpdatePolicy.html,
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RollingUpdatePolicy.html
 */
const WAIT = { min: 0, max: 3600 };
const EXECUTION = { min: 600, max: 28_800 };

export function checkWait(name: string, wait: Duration | undefined, problems: Problems): void {
  checkSeconds(`rollout.${name}`, wait, WAIT, problems);
}

/** `waits` are how often which wait comes; the whole update must take longer than all of them. */
export function checkExecutionTime(maximum: Duration | undefined, waits: [number | undefined, Duration][], problems: Problems): void {
  checkSeconds('rollout.maximumExecutionTime', maximum, EXECUTION, problems);
  if (waits.some(([times, wait]) => times === undefined || wait.isUnresolved()) || maximum?.isUnresolved()) { return; }
  const sum = waits.reduce((all, [times, wait]) => all + times! * seconds(wait)!, 0);
  const limit = maximum === undefined ? EXECUTION.max : seconds(maximum)!;
  const name = maximum === undefined ? 'what SageMaker allows for an update' : 'rollout.maximumExecutionTime';
  problems.check(sum < limit, `the waits of rollout together must be shorter than ${name}, ${limit} seconds, got ${sum} seconds`);
}

/** How many steps it takes, if each is `share` percent. */
export function stepsOf(share: number | undefined): number | undefined {
  return share === undefined || share <= 0 ? undefined : Math.ceil(100 / share);
}
