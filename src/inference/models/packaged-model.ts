import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { checkContainer, InferenceContainerOptions, renderContainer } from './container-options';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { ModelArtifact } from '../../storage/model-artifact';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const SPECIFICATION = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * What every model package may be given. Its artifact and image come from the package; they are named here so that the role may read and pull them.
 */
export interface PackagedModelOptions extends InferenceContainerOptions {
  /**
   * The artifact of the package, if no pipeline of this app registered it.
   *
   * @default - whatever the pipelines of this app register
   */
  readonly artifact?: ModelArtifact;

  /**
   * The image of the package, if no pipeline of this app registered it.
   *
   * @default - whatever the pipelines of this app register
   */
  readonly image?: SageMakerImage;

  /**
   * Name of one of the additional inference specifications of the package, up to 63 letters, digits and dashes.
   *
   * @default - the inference specification of the package itself
   */
  readonly inferenceSpecificationName?: string;
}

/**
 * Everything but which package it is.
 *
 * @internal
 */
export function checkPackaged(name: string, options: PackagedModelOptions, problems: Problems, scope: IConstruct): void {
  options.artifact?._checkHere(`${name}.artifact`, problems, scope);
  options.image?._check(`${name}.image`, problems);
  problems.pattern(`${name}.inferenceSpecificationName`, options.inferenceSpecificationName, SPECIFICATION, 'be 1 to 63 letters, digits and dashes');
  checkContainer(name, options, problems);
}

/**
 * A container that takes all else from a package.
 *
 * @internal
 */
export function renderPackaged(modelPackageName: string, options: PackagedModelOptions): CfnModel.ContainerDefinitionProperty {
  return { modelPackageName, inferenceSpecificationName: options.inferenceSpecificationName, ...renderContainer(options) };
}

/**
 * What reading and pulling what was named takes.
 *
 * @internal
 */
export function packagedPermissions({ artifact, image }: PackagedModelOptions): Permission[] {
  return [...artifact?._read() ?? [], ...image?._pull() ?? []];
}
