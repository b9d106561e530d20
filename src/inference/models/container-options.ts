import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { checkEnvironment } from './environment';
import { Problems } from '../../core/problems';
import { sorted } from '../../core/sorted';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const HOST_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * What every container of a model may have.
 */
export interface InferenceContainerOptions {
  /**
   * Environment variables of the container, up to 100, keys and values up to 1024 bytes each and 32 KiB together, for all
   * containers of a model. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Name of the container among those of the same model, up to 63 letters, digits and dashes: in its logs and metrics, and, for direct
   * invocation, in requests. SageMaker ignores it for a model of one container.
   *
   * @default - named after its place
   */
  readonly containerHostname?: string;
}

/**
 * Environment and host name of one container.
 *
 * @internal
 */
export function checkContainer(name: string, { environment, containerHostname }: InferenceContainerOptions, problems: Problems): void {
  checkEnvironment(`${name}.environment`, environment, problems);
  problems.pattern(`${name}.containerHostname`, containerHostname, HOST_NAME, 'be 1 to 63 letters, digits and dashes');
}

/**
 * The environment is sorted, since the order of maps differs between languages and runs.
 *
 * @internal
 */
export function renderContainer({ environment, containerHostname }: InferenceContainerOptions): CfnModel.ContainerDefinitionProperty {
  return { containerHostname, environment: sorted(environment) };
}
