import { Duration } from 'aws-cdk-lib';
import { FleetPart } from './fleet-part';
import { RolloutOptions } from './rollout-options';
import { DEFAULT_WAIT, RolloutStrategy } from './rollout-strategy';
import { checkExecutionTime, checkWait, stepsOf } from './waits';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TrafficRoutingConfig.html */
const STEP = { min: 10, max: 50 };

const DEFAULT_PERCENT = 20;

/**
 * How the traffic goes to the new version in equal steps.
 */
export interface LinearRolloutOptions extends RolloutOptions {
  /**
   * Size of a step, 10 to 50 % of the new instances of each variant.
   *
   * @default - 20, unless `instances` is given
   */
  readonly stepPercent?: number;

  /**
   * Size of a step in instances: 10 to 50 % of those of each variant.
   *
   * @default - `stepPercent` says it
   */
  readonly instances?: number;

  /**
   * How long the alarms are watched after each step, up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;

  /**
   * How long the old instances stay after the last step, so that an alarm can still turn back: up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationWait?: Duration;
}

/**
 * Blue/green in many steps.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green-linear.html
 *
 * @internal
 */
export function linear({ stepPercent, instances, interval, terminationWait, maximumExecutionTime }: LinearRolloutOptions): RolloutStrategy {
  const size = new FleetPart({ percentName: 'rollout.stepPercent', percent: stepPercent, instancesName: 'rollout.instances', instances, otherwise: DEFAULT_PERCENT });
  const wait = interval ?? DEFAULT_WAIT;
  const end = terminationWait ?? DEFAULT_WAIT;
  return {
    name: 'linear',
    firstStep: () => ({ wait, waitName: 'interval' }),
    check(problems, fleet) {
      size.check(problems, fleet, STEP);
      checkWait('interval', interval, problems);
      checkWait('terminationWait', terminationWait, problems);
      checkExecutionTime(maximumExecutionTime, [[stepsOf(size.shareOf(fleet)), wait], [1, end]], problems);
    },
    render: () => ({
      blueGreenUpdatePolicy: {
        trafficRoutingConfiguration: { type: 'LINEAR', linearStepSize: size.render(), waitIntervalInSeconds: wait.toSeconds() },
        terminationWaitInSeconds: end.toSeconds(),
        maximumExecutionTimeoutInSeconds: maximumExecutionTime?.toSeconds(),
      },
    }),
  };
}
