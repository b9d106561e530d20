import { arnWords } from './arn';
import { ruleOf, wildcardRule } from '../../compliance/rule-ids';
import { JsonObject, listOf, objectOf } from '../json';
import { Resource } from '../model';
import { Phrase } from '../phrase';

/** As aws-cdk-lib writes what was accepted. */
const ACCEPTED = 'aws:cdk:acknowledged-rules';

/** A resource of a statement that stands for many, and why. */
export interface Wildcard {
  readonly words: Phrase;
  /** Why it cannot be avoided, where somebody has said so. */
  readonly reason?: string;
}

/** The wildcards among the resources of a statement of `policy`, one by one, with the reasons that stand on the policy or above it. */
export function wildcardsOf(policy: Resource, statement: JsonObject, text: (value: unknown) => string): Wildcard[] {
  if (statement.Effect === 'Deny') { return []; }
  const reasons = reasonsFor(policy);
  return listOf(statement.Resource).filter(r => /[*?]/.test(text(r))).map(r => ({ words: arnWords(text(r)), reason: reasonFor(reasons.get(wildcardRule(r)), listOf(statement.Action).map(String)) }));
}

/** The statements of a policy share the reasons of one wildcard: of those that begin with an action, the others are of other statements. */
function reasonFor(reason: string | undefined, actions: string[]): string | undefined {
  const parts = reason?.split(/(?<=\.) (?=[a-z0-9-]+:[A-Z])/) ?? [];
  const own = parts.filter(p => actions.some(a => p.startsWith(`${a} `)));
  return own.length > 0 ? own.join(' ') : reason;
}

function reasonsFor({ stack, path }: Resource): Map<string, string> {
  const above = stack.metadata.filter(m => m.type === ACCEPTED && `${path}/`.startsWith(`${m.path.replace(/\/(Resource|Default)$/, '')}/`));
  return new Map(above.flatMap(m => Object.entries(objectOf(m.data)).map(([id, reason]): [string, string] => [ruleOf(id), String(reason)])));
}
