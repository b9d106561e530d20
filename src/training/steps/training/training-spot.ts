import { Duration } from 'aws-cdk-lib';
import { checkLocalPath } from './debug-hook';
import { Problems } from '../../../core/problems';
import { checkSeconds, seconds } from '../../../core/units';
import { checkUri } from '../../definition/s3-uri';

/**
 * Spare instances at a lower price, which SageMaker may take away.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-managed-spot-training.html
 */
export interface ManagedSpotTraining {
  /** How long the job may take, with the time that it waits for instances; at least as long as it may run. */
  readonly maxWait: Duration;
}

/**
 * What a training saves on its way, so that it can go on after an interruption.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-checkpoints.html
 */
export interface TrainingCheckpoints {
  /**
   * S3 URI that SageMaker keeps like the directory. With one of its own, a training goes on where that of an earlier execution ended.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Directory in the container.
   *
   * @default - what SageMaker takes, /opt/ml/checkpoints
   */
  readonly localPath?: string;
}

/**
 * `byDefault` is how long the job may run if nothing else is said.
 *
 * @internal
 */
export function checkSpot(
  name: (prop: string) => string,
  spot: ManagedSpotTraining | undefined,
  { maxRuntime, byDefault }: { maxRuntime?: Duration; byDefault: Duration },
  problems: Problems,
): void {
  if (spot === undefined) { return; }
  const runtime = maxRuntime ?? byDefault;
  checkSeconds(name('spot.maxWait'), spot.maxWait, { min: 1, max: Number.MAX_SAFE_INTEGER }, problems);
  const [wait, run] = [spot.maxWait, runtime].map(seconds);
  if (wait === undefined || run === undefined) { return; }
  const known = `${runtime.toHumanString()} (${run} seconds${maxRuntime === undefined ? ', the default' : ''})`;
  problems.check(wait >= run, `${name('spot.maxWait')} must be at least maxRuntime, which is ${known}, got ${spot.maxWait.toHumanString()} (${wait} seconds)`);
}

/** @internal */
export function checkCheckpoints(name: string, checkpoints: TrainingCheckpoints | undefined, problems: Problems): void {
  checkUri(`${name}.destination`, checkpoints?.destination, problems);
  checkLocalPath(`${name}.localPath`, checkpoints?.localPath, problems);
}

/** @internal */
export function renderCheckpoints(checkpoints: TrainingCheckpoints | undefined, defaultUri: () => string): object | undefined {
  return checkpoints && { S3Uri: checkpoints.destination ?? defaultUri(), LocalPath: checkpoints.localPath };
}
