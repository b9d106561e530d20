import { IConstruct } from 'constructs';
import { ContainerModelOptions, containerSource } from './container-model';
import { ModelPackageOptions, packageSource } from './model-package';
import { ModelPackageArnOptions, packageArnSource } from './model-package-arn';
import { BoundModel, ModelSource } from './model-source';
import { ModelTraits } from './model-traits';
import { MultiModelOptions, multiModelSource } from './multi-model';
import { severalContainersSource } from './several-containers';
import { Problems } from '../../core/problems';
import { IModelRegistry } from '../../registry/model-registry';

/**
 * What an endpoint serves: one container or several, with or without an artifact, or a model package.
 *
 * @example
 * declare const images: CustomContainerRepo;
 * const model = InferenceModel.serial([
 *   InferenceModel.fromContainer({ image: images.image('features-1.4.2') }),
 *   InferenceModel.fromContainer({ image: images.image('model-1.4.2'), artifact: ModelArtifact.fromPrefix(bucket, 'models/churn/7/') }),
 * ]);
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
   * A container that holds many models of one kind, and loads each when a request first names it.
   *
   * @param props container and models
   */
  public static multiModel(props: MultiModelOptions): InferenceModel {
    return new InferenceModel(multiModelSource(props));
  }

  /**
   * Containers that work on a request one after the other: each gets what the one before answered.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/inference-pipelines.html
   * @param models 2 to 15 models of one container each, at most one of them a multi-model container; all have a `containerHostname`, or none
   */
  public static serial(models: InferenceModel[]): InferenceModel {
    return new InferenceModel(severalContainersSource('Serial', models));
  }

  /**
   * Containers that share the instances; each request names the one that answers it by `TargetContainerHostname`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/multi-container-endpoints.html
   * @param models 2 to 15 models of one container each, all with a `containerHostname`
   */
  public static direct(models: InferenceModel[]): InferenceModel {
    return new InferenceModel(severalContainersSource('Direct', models));
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

  /**
   * A model package by its ARN: of AWS Marketplace, of a registry in another account, or one that was bought through JumpStart.
   *
   * @param modelPackageArn ARN of the package, with the version if it is in a group
   * @param options what the package is, and what its role must be able to read
   */
  public static fromModelPackageArn(modelPackageArn: string, options: ModelPackageArnOptions = {}): InferenceModel {
    return new InferenceModel(packageArnSource(modelPackageArn, options));
  }

  private constructor(private readonly source: ModelSource) {}

  /** @internal */
  public get _traits(): ModelTraits {
    return this.source.traits;
  }

  /** @internal */
  public _check(name: string, problems: Problems, scope: IConstruct): void {
    this.source.check(name, problems, scope);
  }

  /** @internal */
  public _bind(scope: IConstruct): BoundModel {
    return this.source.bind(scope);
  }
}
