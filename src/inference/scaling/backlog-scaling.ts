import { IConstruct } from 'constructs';
import { InstanceFacts, checkBurstable } from './facts';
import { ScalingOptions, TrackingOptions } from './scaling-options';
import { ScaledVariant, variantPlace } from './scaling-place';
import { ScalingPlan, ScalingResources, bindPlan, checkPlan, initialCapacity } from './scaling-plan';
import { Problems } from '../../core/problems';

/** Every default stands here, and only here. The target is AWS's own example. */
const DEFAULTS = { perInstance: 5, minCapacity: 0, maxCapacity: 1 };

/**
 * Scaling by the number of requests that wait.
 */
export interface BacklogScalingOptions extends ScalingOptions, TrackingOptions {
  /**
   * Requests that wait or are worked on, for each instance, greater than 0.
   *
   * @default 5
   */
  readonly perInstance?: number;

  /**
   * The least number of instances. With 0 nothing runs, or costs, while there are no requests; the first request waits until an instance is up.
   *
   * @default 0
   */
  readonly minCapacity?: number;

  /**
   * The most instances, at least 1.
   *
   * @default 1
   */
  readonly maxCapacity?: number;
}

/**
 * How the number of instances of asynchronous hosting changes while it runs: by the requests that wait. Where there may be no instance, an alarm
 * and a policy start the first one for the first request; requests wait meanwhile, and none is lost.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-autoscale.html
 *
 * @example
 * BacklogScaling.onBacklog({ perInstance: 10, maxCapacity: 4 });
 */
export class BacklogScaling {
  /**
   * By the requests that wait for each instance.
   *
   * @param options requests for each instance, and bounds
   */
  public static onBacklog(options: BacklogScalingOptions = {}): BacklogScaling {
    return new BacklogScaling(options);
  }

  private readonly plan: ScalingPlan;

  private constructor(options: BacklogScalingOptions) {
    this.plan = {
      dimension: 'variant:DesiredInstanceCount',
      bounds: { minCapacity: options.minCapacity ?? DEFAULTS.minCapacity, maxCapacity: options.maxCapacity ?? DEFAULTS.maxCapacity },
      wakeUp: { metricName: 'HasBacklogWithoutCapacity', statistic: 'Average', meanwhile: 'wait' },
      options,
      tracking: {
        id: 'Backlog',
        targetName: 'perInstance',
        target: options.perInstance ?? DEFAULTS.perInstance,
        options,
        metric: ({ dimension }) => ({
          customizedMetricSpecification: {
            namespace: 'AWS/SageMaker',
            metricName: 'ApproximateBacklogSizePerInstance',
            dimensions: [dimension], // of the endpoint only: the metric has no variant
            statistic: 'Average',
          },
        }),
      },
    };
  }

  /**
   * Number of instances to start with, if the program does not say.
   *
   * @internal
   */
  public get _initialCapacity(): number {
    return initialCapacity(this.plan);
  }

  /** @internal */
  public _check(name: string, problems: Problems, scope: IConstruct, facts: InstanceFacts): void {
    checkPlan(this.plan, name, problems, scope, facts);
    checkBurstable(name, problems, facts);
  }

  /** @internal */
  public _bind(variant: ScaledVariant): ScalingResources {
    return bindPlan(this.plan, variantPlace(variant));
  }
}
