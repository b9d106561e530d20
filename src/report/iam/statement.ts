import { arnWords } from './arn';
import { conditionWords } from './condition';
import { principalWords } from './principal';
import { Wildcard } from './wildcards';
import { JsonObject, listOf } from '../json';
import { code, enumerate, Phrase, plain } from '../phrase';

/** A statement of a policy in words, part by part. */
export interface Sentence {
  readonly allow: boolean;
  readonly sid?: string;
  /** Who, for policies that stand at a resource. */
  readonly who?: Phrase;
  readonly what: Phrase;
  readonly on?: Phrase;
  readonly conditions: Phrase[];
  /** Resources that stand for many, of statements that allow something to a role. */
  readonly wildcards?: Wildcard[];
  /** Why a role may do this without a condition that others would expect. */
  readonly note?: string;
}

export type Text = (value: unknown) => string;

export function sentenceOf(statement: JsonObject, text: Text): Sentence {
  const allow = statement.Effect !== 'Deny';
  const { Principal: principal, NotPrincipal: notPrincipal } = statement;
  return {
    allow,
    sid: typeof statement.Sid === 'string' && statement.Sid !== '' ? statement.Sid : undefined,
    who: notPrincipal !== undefined ? ['anyone except ', ...principalWords(notPrincipal, text)]
      : principal !== undefined ? principalWords(principal, text) : undefined,
    what: statement.NotAction !== undefined ? ['every action except ', ...actionWords(statement.NotAction, text)] : actionWords(statement.Action, text),
    on: statement.NotResource !== undefined ? ['every resource except ', ...resourceWords(statement.NotResource, text)]
      : statement.Resource !== undefined ? resourceWords(statement.Resource, text) : undefined,
    conditions: conditionWords(statement.Condition, text),
  };
}

/** The sentence as the page says it. */
export function sentenceText(s: Sentence): string {
  const who = s.who === undefined ? '' : `${plain(s.who)} `;
  const may = verb(s);
  const on = s.on === undefined ? '' : ` on ${plain(s.on)}`;
  const only = s.conditions.length === 0 ? '' : `, ${s.allow ? 'only if' : 'if'} ${s.conditions.map(plain).join(' and ')}`;
  return `${who}${may} ${plain(s.what)}${on}${only}`;
}

/** Calls are allowed or denied. */
export function verb(s: Sentence): string {
  return s.allow ? 'may call' : 'is denied';
}

function actionWords(action: unknown, text: Text): Phrase {
  return enumerate(listOf(action).map(text).map((name): Phrase => {
    if (name === '*') { return ['every action of every service (', code('*'), ')']; }
    const [, service] = /^([\w-]+):\*$/.exec(name) ?? [];
    return service === undefined ? [code(name)] : [`every action of ${service} (`, code(name), ')'];
  }));
}

function resourceWords(resource: unknown, text: Text): Phrase {
  return enumerate(listOf(resource).map(r => arnWords(text(r))));
}
