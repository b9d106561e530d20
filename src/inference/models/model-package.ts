import { Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import { ModelSource } from './model-source';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Permission } from '../../identity/permission-statement';
import { IModelRegistry } from '../../registry/model-registry';
import { modelSources } from '../../registry/model-sources';
import { versionArn } from '../../registry/registry-permissions';
import { ModelArtifact } from '../../storage/model-artifact';

/**
 * A version of a model registry, and what its role must be able to read.
 */
export interface ModelPackageOptions {
  /** Number of the version, from 1. */
  readonly version: number;

  /**
   * The artifact of the version, for a registry whose pipelines are not part of this app.
   *
   * @default - whatever the pipelines of this app register
   */
  readonly artifact?: ModelArtifact;

  /**
   * The image of the version, for a registry whose pipelines are not part of this app.
   *
   * @default - whatever the pipelines of this app register
   */
  readonly image?: SageMakerImage;
}

/**
 * A version of a registry.
 *
 * @internal
 */
export function packageSource(registry: IModelRegistry, options: ModelPackageOptions): ModelSource {
  const { version, artifact, image } = options;
  return {
    check(name, problems, scope) {
      const same = Token.compareStrings(registry.env.region, Stack.of(scope).region);
      problems.check(same !== TokenComparison.DIFFERENT, `${name} must be in the Region of the endpoint, ${Stack.of(scope).region}, got ${registry.env.region}`);
      problems.integer(`${name}.version`, version, 1, Number.MAX_SAFE_INTEGER);
      image?._check(`${name}.image`, problems);
    },
    bind(scope) {
      const named: Permission[] = [...artifact?._read() ?? [], ...image?._pull() ?? []];
      if (Token.compareStrings(registry.env.account, Stack.of(scope).account) === TokenComparison.DIFFERENT) {
        Validations.of(scope).addWarning('cdk-ml-patterns:registryOfOtherAccount',
          'The registry belongs to another account: its group policy, the bucket, the key and the repository must let this account use the model.');
      }
      scope.node.addValidation({
        validate: () => {
          if (named.length === 0 && modelSources(registry).length === 0) {
            Validations.of(scope).addWarning('cdk-ml-patterns:modelSourceUnknown',
              'No pipeline of this app registers models here, so nothing tells where artifact and image are: name them in fromModelPackage, or let the endpoint role read them.');
          }
          return [];
        },
      });
      return {
        container: { modelPackageName: versionArn(registry, version) },
        permissions: [...named, () => modelSources(registry)],
        dependencies: [registry],
      };
    },
  };
}
