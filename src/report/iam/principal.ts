import { arnWords } from './arn';
import { isObject, listOf } from '../json';
import { code, enumerate, Phrase } from '../phrase';

type Text = (value: unknown) => string;

/** Who a statement is about. */
export function principalWords(principal: unknown, text: Text): Phrase {
  if (!isObject(principal)) { return principal === '*' ? ['anyone'] : [code(text(principal))]; }
  return enumerate(Object.entries(principal).flatMap(([kind, value]) => listOf(value).map(v => one(kind, text(v)))), 'or');
}

function one(kind: string, name: string): Phrase {
  switch (kind) {
    case 'Service': return ['the service ', code(name)];
    case 'Federated': return ['users of ', ...arnWords(name)];
    case 'AWS': return name === '*' ? ['anyone'] : arnWords(name);
    default: return [`${kind} `, code(name)];
  }
}
