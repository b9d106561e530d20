import { IConstruct } from 'constructs';
import { checkStepContainer, renderStepContainer, StepContainerDetails } from './step-container';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelPackageContainerDefinition.html */
const FRAMEWORK_VERSION = /^(?=.{3,10}$)[0-9]\.[A-Za-z0-9.-]+$/;
const MAX_DATA_INPUT = 16_384;

/**
 * What a container of a model version may say of itself.
 */
export interface RegisteredContainerDetails extends StepContainerDetails {
  /**
   * The framework of the model, for example `XGBOOST`, `PYTORCH` or `SKLEARN`.
   *
   * @default - none is named
   */
  readonly framework?: string;

  /**
   * Version of the framework, for example `1.7`, 3 to 10 characters.
   *
   * @default - none is named
   */
  readonly frameworkVersion?: string;

  /**
   * Name of the well-known model that is most alike, by which Inference Recommender benchmarks.
   *
   * @default - none is named
   */
  readonly nearestModelName?: string;

  /**
   * Names and shapes of the inputs, JSON of up to 16,384 characters, for Inference Recommender and compilation.
   *
   * @default - they are not said
   */
  readonly dataInputConfig?: string;
}

/**
 * One of several containers of a model version.
 */
export interface RegisteredContainer extends RegisteredContainerDetails {
  /** The image that serves the model. */
  readonly image: SageMakerImage;

  /**
   * S3 URI of the model artifact, usually `modelArtifact` of a TrainingStep.
   *
   * @default - the image holds the model itself
   */
  readonly modelArtifact?: string;
}

/**
 * Everything but the name of the image.
 *
 * @internal
 */
export function checkRegisteredContainer(
  name: (prop: string) => string, container: RegisteredContainerDetails & { image?: SageMakerImage; modelArtifact?: string }, problems: Problems,
): void {
  checkStepContainer(name, container, problems);
  problems.pattern(name('frameworkVersion'), container.frameworkVersion, FRAMEWORK_VERSION, "be 3 to 10 characters as '1.7'");
  problems.check(container.frameworkVersion === undefined || container.framework !== undefined, `${name('frameworkVersion')} needs framework`);
  problems.range(`${name('dataInputConfig')} (characters)`, container.dataInputConfig?.length, 1, MAX_DATA_INPUT);
}

/** @internal */
export function renderRegisteredContainer(scope: IConstruct, container: RegisteredContainer): object {
  return {
    ...renderStepContainer(scope, container),
    Framework: container.framework,
    FrameworkVersion: container.frameworkVersion,
    NearestModelName: container.nearestModelName,
    ModelInput: container.dataInputConfig === undefined ? undefined : { DataInputConfig: container.dataInputConfig },
  };
}
