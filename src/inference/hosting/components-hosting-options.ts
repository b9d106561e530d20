import { InferenceComponentOptions } from '../components/inference-component-options';
import { ScaleInPolicy } from '../components/scale-in-policy';
import { InstanceSettings } from '../variants/instance-settings';
import { MetricsPublishing } from '../variants/metrics-publishing';

/**
 * Several models in copies on the same instances, which come and go with the copies.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-deploy-models.html
 */
export interface ComponentsHostingOptions extends InstanceSettings {
  /** The models, one component each. */
  readonly components: InferenceComponentOptions[];

  /**
   * Instances that stay when there are no copies, from 0. Not every Region takes 0. From 0, calls fail for minutes until the first copy is there.
   *
   * @default - 0 where every component can be scaled to zero copies, else 1
   */
  readonly minInstanceCount?: number;

  /**
   * Instances at the most, from 1.
   *
   * @default - as many as at first, `instanceCount`
   */
  readonly maxInstanceCount?: number;

  /**
   * Which instances stop when they are not needed.
   *
   * @default - those that hold no copy
   */
  readonly scaleIn?: ScaleInPolicy;

  /**
   * More metrics than SageMaker publishes by itself.
   *
   * @default - those that SageMaker publishes by itself
   */
  readonly metrics?: MetricsPublishing;
}
