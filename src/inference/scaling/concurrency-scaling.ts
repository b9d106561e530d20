import { IConstruct } from 'constructs';
import { known } from './checks';
import { ConcurrencyFacts } from './facts';
import { CapacityOptions, TrackingOptions } from './scaling-options';
import { ScaledVariant, variantPlace } from './scaling-place';
import { ScalingPlan, ScalingResources, bindPlan, checkPlan, initialCapacity } from './scaling-plan';
import { Tracking, predefined } from './target-tracking';
import { Problems } from '../../core/problems';

/** Every default stands here, and only here. */
const DEFAULTS = { minCapacity: 1, utilization: 0.9 };

/**
 * Scaling by the share of the provisioned concurrency that is in use.
 */
export interface ConcurrencyScalingOptions extends CapacityOptions, TrackingOptions {
  /**
   * The share that is to be in use, greater than 0 and up to 1.
   *
   * @default 0.9
   */
  readonly utilization?: number;
}

/**
 * How the provisioned concurrency of serverless hosting changes while it runs. Without provisioned concurrency serverless hosting needs no scaling.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-autoscale.html
 *
 * @example
 * ConcurrencyScaling.onUtilization({ maxCapacity: 10 });
 */
export class ConcurrencyScaling {
  /**
   * By the share that is in use.
   *
   * @param options share, and bounds
   */
  public static onUtilization(options: ConcurrencyScalingOptions): ConcurrencyScaling {
    return new ConcurrencyScaling(options, {
      id: 'Utilization',
      targetName: 'utilization',
      target: options.utilization ?? DEFAULTS.utilization,
      options,
      metric: predefined('SageMakerVariantProvisionedConcurrencyUtilization'),
      check: (name, problems) => checkShare(`${name}.utilization`, problems, options.utilization),
    });
  }

  /**
   * Within bounds and following no metric: by schedules, by steps, or by whoever may call `sagemaker:UpdateEndpointWeightsAndCapacities`.
   *
   * @param options bounds
   */
  public static between(options: CapacityOptions): ConcurrencyScaling {
    return new ConcurrencyScaling(options);
  }

  private readonly plan: ScalingPlan;

  private constructor(options: CapacityOptions, tracking?: Tracking) {
    this.plan = {
      dimension: 'variant:DesiredProvisionedConcurrency',
      bounds: { minCapacity: options.minCapacity ?? DEFAULTS.minCapacity, maxCapacity: options.maxCapacity },
      insteadOfZero: ': serverless hosting without provisioned concurrency needs no scaling and costs nothing while nobody calls',
      options,
      tracking,
    };
  }

  /**
   * Provisioned concurrency to start with, if the program does not say: without any SageMaker scales none.
   *
   * @internal
   */
  public get _initialCapacity(): number {
    return initialCapacity(this.plan);
  }

  /** @internal */
  public _check(name: string, problems: Problems, scope: IConstruct, { initial, maxConcurrency }: ConcurrencyFacts): void {
    checkPlan(this.plan, name, problems, scope, { initial, most: { name: 'maxConcurrency', value: maxConcurrency } });
  }

  /** @internal */
  public _bind(variant: ScaledVariant): ScalingResources {
    return bindPlan(this.plan, variantPlace(variant));
  }
}

function checkShare(name: string, problems: Problems, value: number | undefined): void {
  problems.check(!known(value) || value! <= 1, `${name} must be at most 1, since it is a share and not in percent, got ${value}`);
}
