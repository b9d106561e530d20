import { Token } from 'aws-cdk-lib';
import { uriProblem } from '../../core/names';
import { Problems } from '../../core/problems';

const JSONATA = /^\{%[\s\S]*%\}$/;
const JSON_PATH = /^\$([.$[]|$)/;

/** Whether a text of a state is worked out while the state machine runs, or at deployment: JSONata, or a token, as `JsonPath.stringAt` is. */
export function isExpression(value: string): boolean {
  return Token.isUnresolved(value) || JSONATA.test(value);
}

/** Texts that states send as they are, though they look like a path into the input. */
export function checkNoPath(texts: Record<string, string | undefined>, problems: Problems): void {
  for (const [name, value] of Object.entries(texts)) {
    if (value === undefined) { continue; }
    problems.whole(name, value);
    problems.check(isExpression(value) || !JSON_PATH.test(value), `${name} would be sent as it is: for a path into the input write sfn.JsonPath.stringAt('${value}')`);
  }
}

/** An S3 URI in a state; what begins with a token passes. */
export function checkStateUri(name: string, value: string | undefined, problems: Problems): void {
  if (value === undefined) { return; }
  checkNoPath({ [name]: value }, problems);
  if (JSONATA.test(value) || !Token.isUnresolved(value) && JSON_PATH.test(value)) { return; }
  const [head] = value.split('${Token[');
  const problem = uriProblem(value);
  problems.check(problem === undefined, `${name} ${problem}, got '${head === value ? value : `${head}…`}'`);
}
