import { Duration } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';
import { minutes } from '../../core/units';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantManagedInstanceScalingScaleInPolicy.html */
const MAX_STEP = 100;
const COOLDOWN = { min: 5, max: 1440 };

/**
 * When instances are given back.
 */
export interface ConsolidationOptions {
  /**
   * Instances that may stop at a time, 1 to 100.
   *
   * @default - 1
   */
  readonly maximumStepSize?: number;

  /**
   * How long nothing must have happened to the endpoint before copies are moved, 5 minutes to a day, in whole minutes.
   *
   * @default - 20 minutes
   */
  readonly cooldown?: Duration;
}

/**
 * Which instances of an endpoint with inference components stop when they are not needed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantManagedInstanceScalingScaleInPolicy.html
 */
export class ScaleInPolicy {
  /** Those that hold no copy of any component. */
  public static idleRelease(): ScaleInPolicy {
    return new ScaleInPolicy('IDLE_RELEASE', {});
  }

  /**
   * Copies are moved together, so that more instances hold none and stop.
   *
   * @param options how fast
   */
  public static consolidation(options: ConsolidationOptions = {}): ScaleInPolicy {
    return new ScaleInPolicy('CONSOLIDATION', options);
  }

  private constructor(private readonly strategy: string, private readonly options: ConsolidationOptions) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.integer(`${name}.maximumStepSize`, this.options.maximumStepSize, 1, MAX_STEP);
    problems.integer(`${name}.cooldown (minutes)`, minutes(this.options.cooldown), COOLDOWN.min, COOLDOWN.max);
  }

  /** @internal */
  public _render(): object {
    const { maximumStepSize, cooldown } = this.options;
    return { Strategy: this.strategy, MaximumStepSize: maximumStepSize, CooldownInMinutes: cooldown?.toMinutes() };
  }
}
