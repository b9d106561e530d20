import { Token, Tokenization } from 'aws-cdk-lib';
import { sorted } from '../../../core/sorted';
import { PipelineVariable } from '../../definition/pipeline-variable';

/** JSON as one text with the variables in it: texts between quotes, everything else as it is. Keys in the order of their names. */
export function jsonText(value: unknown): string {
  const variable = variableIn(value);
  if (variable !== undefined) { return variable._needsText ? variable.asString() : `"${variable.asString()}"`; }
  if (typeof value === 'number' && Token.isUnresolved(value)) { return Token.asString(Tokenization.reverseNumber(value)); }
  if (Array.isArray(value)) { return `[${value.map(jsonText).join(',')}]`; }
  if (Tokenization.isResolvable(value)) { return `"${Token.asString(value)}"`; }
  if (typeof value !== 'object' || value === null) { return JSON.stringify(value); }
  const entries = Object.entries(sorted(value as Record<string, unknown>)!).filter(([, v]) => v !== undefined);
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${jsonText(v)}`).join(',')}}`;
}

/** A variable as it is, or as its number. */
function variableIn(value: unknown): PipelineVariable | undefined {
  if (value instanceof PipelineVariable) { return value; }
  const token = typeof value === 'number' ? Tokenization.reverseNumber(value) : undefined;
  return token instanceof PipelineVariable ? token : undefined;
}
