import { ModelArtifact } from '../../storage/model-artifact';

/**
 * An adapter that fits a component's model to one more task and is loaded into its copies.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-adapt.html
 */
export interface ComponentAdapter {
  /** Name within the endpoint: up to 63 letters, digits and dashes, unlike that of any component. */
  readonly componentName: string;

  /** The adapter, one gzipped tar file. */
  readonly artifact: ModelArtifact;
}
