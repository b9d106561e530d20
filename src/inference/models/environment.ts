import { Token, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Problems } from '../../core/problems';

/** Environment variables of a container. */
export type Environment = Record<string, string>;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const MAX_ENTRIES = 100;
const MAX_KEY = 1024;
const MAX_VALUE_BYTES = 1024;
const MAX_BYTES = 32 * 1024;

/** Names that look as if the value were a secret, which everybody who may describe the model can read. */
const SECRET = /SECRET|PASSWORD|(^|_)TOKEN$|PRIVATE_?KEY|ACCESS_?KEY|API_?KEY/i;

/**
 * Variables by which the containers of Hugging Face, LMI, vLLM and SGLang find their model: on a hub, or in a directory.
 *
 * https://docs.djl.ai/docs/serving/serving/docs/lmi/user_guides/starting-guide.html, https://aws.github.io/deep-learning-containers/
 */
const MODEL_IDS = ['HF_MODEL_ID', 'OPTION_MODEL_ID', 'SM_SGLANG_MODEL_PATH', 'SM_VLLM_MODEL'];

/** Number, names and sizes of the variables. */
export function checkEnvironment(name: string, environment: Environment = {}, problems: Problems): void {
  problems.count(name, Object.entries(environment), 0, MAX_ENTRIES);
  for (const [key, value] of Object.entries(environment)) {
    problems.pattern(`${name} key`, key, /^[a-zA-Z_][a-zA-Z0-9_]*$/, 'be letters, digits and _, not beginning with a digit');
    problems.range(`${name} key (characters)`, key.length, 0, MAX_KEY);
    problems.pattern(`${name}.${key}`, value, /^[\s\S]*$/, 'be text');
    problems.range(`${name}.${key} (bytes)`, bytesOf(value), 0, MAX_VALUE_BYTES);
  }
  checkBytes(name, [environment], problems);
}

/** The limit of one environment is also that of all containers of a model together. */
export function checkBytes(name: string, environments: Environment[], problems: Problems): void {
  const entries = environments.flatMap(e => Object.entries(e));
  problems.range(`${name} (bytes)`, entries.reduce((sum, [key, value]) => sum + bytesOf(key) + bytesOf(value), 0), 0, MAX_BYTES);
}

/** A secret would be there for everybody to read. */
export function warnOfSecrets(scope: IConstruct, environment: Environment = {}): void {
  const found = Object.entries(environment).filter(([key, value]) => SECRET.test(key) && !Token.isUnresolved(value)).map(([key]) => key);
  if (found.length > 0) {
    Validations.of(scope).addWarning('cdk-ml-patterns:secretInEnvironment', `Everybody who may describe the model can read its environment: ${found.join(', ')}.`);
  }
}

/** Names of the variables that make the container download its model: those that name neither a directory nor something known at deployment only. */
export function downloads(environment: Environment): string[] {
  const isRemote = (value: string | undefined) => value !== undefined && !Token.isUnresolved(value) && !/^$|^[./]/.test(value);
  return MODEL_IDS.filter(key => isRemote(environment[key]));
}

function bytesOf(text: string): number {
  return Token.isUnresolved(text) ? 0 : Buffer.byteLength(text);
}
