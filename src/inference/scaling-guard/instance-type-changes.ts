import { GuardContext, makeScalingGuard } from './scaling-guard';

/**
 * How the instance type of a scaled variant may change.
 *
 * SageMaker refuses an update that changes the instance type of a variant that is a scalable target, or that removes such a variant, and
 * CloudFormation updates the endpoint before the scaling. Without this choice such a change takes two deployments: one without the
 * scaling of the variant, and one with the new type and the scaling again.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-scaling-update.html
 *
 * @example
 * InstanceTypeChanges.deregisterScalableTargets();
 */
export class InstanceTypeChanges {
  /**
   * In one deployment: a Lambda function takes the scaling of the variants that change away before the endpoint is updated, and puts all of
   * it back afterwards, as it was: bounds, policies, schedules, alarm actions. It does so too when the update fails and is rolled back.
   * Meanwhile nothing scales.
   *
   * Makes a function, its role and log group, a parameter that keeps what was taken away, and three custom resources. It must have been deployed
   * before the type changes: the deployment that brings it cannot know the old types.
   */
  public static deregisterScalableTargets(): InstanceTypeChanges {
    return new InstanceTypeChanges(makeScalingGuard);
  }

  private constructor(private readonly make: (context: GuardContext) => void) {}

  /** @internal */
  public _bind(context: GuardContext): void {
    this.make(context);
  }
}
