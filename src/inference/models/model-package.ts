import { Stack, Validations } from 'aws-cdk-lib';
import { warnOfSecrets } from './environment';
import { ModelSource } from './model-source';
import { checkPackaged, PackagedModelOptions, packagedPermissions, renderPackaged } from './packaged-model';
import { warnLate } from '../../compliance/late-warning';
import { isElsewhere, madeBeside } from '../../core/stacks';
import { IModelRegistry } from '../../registry/model-registry';
import { modelSources } from '../../registry/model-sources';
import { versionArn } from '../../registry/registry-permissions';

/**
 * A version of a model registry, and what its role must be able to read.
 */
export interface ModelPackageOptions extends PackagedModelOptions {
  /** Number of the version, from 1. */
  readonly version: number;
}

/**
 * A version of a registry.
 *
 * @internal
 */
export function packageSource(registry: IModelRegistry, options: ModelPackageOptions): ModelSource {
  return {
    traits: { containers: [{ ...options, packageOrigin: 'registry' }], several: false },
    check(name, problems, scope) {
      const { region } = registry.env;
      problems.check(!isElsewhere(scope, { region }), `${name} must be in the Region of the endpoint, ${Stack.of(scope).region}, got ${region}`);
      problems.integer(`${name}.version`, options.version, 1, Number.MAX_SAFE_INTEGER);
      checkPackaged(name, options, problems, scope);
    },
    bind(scope) {
      const named = packagedPermissions(options);
      warnOfSecrets(scope, options.environment);
      if (madeBeside(scope, registry)) {
        Validations.of(scope).addWarning('cdk-ml-patterns:modelPackageNotYetRegistered',
          'The registry is made by this stack, so on the first deployment it holds no version yet: put what serves into a stack of its own, and deploy it once there is one.');
      }
      if (isElsewhere(scope, { account: registry.env.account })) {
        Validations.of(scope).addWarning('cdk-ml-patterns:registryOfOtherAccount',
          'The registry belongs to another account: its group policy, the bucket, the key and the repository must let this account use the model.');
      }
      scope.node.addValidation({
        validate: () => {
          if (named.length === 0 && modelSources(registry).length === 0) {
            warnLate(scope, 'cdk-ml-patterns:modelSourceUnknown',
              'No pipeline of this app registers models here, so nothing tells where artifact and image are: name them in fromModelPackage, or let the endpoint role read them.');
          }
          return [];
        },
      });
      return {
        containers: [renderPackaged(versionArn(registry, options.version), options)],
        permissions: [...named, () => modelSources(registry)],
        dependencies: [registry],
      };
    },
  };
}
