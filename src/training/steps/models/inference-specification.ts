import { IConstruct } from 'constructs';
import { checkRegisteredContainer, RegisteredContainer, renderRegisteredContainer } from './registered-container';
import { Problems } from '../../../core/problems';
import { checkInstanceType, checkRunsOn } from '../instances';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AdditionalInferenceSpecificationDefinition.html */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const MAX_DESCRIPTION = 1024;
const MAX_CONTAINERS = 15;

/**
 * Another way to serve a model version, for example compiled for other instances. Whoever deploys the version names it.
 */
export interface AdditionalInferenceSpecification {
  /** Name, unique in the version: up to 63 letters, digits and dashes. */
  readonly specificationName: string;

  /** The containers, 1 to 15, one after the other. */
  readonly containers: RegisteredContainer[];

  /**
   * What it is for, up to 1024 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * MIME types that the model takes.
   *
   * @default - not said
   */
  readonly contentTypes?: string[];

  /**
   * MIME types that the model answers with.
   *
   * @default - not said
   */
  readonly responseTypes?: string[];

  /**
   * Instance types that can serve the model, for example `ml.inf2.xlarge`.
   *
   * @default - not said
   */
  readonly instanceTypes?: string[];

  /**
   * Instance types that can run the model over a batch.
   *
   * @default - not said
   */
  readonly transformInstanceTypes?: string[];
}

/** @internal */
export function checkContainers(name: string, containers: RegisteredContainer[], instanceTypes: string[], problems: Problems): void {
  problems.count(name, containers, 1, MAX_CONTAINERS);
  containers.forEach((c, i) => {
    c.image._check(`${name}[${i}].image`, problems);
    checkRunsOn(`${name}[${i}].image`, c.image, instanceTypes, problems);
    checkRegisteredContainer(prop => `${name}[${i}].${prop}`, c, problems);
  });
}

/** @internal */
export function checkSpecification(name: string, specification: AdditionalInferenceSpecification, problems: Problems): void {
  const { specificationName, description, containers, instanceTypes, transformInstanceTypes } = specification;
  problems.pattern(`${name}.specificationName`, specificationName, NAME, 'be 1 to 63 letters, digits and dashes');
  problems.range(`${name}.description (characters)`, description?.length, 0, MAX_DESCRIPTION);
  checkContainers(`${name}.containers`, containers, [...instanceTypes ?? [], ...transformInstanceTypes ?? []], problems);
  for (const list of ['contentTypes', 'responseTypes', 'instanceTypes', 'transformInstanceTypes'] as const) { problems.knownList(`${name}.${list}`, specification[list]); }
  instanceTypes?.forEach((t, i) => checkInstanceType(`${name}.instanceTypes[${i}]`, t, problems));
  transformInstanceTypes?.forEach((t, i) => checkInstanceType(`${name}.transformInstanceTypes[${i}]`, t, problems));
}

/** @internal */
export function renderSpecification(scope: IConstruct, specification: AdditionalInferenceSpecification): object {
  return {
    Name: specification.specificationName,
    Description: specification.description,
    Containers: specification.containers.map(c => renderRegisteredContainer(scope, c)),
    SupportedContentTypes: specification.contentTypes,
    SupportedResponseMIMETypes: specification.responseTypes,
    SupportedRealtimeInferenceInstanceTypes: specification.instanceTypes,
    SupportedTransformInstanceTypes: specification.transformInstanceTypes,
  };
}
