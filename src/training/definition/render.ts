import { Token, Tokenization } from 'aws-cdk-lib';
import { PipelineVariable } from './pipeline-variable';

/** Told of every variable that is met. */
export type Met = (variable: PipelineVariable) => unknown;

/**
 * Writes pipeline variables as the definition's `Get`, `Std:JsonGet` and `Std:Join`, drops what is undefined, and leaves CloudFormation's tokens for
 * `Stack.toJsonString`.
 */
export function renderVariables(value: unknown, met: Met): any {
  if (value instanceof PipelineVariable) { return written(value, met); }
  if (typeof value === 'number') {
    const token = Tokenization.reverseNumber(value);
    return token instanceof PipelineVariable ? written(token, met) : value;
  }
  if (typeof value === 'string') { return renderText(value, met); }
  if (Array.isArray(value)) { return value.map(v => renderVariables(v, met)); }
  if (value === null || typeof value !== 'object' || Tokenization.isResolvable(value)) { return value; }
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries.map(([k, v]) => [k, renderVariables(v, met)]));
}

/** Every key of a map in what is rendered, with the place of the map, and every value that holds no others, with its own. */
export function membersIn(value: unknown, place: string): { place: string; key?: string; leaf?: unknown }[] {
  if (Array.isArray(value)) { return value.flatMap((v, i) => membersIn(v, `${place}[${i}]`)); }
  if (value === null || typeof value !== 'object' || Tokenization.isResolvable(value)) { return [{ place, leaf: value }]; }
  return Object.entries(value).flatMap(([key, v]) => [{ place, key }, ...membersIn(v, `${place}.${key}`)]);
}

/** The parts of a text: literals, with CloudFormation's tokens in them, and pipeline variables. */
export function textParts(text: string): (string | PipelineVariable)[] {
  const parts: (string | PipelineVariable)[] = [];
  const add = (part: unknown) => {
    const last = parts.length - 1;
    if (part instanceof Wrapped) { parts.push(part.variable); } else if (typeof parts[last] === 'string') { parts[last] += String(part); } else { parts.push(String(part)); }
  };
  // CDK joins from the left; a variable is wrapped, since a resolvable would be turned into text again
  const fragments = Tokenization.reverseString(text).mapTokens({ mapToken: token => token instanceof PipelineVariable ? new Wrapped(token) : token });
  const joined = fragments.join({ join: (left: unknown, right: unknown) => [...listOf(left), right] });
  listOf(joined).forEach(add);
  return parts;
}

class Wrapped {
  constructor(public readonly variable: PipelineVariable) {}
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function renderText(text: string, met: Met): any {
  const parts = Token.isUnresolved(text) ? textParts(text) : [text];
  if (parts.every(p => typeof p === 'string')) { return text; }
  const values = parts.map(p => typeof p === 'string' ? p : written(p, met));
  const alone = values.length === 1 && !(parts[0] as PipelineVariable)._needsText;
  return alone ? values[0] : { 'Std:Join': { On: '', Values: values } };
}

function written(variable: PipelineVariable, met: Met): object {
  met(variable);
  return renderVariables(variable._expression, met);
}
