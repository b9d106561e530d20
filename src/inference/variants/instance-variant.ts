import { InstanceSettings } from './instance-settings';
import { InferenceModel } from '../models/inference-model';

/**
 * One of the models that share the traffic of an endpoint.
 */
export interface InstanceVariant extends InstanceSettings {
  /** Name: up to 63 letters, digits and dashes. Keep it: an update needs the same names in the old and the new configuration. */
  readonly variantName: string;

  /** The model to serve. */
  readonly model: InferenceModel;

  /**
   * Share of the traffic, as a part of the sum of all weights; 0 gets none. A weight that is written here is applied by every update; where none
   * is written and something is scaled, an update keeps the weights that the endpoint has.
   *
   * @default 1
   */
  readonly weight?: number;
}
