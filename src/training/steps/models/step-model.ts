import { IConstruct } from 'constructs';
import { RegisterModelStep } from './register-model-step';
import { checkStepContainer, renderStepContainer, StepContainerDetails, StepContainerOptions } from './step-container';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { endsOtherwise, shown } from '../../definition/literal';
import { textParts } from '../../definition/render';
import { ScriptCode } from '../code/script-code';
import { checkRunsOn } from '../instances';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/multi-container-create.html */
const MIN_CONTAINERS = 2;
const MAX_CONTAINERS = 15;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const PACKAGE = /^arn:[^:]+:sagemaker:[^:]+:\d{12}:model-package\/\S+$/;
const SPECIFICATION = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * A container that holds many models of one kind.
 */
export interface StepMultiModelOptions {
  /** The image that serves the models. */
  readonly image: SageMakerImage;

  /** S3 URI of the prefix below which the models are, each a gzipped tar file; ends with `/`. */
  readonly models: string;

  /**
   * Whether models stay in memory once they are loaded.
   *
   * @default - as SageMaker does, they stay
   */
  readonly cacheModels?: boolean;

  /**
   * Environment variables of the container, up to 100, each value up to 1024 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Name of the container among those of the same model, up to 63 letters, digits and dashes.
   *
   * @default - named after its place
   */
  readonly containerHostname?: string;
}

/**
 * A version of a model registry.
 */
export interface StepModelPackageOptions {
  /**
   * Name of one of the additional inference specifications of the version.
   *
   * @default - the inference specification of the version itself
   */
  readonly inferenceSpecificationName?: string;

  /**
   * Environment variables of the container, beside those of the version. Not for secrets.
   *
   * @default - those of the version
   */
  readonly environment?: { [name: string]: string };

  /**
   * Name of the container among those of the same model, up to 63 letters, digits and dashes.
   *
   * @default - named after its place
   */
  readonly containerHostname?: string;
}

/**
 * What a ModelStep makes: one container or several, or a version of a model registry.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 */
export class StepModel {
  /**
   * A container with the artifact that it loads.
   *
   * @param options image, artifact and environment
   */
  public static fromContainer(options: StepContainerOptions): StepModel {
    return new StepModel([{
      options,
      image: options.image,
      artifact: options.modelArtifact,
      check: (name, problems) => checkStepContainer(name, options, problems),
      render: scope => renderStepContainer(scope, options),
      code: options.code,
    }]);
  }

  /**
   * A container that holds many models of one kind, and loads each when a request first names it.
   *
   * @param options image and models
   */
  public static multiModel(options: StepMultiModelOptions): StepModel {
    const { cacheModels, models, ...rest } = options;
    const container = { ...rest, modelArtifact: models };
    const cache = cacheModels === undefined ? undefined : { ModelCacheSetting: cacheModels ? 'Enabled' : 'Disabled' };
    return new StepModel([{
      options,
      image: options.image,
      artifact: models,
      check: (name, problems) => {
        checkStepContainer(prop => name(prop === 'modelArtifact' ? 'models' : prop), container, problems);
        problems.check(!endsOtherwise(models, '/'), `${name('models')} must end with '/', got '${shown(models)}'`);
      },
      render: scope => ({ ...renderStepContainer(scope, container), Mode: 'MultiModel', MultiModelConfig: cache }),
    }]);
  }

  /**
   * A version of a model registry, with the image and the artifact that were registered.
   *
   * @param modelPackageArn ARN of the version, for example `modelPackageArn` of a RegisterModelStep
   * @param options what is to be different
   */
  public static fromModelPackage(modelPackageArn: string, options: StepModelPackageOptions = {}): StepModel {
    const [first] = textParts(modelPackageArn);
    const step = typeof first === 'object' && first._step instanceof RegisterModelStep ? first._step : undefined;
    return new StepModel([{
      options,
      modelPackage: { arn: modelPackageArn, step },
      check: (name, problems) => {
        problems.pattern(name('modelPackageArn'), modelPackageArn, PACKAGE, 'be the ARN of a model package');
        problems.pattern(name('inferenceSpecificationName'), options.inferenceSpecificationName, SPECIFICATION, 'be 1 to 63 letters, digits and dashes');
        checkStepContainer(name, { environment: options.environment, containerHostname: options.containerHostname }, problems);
      },
      render: () => ({
        ModelPackageName: modelPackageArn,
        InferenceSpecificationName: options.inferenceSpecificationName,
        ContainerHostname: options.containerHostname,
        Environment: sorted(options.environment),
      }),
    }]);
  }

