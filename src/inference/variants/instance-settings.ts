import { Duration, Size } from 'aws-cdk-lib';
import { CapacityReservation } from './capacity-reservation';
import { InferenceAmiVersion } from './inference-ami-version';
import { RoutingStrategy } from './routing';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { S3Prefix } from '../../storage/s3-prefix';

/**
 * The instances that answer requests, and how they start.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
 */
export interface InstanceSettings {
  /**
   * Type of the instances. Exclusive with `instancePools`.
   *
   * @default MlInstanceType.M5_LARGE
   */
  readonly instanceType?: MlInstanceType;

  /**
   * Types of instances to try, the best first, 1 to 5: where one has no capacity, the next is taken. Exclusive with `instanceType`.
   *
   * @default - one type
   */
  readonly instancePools?: MlInstanceType[];

  /**
   * Number of instances, 1 to 10,000. From 2 on they are spread over Availability Zones; one is the cheapest. Where it is scaled, this is the
   * number of the first deployment; updates keep what there is.
   *
   * @default - 1, or the minimum of the scaling if that is more
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 512 GiB. Instances with disks of their own have none.
   *
   * @default - as SageMaker chooses for the instance type
   */
  readonly volumeSize?: Size;

  /**
   * How long a container may take until it answers its first health check, 1 to 60 minutes.
   *
   * @default - as SageMaker chooses
   */
  readonly containerStartupTimeout?: Duration;

  /**
   * How long an instance may take to download and unpack the model, 1 to 60 minutes.
   *
   * @default - as SageMaker chooses
   */
  readonly modelDownloadTimeout?: Duration;

  /**
   * How long SageMaker tries to get instances where there is no capacity, 5 to 60 minutes.
   *
   * @default - as SageMaker chooses
   */
  readonly instanceProvisionTimeout?: Duration;

  /**
   * Machine image of instances with accelerators.
   *
   * @default - as SageMaker chooses
   */
  readonly inferenceAmiVersion?: InferenceAmiVersion;

  /**
   * Which instance gets a request.
   *
   * @default RoutingStrategy.LEAST_OUTSTANDING_REQUESTS
   */
  readonly routing?: RoutingStrategy;

  /**
   * Whether containers may be entered by AWS Systems Manager, which is a warning: whoever may start sessions sees requests and model.
   *
   * @default false
   */
  readonly ssmAccess?: boolean;

  /**
   * Where core dumps go when the process of a container crashes; they may hold requests.
   *
   * @default - core dumps are not kept
   */
  readonly coreDumps?: S3Prefix;

  /**
   * Capacity that was reserved before.
   *
   * @default - instances on demand
   */
  readonly capacityReservation?: CapacityReservation;
}
