import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { checkMetric, customizedMetric } from './customized-metric';
import { InstanceFacts, checkBurstable } from './facts';
import { CapacityOptions, TrackingOptions } from './scaling-options';
import { ScaledVariant, variantPlace } from './scaling-place';
import { ScalingPlan, ScalingResources, bindPlan, checkPlan, initialCapacity } from './scaling-plan';
import { Tracking, predefined } from './target-tracking';
import { Problems } from '../../core/problems';

/** Every default stands here, and only here. */
const DEFAULTS = { minCapacity: 1 };

/**
 * Scaling by the number of calls.
 */
export interface InstanceInvocationsOptions extends CapacityOptions, TrackingOptions {
  /** Calls a minute that each instance is to have, greater than 0. */
  readonly perInstance: number;
}

/**
 * Scaling by the number of calls that are open at the same time.
 */
export interface InstanceConcurrencyOptions extends CapacityOptions, TrackingOptions {
  /** Open calls that each copy of the model is to have, those that wait in its queue included, greater than 0. */
  readonly perModel: number;
}

/**
 * Scaling by any metric.
 */
export interface InstanceMetricOptions extends CapacityOptions, TrackingOptions {
  /**
   * The metric, of the same account and Region; metric math and percentiles as well. It must fall when there are more instances. For metrics of the
   * endpoint itself give it a name: `InferenceEndpointMetrics.fromEndpointName('churn').cpuUtilization()`. Values of one minute are looked at.
   */
  readonly metric: IMetric;

  /** The value at which the metric is held, greater than 0. */
  readonly target: number;
}

/**
 * How the number of instances of a real-time variant, or of its shadow, changes while it runs. There is always at least one instance: asynchronous
 * hosting and inference components go down to zero.
 *
 * SageMaker refuses an update that changes the instance type of a scaled variant, and cannot scale instances of the family T2.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling.html
 *
 * @example
 * InstanceScaling.onInvocations({ perInstance: 500, minCapacity: 2, maxCapacity: 20 });
 */
export class InstanceScaling {
  /**
   * By the number of calls, looked at every minute.
   *
   * @param options calls for each instance, and bounds
   */
  public static onInvocations(options: InstanceInvocationsOptions): InstanceScaling {
    const metric = predefined('SageMakerVariantInvocationsPerInstance');
    return new InstanceScaling(options, { id: 'Invocations', targetName: 'perInstance', target: options.perInstance, options, metric });
  }

  /**
   * By the number of open calls, looked at every ten seconds: for models that take long to answer, as language models do.
   *
   * @param options open calls for each copy of the model, and bounds
   */
  public static onConcurrency(options: InstanceConcurrencyOptions): InstanceScaling {
    const metric = predefined('SageMakerVariantConcurrentRequestsPerModelHighResolution');
    return new InstanceScaling(options, { id: 'Concurrency', targetName: 'perModel', target: options.perModel, options, metric });
  }

  /**
   * By any metric.
   *
   * @param options metric, target and bounds
   */
  public static onMetric(options: InstanceMetricOptions): InstanceScaling {
    return new InstanceScaling(options, {
      id: 'Metric',
      targetName: 'target',
      target: options.target,
      options,
      metric: () => ({ customizedMetricSpecification: customizedMetric(options.metric) }),
      check: (name, problems, scope) => checkMetric(`${name}.metric`, problems, scope, options.metric),
    });
  }

  /**
   * Within bounds and following no metric: by schedules, by steps, or by whoever may call `sagemaker:UpdateEndpointWeightsAndCapacities`.
   *
   * @param options bounds
   */
  public static between(options: CapacityOptions): InstanceScaling {
    return new InstanceScaling(options);
  }

  private readonly plan: ScalingPlan;

  private constructor(options: CapacityOptions, tracking?: Tracking) {
    this.plan = {
      dimension: 'variant:DesiredInstanceCount',
      bounds: { minCapacity: options.minCapacity ?? DEFAULTS.minCapacity, maxCapacity: options.maxCapacity },
      insteadOfZero: ': for none at all use Hosting.asynchronous or Hosting.components',
      options,
      tracking,
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
