import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentAvailabilityZoneBalance.html */
const MAX_IMBALANCE = 100;

/**
 * How the copies of a component are spread over the instances.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentSchedulingConfig.html
 */
export class ComponentPlacement {
  /**
   * Evenly over the instances, and over Availability Zones as far as there is capacity.
   *
   * @param maxImbalance how many more copies one Availability Zone may have than another, 0 to 100; 0 if left out
   */
  public static spread(maxImbalance?: number): ComponentPlacement {
    return new ComponentPlacement('SPREAD', maxImbalance);
  }

  /**
   * On as few instances as possible, spread over Availability Zones as far as there is capacity.
   *
   * @param maxImbalance how many more copies one Availability Zone may have than another, 0 to 100; 0 if left out
   */
  public static binpack(maxImbalance?: number): ComponentPlacement {
    return new ComponentPlacement('BINPACK', maxImbalance);
  }

  private constructor(private readonly strategy: string, private readonly maxImbalance?: number) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.integer(`${name}.maxImbalance`, this.maxImbalance, 0, MAX_IMBALANCE);
  }

  /**
   * As templates name it, since CDK does not know it yet.
   *
   * @internal
   */
  public _render(): object {
    const balance = { EnforcementMode: 'PERMISSIVE', MaxImbalance: this.maxImbalance };
    return { PlacementStrategy: this.strategy, AvailabilityZoneBalance: balance };
  }
}
