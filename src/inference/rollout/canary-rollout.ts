import { Duration } from 'aws-cdk-lib';
import { FleetPart } from './fleet-part';
import { RolloutOptions } from './rollout-options';
import { DEFAULT_WAIT, RolloutStrategy } from './rollout-strategy';
import { checkExecutionTime, checkWait } from './waits';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TrafficRoutingConfig.html */
const CANARY = { min: 1, max: 50 };

const DEFAULT_PERCENT = 10;

/**
 * How a small part of the traffic tries the new version before the rest follows.
 */
export interface CanaryRolloutOptions extends RolloutOptions {
  /**
   * Size of the canary, 1 to 50 % of the new instances of each variant.
   *
   * @default - 10, unless `instances` is given
   */
  readonly percent?: number;

  /**
   * Size of the canary in instances: at most half of those of each variant.
   *
   * @default - `percent` says it
   */
  readonly instances?: number;

  /**
   * How long only the canary gets traffic, up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly bake?: Duration;

  /**
   * How long the old instances stay after the new ones have taken over, so that an alarm can still turn back: up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationWait?: Duration;
}

/**
 * Blue/green in two steps.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green-canary.html
 *
 * @internal
 */
export function canary({ percent, instances, bake, terminationWait, maximumExecutionTime }: CanaryRolloutOptions): RolloutStrategy {
  const size = new FleetPart({ percentName: 'rollout.percent', percent, instancesName: 'rollout.instances', instances, otherwise: DEFAULT_PERCENT });
  const wait = bake ?? DEFAULT_WAIT;
  const end = terminationWait ?? DEFAULT_WAIT;
  return {
    name: 'canary',
    firstStep: fleet => ({ wait, waitName: 'bake', alone: size.shareOf(fleet) }),
    check(problems, fleet) {
      size.check(problems, fleet, CANARY);
      checkWait('bake', bake, problems);
      checkWait('terminationWait', terminationWait, problems);
      checkExecutionTime(maximumExecutionTime, [[1, wait], [1, end]], problems);
    },
    render: () => ({
      blueGreenUpdatePolicy: {
        trafficRoutingConfiguration: { type: 'CANARY', canarySize: size.render(), waitIntervalInSeconds: wait.toSeconds() },
        terminationWaitInSeconds: end.toSeconds(),
        maximumExecutionTimeoutInSeconds: maximumExecutionTime?.toSeconds(),
      },
    }),
  };
}
