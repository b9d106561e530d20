import { InstanceSettings } from './instance-settings';
import { InferenceModel } from '../models/inference-model';
import { InstanceScaling } from '../scaling/instance-scaling';

/**
 * A model that gets copies of requests and whose answers nobody gets, to see how it would do.
 *
 * Nothing watches it: neither the alarms that roll an update back nor those of `addAlarms` do, and only graphs and `metricsOf` show it. It does not scale
 * with the production variant, but by its own `scaling` only.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
 */
export interface ShadowVariant extends InstanceSettings {
  /** The model to try. */
  readonly model: InferenceModel;

  /**
   * Name: up to 63 letters, digits and dashes.
   *
   * @default 'Shadow'
   */
  readonly variantName?: string;

  /**
   * Percentage of the requests that are copied, more than 0 to 100.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * How the number of instances changes while it runs. An update keeps the number that there is. SageMaker refuses an update that changes the
   * instance type of a scaled variant: deploy once without scaling, then with the new type and scaling again.
   *
   * @default - the number stays as it is, whatever scales the production variant
   */
  readonly scaling?: InstanceScaling;
}
