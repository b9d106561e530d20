import { IConstruct } from 'constructs';
import { CopyFacts } from './facts';
import { CapacityOptions, TrackingOptions } from './scaling-options';
import { ScaledComponent, componentPlace } from './scaling-place';
import { ScalingPlan, ScalingResources, bindPlan, checkPlan, initialCapacity, reachesZero } from './scaling-plan';
import { Tracking, predefined } from './target-tracking';
import { Problems } from '../../core/problems';

/** Every default stands here, and only here. */
const DEFAULTS = { minCapacity: 1 };

/**
 * Scaling by what each copy has to do.
 */
export interface CopyScalingOptions extends CapacityOptions, TrackingOptions {
  /** What each copy is to have, greater than 0: calls a minute for `onInvocations`, open calls for `onConcurrency`. */
  readonly perCopy: number;
}

/**
 * How the number of copies of an inference component changes while it runs. With a minimum of 0 nothing runs while nobody calls: the first call then
 * fails, an alarm and a policy start the first copy, and calls fail until it is there, some minutes later.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-zero-instances.html
 *
 * @example
 * CopyScaling.onConcurrency({ perCopy: 5, minCapacity: 0, maxCapacity: 4 });
 */
export class CopyScaling {
  /**
   * By the number of calls, looked at every minute.
   *
   * @param options calls for each copy, and bounds
   */
  public static onInvocations(options: CopyScalingOptions): CopyScaling {
    const metric = predefined('SageMakerInferenceComponentInvocationsPerCopy');
    return new CopyScaling(options, { id: 'Invocations', targetName: 'perCopy', target: options.perCopy, options, metric });
  }

  /**
   * By the number of open calls, looked at every ten seconds: for models that take long to answer, as language models do.
   *
   * @param options open calls for each copy, and bounds
   */
  public static onConcurrency(options: CopyScalingOptions): CopyScaling {
    const metric = predefined('SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution');
    return new CopyScaling(options, { id: 'Concurrency', targetName: 'perCopy', target: options.perCopy, options, metric });
  }

  /**
   * Within bounds and following no metric: by schedules, by steps, or by whoever may call `sagemaker:UpdateInferenceComponentRuntimeConfig`.
   *
   * @param options bounds
   */
  public static between(options: CapacityOptions): CopyScaling {
    return new CopyScaling(options);
  }

  private readonly plan: ScalingPlan;

  private constructor(options: CapacityOptions, tracking?: Tracking) {
    this.plan = {
      dimension: 'inference-component:DesiredCopyCount',
      bounds: { minCapacity: options.minCapacity ?? DEFAULTS.minCapacity, maxCapacity: options.maxCapacity },
      wakeUp: { metricName: 'NoCapacityInvocationFailures', statistic: 'Sum', meanwhile: 'fail' },
      options,
      tracking,
    };
  }

  /**
   * Number of copies to start with, if the program does not say.
   *
   * @internal
   */
  public get _initialCapacity(): number {
    return initialCapacity(this.plan);
  }

  /**
   * Whether there may be no copy at some time, which asks for a fleet that may be empty.
   *
   * @internal
   */
  public get _reachesZero(): boolean {
    return reachesZero(this.plan);
  }

  /** @internal */
  public _check(name: string, problems: Problems, scope: IConstruct, facts: CopyFacts): void {
    checkPlan(this.plan, name, problems, scope, facts);
  }

  /** @internal */
  public _bind(component: ScaledComponent): ScalingResources {
    return bindPlan(this.plan, componentPlace(component));
  }
}
