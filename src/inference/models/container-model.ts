import { Token, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ModelSource } from './model-source';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { sorted } from '../../core/sorted';
import { ModelArtifact } from '../../storage/model-artifact';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const MAX_ENVIRONMENT_ENTRIES = 100;
const MAX_VALUE_BYTES = 1024;
const MAX_ENVIRONMENT_BYTES = 32 * 1024;

/** Names that look as if the value were a secret, which everybody who may describe the model can read. */
const SECRET = /SECRET|PASSWORD|(^|_)TOKEN$|PRIVATE_?KEY|ACCESS_?KEY|API_?KEY/i;

/**
 * A model in a container of one's own.
 */
export interface ContainerModelOptions {
  /** The image that answers requests. */
  readonly image: SageMakerImage;

  /**
   * The trained model, which SageMaker unpacks to /opt/ml/model.
   *
   * @default - the image holds the model itself
   */
  readonly artifact?: ModelArtifact;

  /**
   * Environment variables of the container, up to 100, keys and values up to 1024 bytes each. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
}

/**
 * A container with or without an artifact.
 *
 * @internal
 */
export function containerSource({ image, artifact, environment }: ContainerModelOptions): ModelSource {
  return {
    check(name, problems) {
      image._check(`${name}.image`, problems);
      checkEnvironment(`${name}.environment`, environment, problems);
    },
    bind(scope) {
      warnOfSecrets(scope, environment);
      warnIf(scope, image._madeBeside(scope), 'imageNotYetPushed', 'The image is in a repository that this stack makes, so on the first deployment nothing can have been pushed to it yet');
      warnIf(scope, artifact?._madeBeside(scope), 'artifactNotYetUploaded', 'The artifact is in a bucket that this stack makes, so on the first deployment it cannot be there yet');
      const pull = image._pull();
      if (pull.length === 0) {
        Validations.of(scope).addWarning('cdk-ml-patterns:imagePermissionsUnknown', 'The name of the image does not tell its ECR repository: let the endpoint role pull it.');
      }
      return {
        container: { image: image.imageUri, modelDataUrl: artifact?.uri, environment: sorted(environment) },
        permissions: [...pull, ...artifact?._read() ?? []],
        dependencies: [],
      };
    },
  };
}

function checkEnvironment(name: string, environment: Record<string, string> = {}, problems: Problems): void {
  const entries = Object.entries(environment);
  const bytes = (text: string) => Token.isUnresolved(text) ? 0 : Buffer.byteLength(text);
  problems.count(name, entries, 0, MAX_ENVIRONMENT_ENTRIES);
  for (const [key, value] of entries) {
    problems.pattern(`${name} key`, key, /^[a-zA-Z_][a-zA-Z0-9_]*$/, 'be letters, digits and _, not beginning with a digit');
    problems.pattern(`${name}.${key}`, value, /^[\s\S]*$/, 'be text');
    problems.range(`${name}.${key} (bytes)`, bytes(value), 0, MAX_VALUE_BYTES);
  }
  problems.range(`${name} (bytes)`, entries.reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0), 0, MAX_ENVIRONMENT_BYTES);
}

function warnOfSecrets(scope: IConstruct, environment: Record<string, string> = {}): void {
  const found = Object.entries(environment).filter(([key, value]) => SECRET.test(key) && !Token.isUnresolved(value)).map(([key]) => key);
  if (found.length > 0) {
    Validations.of(scope).addWarning('cdk-ml-patterns:secretInEnvironment', `Everybody who may describe the model can read its environment: ${found.join(', ')}.`);
  }
}

/** Legal, since a later deployment works; but the first one of an empty account fails. */
function warnIf(scope: IConstruct, missing: boolean | undefined, id: string, message: string): void {
  if (missing) { Validations.of(scope).addWarning(`cdk-ml-patterns:${id}`, `${message}: put what serves into a stack of its own.`); }
}
