import { Duration } from 'aws-cdk-lib';
import { FleetPart } from './fleet-part';
import { RolloutOptions } from './rollout-options';
import { DEFAULT_WAIT, RolloutStrategy } from './rollout-strategy';
import { checkExecutionTime, checkWait, stepsOf } from './waits';
import { Problems } from '../../core/problems';
import { Fleet } from '../hosting/hosting-kind';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RollingUpdatePolicy.html */
const BATCH = { min: 5, max: 50 };
const ROLLBACK = { min: 1, max: 100 };

const DEFAULT_PERCENT = 25;

/** All at once, which is also what SageMaker does if nothing is said. */
const DEFAULT_ROLLBACK_PERCENT = 100;

/**
 * How instances are replaced batch by batch.
 */
export interface RollingRolloutOptions extends RolloutOptions {
  /**
   * Size of a batch, 5 to 50 % of the instances.
   *
   * @default - 25, unless `instances` is given
   */
  readonly batchPercent?: number;

  /**
   * Size of a batch in instances: 5 to 50 % of them.
   *
   * @default - `batchPercent` says it
   */
  readonly instances?: number;

  /**
   * How long the alarms are watched after each batch, up to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;

  /**
   * Size of a batch of the way back, 1 to 100 % of the instances.
   *
   * @default - all of the old instances at once
   */
  readonly rollbackPercent?: number;

  /**
   * Size of a batch of the way back, in instances.
   *
   * @default - `rollbackPercent` says it
   */
  readonly rollbackInstances?: number;
}

/**
 * Batches of instances.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-rolling.html
 *
 * @internal
 */
export function rolling(options: RollingRolloutOptions): RolloutStrategy {
  const { batchPercent, instances, interval, rollbackPercent, rollbackInstances, maximumExecutionTime } = options;
  const batch = new FleetPart({ percentName: 'rollout.batchPercent', percent: batchPercent, instancesName: 'rollout.instances', instances, otherwise: DEFAULT_PERCENT });
  const back = new FleetPart({
    percentName: 'rollout.rollbackPercent',
    percent: rollbackPercent,
    instancesName: 'rollout.rollbackInstances',
    instances: rollbackInstances,
    otherwise: DEFAULT_ROLLBACK_PERCENT,
  });
  const wait = interval ?? DEFAULT_WAIT;
  return {
    name: 'rolling',
    components: { wait, batchPercent, maximumExecutionTime },
    firstStep: () => ({ wait, waitName: 'interval' }),
    check(problems, fleet) {
      checkAble(problems, fleet);
      batch.check(problems, fleet, BATCH);
      back.check(problems, fleet, ROLLBACK);
      checkWait('interval', interval, problems);
      checkExecutionTime(maximumExecutionTime, [[stepsOf(batch.shareOf(fleet)), wait]], problems);
    },
    render: () => ({
      rollingUpdatePolicy: {
        maximumBatchSize: batch.render(),
        waitIntervalInSeconds: wait.toSeconds(),
        maximumExecutionTimeoutInSeconds: maximumExecutionTime?.toSeconds(),
        rollbackMaximumBatchSize: rollbackPercent === undefined && rollbackInstances === undefined ? undefined : back.render(),
      },
    }),
  };
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-exclusions.html */
function checkAble(problems: Problems, { serverless, variants }: Fleet): void {
  problems.check(!serverless, 'a serverless endpoint has no instances to replace one by one: take Rollout.allAtOnce instead of Rollout.rolling');
  problems.check(variants.length < 2, `an endpoint with ${variants.length} variants cannot roll: take Rollout.canary or Rollout.linear instead of Rollout.rolling`);
}
