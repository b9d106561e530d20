import { checkContainer, InferenceContainerOptions, renderContainer } from './container-options';
import { warnOfSecrets } from './environment';
import { renderImage, warnOfMissing } from './model-image';
import { ModelSource } from './model-source';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { checkUri } from '../../storage/artifact-prefix';
import { checkBucketHere } from '../../storage/bucket-region';
import { S3Prefix } from '../../storage/s3-prefix';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const MAX_URI = 1024;

/**
 * Many models of one kind behind one container, which loads each when a request first names it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-endpoints.html
 */
export interface MultiModelOptions extends InferenceContainerOptions {
  /** The image; it must be able to hold several models and say so by `LABEL com.amazonaws.sagemaker.capabilities.multi-models=true`. */
  readonly image: SageMakerImage;

  /** Where the models are, each a gzipped tar file; the rest of its key is what requests name. Models may come and go without a deployment. */
  readonly models: S3Prefix;

  /**
   * Whether models stay in memory after a request. Without it, many models that are rarely asked for leave more of it to each.
   *
   * @default - they stay as long as there is room
   */
  readonly cacheModels?: boolean;
}

/**
 * A container for all models below a prefix.
 *
 * @internal
 */
export function multiModelSource(props: MultiModelOptions): ModelSource {
  const { image, models, cacheModels, environment } = props;
  return {
    traits: { containers: [{ ...props, multiModel: true }], several: false },
    check(name, problems, scope) {
      image._check(`${name}.image`, problems, true);
      models._check(`${name}.models`, problems);
      checkUri(`${name}.models`, models.uri, MAX_URI, problems);
      checkBucketHere(`${name}.models`, models.bucket, scope, problems);
      checkContainer(name, props, problems);
    },
    bind(scope) {
      warnOfSecrets(scope, environment);
      warnOfMissing(scope, image);
      return {
        containers: [{
          ...renderImage(image),
          mode: 'MultiModel',
          modelDataUrl: models.uri,
          multiModelConfig: cacheModels === undefined ? undefined : { modelCacheSetting: cacheModels ? 'Enabled' : 'Disabled' },
          ...renderContainer(props),
        }],
        permissions: [...image._pull(), ...models._read()],
        dependencies: [],
      };
    },
  };
}
