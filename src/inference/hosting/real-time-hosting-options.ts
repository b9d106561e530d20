import { DataCapture } from '../../jobs/data-capture';
import { ClarifyExplainer } from '../capture/clarify-explainer';
import { InferenceModel } from '../models/inference-model';
import { InstanceScaling } from '../scaling/instance-scaling';
import { InstanceSettings } from '../variants/instance-settings';
import { InstanceVariant } from '../variants/instance-variant';
import { MetricsPublishing } from '../variants/metrics-publishing';
import { ShadowVariant } from '../variants/shadow-variant';

/**
 * Models on instances that answer at once: one model with the settings of its instances, or several variants with settings of their own.
 */
export interface RealTimeHostingOptions extends InstanceSettings {
  /**
   * The one model to serve, by a variant with the name AllTraffic. Exclusive with `variants`.
   *
   * @default - what `variants` says
   */
  readonly model?: InferenceModel;

  /**
   * How the number of instances changes while it runs. An update keeps the number that there is. SageMaker refuses an update that changes the
   * instance type of a scaled variant: deploy once without scaling, then with the new type and scaling again.
   *
   * @default - the number stays as it is
   */
  readonly scaling?: InstanceScaling;

  /**
   * Models that share the traffic, 1 to 10. Exclusive with `model` and with settings of instances beside it.
   *
   * @default - one variant, of `model`
   */
  readonly variants?: InstanceVariant[];

  /**
   * A model that gets copies of the requests and answers nobody; only beside exactly one production variant.
   *
   * @default - none
   */
  readonly shadow?: ShadowVariant;

  /**
   * Writes a share of requests and answers to S3, for monitors and for training.
   *
   * @default - nothing is captured
   */
  readonly dataCapture?: DataCapture;

  /**
   * Explains predictions while they are made.
   *
   * @default - predictions are not explained
   */
  readonly explainer?: ClarifyExplainer;

  /**
   * More metrics than SageMaker publishes by itself.
   *
   * @default - those that SageMaker publishes by itself
   */
  readonly metrics?: MetricsPublishing;
}
