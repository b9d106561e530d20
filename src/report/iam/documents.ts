import { accountKeyNote, volumeKeyNote } from './key-notes';
import { Sentence, sentenceOf } from './statement';
import { wildcardsOf } from './wildcards';
import { isObject, JsonObject, listOf, objectOf } from '../json';
import { Resource } from '../model';
import { code, Phrase } from '../phrase';
import { functionOf } from '../references';
import { TemplateText } from '../template-text';

/** The statements of a value of a template, if it is a policy. */
export function statementsOf(resource: Resource, policy: unknown, text: TemplateText): Sentence[] {
  const words = (value: unknown) => text.of(resource.stack, value);
  return listOf(objectOf(documentOf(policy, words)).Statement).flatMap(s => expand(s)).map(({ statement, when }) => {
    const sentence = sentenceOf(statement, words);
    const wildcards = sentence.who === undefined ? wildcardsOf(resource, statement, words) : [];
    const note = sentence.who === undefined ? volumeKeyNote(statement) : accountKeyNote(resource, statement, sentence);
    const why = { ...wildcards.length > 0 && { wildcards }, ...note !== undefined && { note } };
    return { ...sentence, conditions: [...sentence.conditions, ...when], ...why };
  });
}

/** Some types take a policy as a string of JSON. */
function documentOf(policy: unknown, words: (value: unknown) => string): unknown {
  if (isObject(policy) && functionOf(policy) === undefined) { return policy; }
  const text = typeof policy === 'string' || isObject(policy) ? words(policy) : '';
  if (!text.startsWith('{') || !text.includes('"Statement"')) { return undefined; }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Both sides of a condition of the template. */
function expand(value: unknown, when: Phrase[] = []): { statement: JsonObject; when: Phrase[] }[] {
  const [name, argument] = functionOf(value) ?? [];
  if (name === 'Fn::If') {
    const [condition, yes, no] = listOf(argument);
    const holds = (how: string): Phrase => ['condition ', code(String(condition)), ` of the template ${how}`];
    return [...expand(yes, [...when, holds('holds')]), ...expand(no, [...when, holds('does not hold')])];
  }
  return isObject(value) && name === undefined ? [{ statement: value, when }] : [];
}

/** A permission of Lambda is a statement in other clothes. */
export function invocation({ stack, properties: p }: Resource, text: TemplateText): Sentence {
  const words = (value: unknown) => text.of(stack, value);
  const StringEquals = p.SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': p.SourceAccount } };
  const ArnLike = p.SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': p.SourceArn } };
  return sentenceOf({
    Effect: 'Allow',
    Principal: words(p.Principal).includes('amazonaws.com') ? { Service: p.Principal } : { AWS: p.Principal },
    Action: p.Action,
    Resource: p.FunctionName,
    Condition: { ...StringEquals, ...ArnLike },
  }, words);
}
