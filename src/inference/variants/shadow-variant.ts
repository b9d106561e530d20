import { InstanceSettings } from './instance-settings';
import { InferenceModel } from '../models/inference-model';

/**
 * A model that gets copies of requests and whose answers nobody gets, to see how it would do.
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
}
