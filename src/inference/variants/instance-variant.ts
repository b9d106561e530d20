import { InstanceSettings } from './instance-settings';
import { InferenceModel } from '../models/inference-model';
import { InstanceScaling } from '../scaling/instance-scaling';

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

  /**
   * How the number of instances changes while it runs. An update keeps the number that there is. SageMaker refuses an update that changes the
   * instance type of a scaled variant: deploy once without scaling, then with the new type and scaling again.
   *
   * @default - the number stays as it is
   */
  readonly scaling?: InstanceScaling;
}
