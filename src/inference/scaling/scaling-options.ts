import { Duration } from 'aws-cdk-lib';
import { CapacitySchedule } from './capacity-schedule';
import { CapacitySteps } from './capacity-steps';

/**
 * What every scaling can be told.
 *
 * Scaling works with the service-linked role `AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`, which Application Auto Scaling makes
 * with the first target of an account. The role that deploys needs `iam:CreateServiceLinkedRole` for `sagemaker.application-autoscaling.amazonaws.com`,
 * `application-autoscaling:*`, `cloudwatch:PutMetricAlarm`, `cloudwatch:DescribeAlarms`, `cloudwatch:DeleteAlarms`, `sagemaker:DescribeEndpoint`,
 * `sagemaker:DescribeEndpointConfig` and `sagemaker:UpdateEndpointWeightsAndCapacities`; for copies `sagemaker:DescribeInferenceComponent` and
 * `sagemaker:UpdateInferenceComponentRuntimeConfig` as well.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-prerequisites.html
 */
export interface ScalingOptions {
  /**
   * Other bounds at other times; their names must differ.
   *
   * @default - the same bounds all the time
   */
  readonly schedules?: CapacitySchedule[];

  /**
   * Changes of the capacity by steps when metrics leave their bounds, beside everything else that scales; their names must differ.
   *
   * @default - none
   */
  readonly steps?: CapacitySteps[];
}

/**
 * The bounds within which something is scaled.
 */
export interface CapacityOptions extends ScalingOptions {
  /**
   * The least capacity, at least 1; copies of an inference component may go down to 0.
   *
   * @default 1
   */
  readonly minCapacity?: number;

  /** The most capacity, at least 1 and not less than what the variant starts with. */
  readonly maxCapacity: number;
}

/**
 * How eagerly a metric is followed.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export interface TrackingOptions {
  /**
   * Time to wait after capacity was taken away before more is taken, in whole seconds. Not with `disableScaleIn`.
   *
   * @default Duration.minutes(5)
   */
  readonly scaleInCooldown?: Duration;

  /**
   * Time to wait for capacity that was added before more is added, in whole seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * Whether following the metric only adds capacity, and never takes it away.
   *
   * @default false
   */
  readonly disableScaleIn?: boolean;
}
