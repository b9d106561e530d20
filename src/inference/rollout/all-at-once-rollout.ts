import { Duration } from 'aws-cdk-lib';
import { RolloutOptions } from './rollout-options';
import { DEFAULT_WAIT, RolloutStrategy } from './rollout-strategy';
import { checkExecutionTime, checkWait } from './waits';

/**
 * How all traffic goes to the new version at once.
 */
export interface AllAtOnceRolloutOptions extends RolloutOptions {
  /**
   * How long the old instances stay after the new ones have taken over, so that an alarm can turn back: up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly bake?: Duration;
}

/**
 * Blue/green in one step.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green-all-at-once.html
 *
 * @internal
 */
export function allAtOnce({ bake, maximumExecutionTime }: AllAtOnceRolloutOptions): RolloutStrategy {
  const wait = bake ?? DEFAULT_WAIT;
  return {
    name: 'allAtOnce',
    firstStep: () => ({ wait, waitName: 'bake' }),
    check(problems) {
      checkWait('bake', bake, problems);
      checkExecutionTime(maximumExecutionTime, [[2, wait]], problems);
    },
    render: () => ({
      blueGreenUpdatePolicy: {
        trafficRoutingConfiguration: { type: 'ALL_AT_ONCE', waitIntervalInSeconds: wait.toSeconds() }, // a value is required
        terminationWaitInSeconds: wait.toSeconds(),
        maximumExecutionTimeoutInSeconds: maximumExecutionTime?.toSeconds(),
      },
    }),
  };
}
