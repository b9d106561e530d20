import { Duration } from 'aws-cdk-lib';
import { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What all ways to roll out have in common.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html
 */
export interface RolloutOptions {
  /**
   * Further alarms that roll an update back, in the account and Region of the endpoint; with the standard ones at most 10. They must know the
   * endpoint by a name that the program writes (`endpointName`), or be added by `endpoint.addRollbackAlarm`. SageMaker documents metric alarms only, so a composite one is a warning.
   *
   * @default - the standard alarms only
   */
  readonly alarms?: IAlarmRef[];

  /**
   * Whether the library makes alarms of its own: one for each production variant or component, on its failed calls; two for asynchronous hosting. Without
   * them `errorPercent`, `minimumCalls` and `modelLatency` would do nothing, and are an error.
   *
   * @default true
   */
  readonly standardAlarms?: boolean;

  /**
   * Failed calls that are too many for the standard alarms, in percent of all calls of a minute: to the old and the new version together. Two such
   * minutes of three roll back.
   *
   * @default 5
   */
  readonly errorPercent?: number;

  /**
   * Calls that a minute must have, or it does not count for the standard alarms. With more than 1 a single failure of a quiet endpoint rolls nothing back, but
   * a version that always fails may stay unseen.
   *
   * @default 1
   */
  readonly minimumCalls?: number;

  /**
   * Time that the container may take for 99 % of the calls. If given, a further standard alarm of each production variant or component rolls back when it takes longer in two minutes of three.
   *
   * @default - latency rolls nothing back, since what is healthy differs from model to model
   */
  readonly modelLatency?: Duration;

  /**
   * How long an update may take, 10 minutes to 8 hours and longer than all waits together.
   *
   * @default - as SageMaker chooses
   */
  readonly maximumExecutionTime?: Duration;

  /**
   * Whether an update starts with as many instances as there are at that time, and not with those that the program says.
   *
   * @default - true if something scales the endpoint
   */
  readonly retainInstanceCounts?: boolean;

  /**
   * Whether an update keeps the weights that variants have at that time, and not those that the program says.
   *
   * @default - true if something scales the endpoint and the program says no weights
   */
  readonly retainWeights?: boolean;
}
