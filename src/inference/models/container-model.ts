import { checkContainer, InferenceContainerOptions, renderContainer } from './container-options';
import { warnOfSecrets } from './environment';
import { renderModelData } from './model-data';
import { renderImage, warnOfMissing } from './model-image';
import { ModelSource } from './model-source';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { ModelArtifact } from '../../storage/model-artifact';

/**
 * A model in a container of one's own.
 */
export interface ContainerModelOptions extends InferenceContainerOptions {
  /** The image that answers requests. */
  readonly image: SageMakerImage;

  /**
   * The trained model, which SageMaker puts into /opt/ml/model.
   *
   * @default - the image holds the model itself
   */
  readonly artifact?: ModelArtifact;
}

/**
 * A container with or without an artifact.
 *
 * @internal
 */
export function containerSource(props: ContainerModelOptions): ModelSource {
  const { image, artifact, environment } = props;
  return {
    traits: { containers: [props], several: false },
    check(name, problems, scope) {
      image._check(`${name}.image`, problems, true);
      artifact?._checkHere(`${name}.artifact`, problems, scope);
      checkContainer(name, props, problems);
    },
    bind(scope) {
      warnOfSecrets(scope, environment);
      warnOfMissing(scope, image, artifact);
      return {
        containers: [{ ...renderImage(image), ...renderModelData(artifact), ...renderContainer(props) }],
        permissions: [...image._pull(), ...artifact?._read() ?? []],
        dependencies: [],
      };
    },
  };
}
