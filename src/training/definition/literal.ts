import { IResolvable, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { PipelineParameter } from './pipeline-parameter';
import { PipelineVariable } from './pipeline-variable';
import { textParts } from './render';

/** The text itself, or the default of the parameter that it is; undefined if neither is known at synth. */
export function literalText(text: string): string | undefined {
  if (!Token.isUnresolved(text)) { return text; }
  const [part, ...others] = textParts(text);
  const value = part instanceof PipelineParameter && others.length === 0 ? part._defaultValue : undefined;
  return typeof value === 'string' && !Token.isUnresolved(value) ? value : undefined;
}

/**
 * All that a text may be, as far as that is known at synth: itself, or what the parameter that it is has as its default and allows; `name` says which.
 * A default that the parameter does not allow is said of the parameter already.
 */
export function possibleTexts(name: string, text: string): { name: string; value: string }[] {
  if (!Token.isUnresolved(text)) { return [{ name, value: text }]; }
  const [part, ...others] = textParts(text);
  if (!(part instanceof PipelineParameter) || others.length > 0) { return []; }
  const { parameterName, _defaultValue: value, _allowedValues: allowed = [] } = part;
  const known = (values: unknown[], what: string) => values.filter((v): v is string => typeof v === 'string' && !Token.isUnresolved(v))
    .map(v => ({ name: `${name} (${what} the parameter '${parameterName}')`, value: v }));
  const isAllowed = allowed.length === 0 || allowed.some(v => v === value);
  return [...known(isAllowed ? [value] : [], 'default of'), ...known(allowed.filter(v => v !== value), 'allowed by')];
}

/** Whether a text certainly ends otherwise: what is only known later may end in any way. */
export function endsOtherwise(text: string, end: string): boolean {
  const last = literalText(text) ?? textParts(text).pop();
  return typeof last === 'string' && !last.endsWith(end) && !last.endsWith(']}');
}

/** Whether a text holds what is only known while the pipeline runs; CloudFormation's tokens are known before. */
export function holdsVariable(text: string): boolean {
  return textParts(text).some(p => p instanceof PipelineVariable);
}

/** A text as a problem shows it: with the paths of variables, and of what CloudFormation will fill in. */
export function shown(text: string): string {
  return textParts(text).map(p => typeof p === 'string' ? inWords(p, nameOf) : `{${p.path}}`).join('');
}

/** A text with words in place of its tokens. */
export function inWords(text: string, words: (token: IResolvable) => string): string {
  const fragments = Tokenization.reverseString(text).mapTokens({ mapToken: words });
  return String(fragments.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '');
}

function nameOf(token: IResolvable): string {
  return `{${Reference.isReference(token) ? token.target.node.path.replace(/\/Resource$/, '') : 'known at deployment'}}`;
}
