import { IConstruct } from 'constructs';
import { ContainerModelOptions, containerSource } from './container-model';
import { ModelPackageOptions, packageSource } from './model-package';
import { BoundModel, ModelSource } from './model-source';
import { Problems } from '../../core/problems';
import { IModelRegistry } from '../../registry/model-registry';

/**
 * What an endpoint serves: a container with or without an artifact, or a version of a model registry.
 */
export class InferenceModel {
  /**
   * A container of one's own, with the artifact that it loads.
   *
   * @param props container, artifact and environment
   */
  public static fromContainer(props: ContainerModelOptions): InferenceModel {
    return new InferenceModel(containerSource(props));
  }

  /**
   * A version of a model registry: its image and artifact are those that were registered.
   *
   * @param registry the registry, made here or imported
   * @param options which version, and what its role must be able to read
   */
  public static fromModelPackage(registry: IModelRegistry, options: ModelPackageOptions): InferenceModel {
    return new InferenceModel(packageSource(registry, options));
  }

  private constructor(private readonly source: ModelSource) {}

  /** @internal */
  public _check(name: string, problems: Problems, scope: IConstruct): void {
    this.source.check(name, problems, scope);
  }

  /** @internal */
  public _bind(scope: IConstruct): BoundModel {
    return this.source.bind(scope);
  }
}