  /**
   * Containers that work on a request one after the other: each gets what the one before answered. The SDK calls this a PipelineModel.
   *
   * @param models 2 to 15 models of one container each; all have a `containerHostname`, or none
   */
  public static serial(models: StepModel[]): StepModel {
    return StepModel.several('Serial', models);
  }

  /**
   * Containers that share the instances; each request names the one that answers it.
   *
   * @param models 2 to 15 models of one container each, all with a `containerHostname`
   */
  public static direct(models: StepModel[]): StepModel {
    return StepModel.several('Direct', models);
  }

  private static several(mode: Mode, models: StepModel[]): StepModel {
    return new StepModel(models.flatMap(m => m._containers), mode, models.some(m => m.mode !== undefined));
  }

  private constructor(
    /** @internal */
    public readonly _containers: ModelContainer[],
    private readonly mode?: Mode,
    private readonly nested = false,
  ) {}

  /**
   * The container, if it is one; its image is checked with those of other steps.
   *
   * @internal
   */
  public get _single(): ModelContainer | undefined {
    return this.mode === undefined ? this._containers[0] : undefined;
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const containers = this._containers;
    const place = (i: number) => this.mode === undefined ? name : `${name}.containers[${i}]`;
    containers.forEach((c, i) => {
      if (this.mode !== undefined) { c.image?._check(`${place(i)}.image`, problems); }
      c.check(prop => `${place(i)}.${prop}`, problems);
    });
    if (this.mode === undefined) { return; }
    problems.count(`${name}.containers`, containers, MIN_CONTAINERS, MAX_CONTAINERS);
    problems.check(!this.nested, `${name}.containers must be one container each, got several in one`);
    const names = containers.map(c => c.options.containerHostname);
    problems.unique(`${name}.containers: host names`, names.filter((n): n is string => n !== undefined));
    const needed = this.mode === 'Direct' || names.some(n => n !== undefined);
    const why = this.mode === 'Direct' ? 'requests name the container' : 'another container has one';
    names.forEach((n, i) => problems.check(n !== undefined || !needed, `${place(i)} must have a containerHostname, since ${why}`));
  }

  /**
   * Every container runs on the instances.
   *
   * @internal
   */
  public _checkRunsOn(name: string, instanceType: string, problems: Problems): void {
    this._containers.forEach(c => checkRunsOn(`${name}: the image of its model`, c.image, [instanceType], problems));
  }

  /** @internal */
  public _render(scope: IConstruct): object {
    const rendered = this._containers.map(c => c.render(scope));
    if (this.mode === undefined) { return { PrimaryContainer: rendered[0] }; }
    // one after the other is what SageMaker does by itself
    return { Containers: rendered, InferenceExecutionConfig: this.mode === 'Direct' ? { Mode: this.mode } : undefined };
  }
}

type Mode = 'Serial' | 'Direct';

/**
 * One container of a model.
 *
 * @internal
 */
export interface ModelContainer {
  readonly options: Pick<StepContainerDetails, 'containerHostname'>;
  readonly code?: ScriptCode;
  readonly image?: SageMakerImage;
  /** S3 URI. */
  readonly artifact?: string;
  /** What it takes image and artifact from; `step` registers it, if a step of the pipeline does. */
  readonly modelPackage?: { readonly arn: string; readonly step?: RegisterModelStep };
  check(name: (prop: string) => string, problems: Problems): void;
  render(scope: IConstruct): object;
}
