import { arnWords } from './arn';
import { isObject, listOf, objectOf } from '../json';
import { code, enumerate, Phrase } from '../phrase';
import { functionOf } from '../references';

type Text = (value: unknown) => string;

const OPERATORS: Record<string, string> = {
  StringEquals: 'is',
  StringNotEquals: 'is not',
  StringEqualsIgnoreCase: 'is (in any case)',
  StringNotEqualsIgnoreCase: 'is not (in any case)',
  StringLike: 'is like',
  StringNotLike: 'is not like',
  ArnEquals: 'is',
  ArnLike: 'is like',
  ArnNotEquals: 'is not',
  ArnNotLike: 'is not like',
  Bool: 'is',
  NumericEquals: 'is',
  NumericNotEquals: 'is not',
  NumericLessThan: 'is below',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is above',
  NumericGreaterThanEquals: 'is at least',
  DateLessThan: 'is before',
  DateGreaterThan: 'is after',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
  BinaryEquals: 'is',
};

/** What a key means, for the keys that guard machine learning most often; `true` and `false` are values of Bool. */
const MEANING: Record<string, string | Record<string, string>> = {
  'aws:SecureTransport': { false: 'the request does not come over TLS', true: 'the request comes over TLS' },
  'aws:PrincipalIsAWSService': { false: 'the caller is not an AWS service', true: 'the caller is an AWS service' },
  'aws:ViaAWSService': { false: 'no AWS service calls on the caller’s behalf', true: 'an AWS service calls on the caller’s behalf' },
  'kms:GrantIsForAWSResource': { false: 'the grant is not for an AWS service', true: 'the grant is for an AWS service' },
  's3:TlsVersion': 'the version of TLS',
  's3:prefix': 'the listed prefix',
  'aws:SourceAccount': 'the account it acts for',
  'aws:SourceArn': 'the resource it acts for',
  'aws:SourceVpce': 'the VPC endpoint',
  'aws:SourceVpc': 'the VPC',
  'aws:PrincipalOrgID': 'the caller’s organisation',
  'aws:PrincipalAccount': 'the caller’s account',
  'aws:RequestedRegion': 'the region',
  'cloudwatch:namespace': 'the namespace of the metric',
  'iam:PassedToService': 'the service that gets the role',
  'iam:AssociatedResourceArn': 'the resource that gets the role',
  'kms:ViaService': 'the service that uses the key',
  'sts:ExternalId': 'the external id',
};

/** One phrase for each thing that must hold. */
export function conditionWords(condition: unknown, text: Text): Phrase[] {
  return Object.entries(objectOf(condition)).flatMap(([operator, keys]) => {
    // The keys of a condition can themselves be CloudFormation functions, as a whole.
    if (!isObject(keys) || functionOf(keys) !== undefined) { return [[code(`${operator} ${text(keys)}`)]]; }
    return Object.entries(keys).map(([key, value]) => one(operator, key, listOf(value).map(text)));
  });
}

function one(operator: string, key: string, values: string[]): Phrase {
  const [, set, base, ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const meaning = MEANING[key];
  if (base === 'Null') { return [code(key), values[0] === 'true' ? ' is absent' : ' is present']; }
  const also = ifExists === undefined ? '' : ', or is absent';
  const whole = typeof meaning === 'object' && base === 'Bool' && values.length === 1 ? meaning[values[0]] : undefined;
  if (whole !== undefined) { return [`${whole} (`, code(key), ` is ${values[0]}${also})`]; }
  const subject: Phrase = typeof meaning === 'string' ? [`${meaning} (`, code(key), ')'] : [code(key)];
  const every = set === 'ForAllValues:' ? 'every value of ' : set === 'ForAnyValue:' ? 'some value of ' : '';
  const verb = OPERATORS[base] ?? base;
  // A list after a negated operator means none of them; after any other, one of them.
  const objects = enumerate(values.map(v => valueWords(key, v)), / not/.test(verb) ? 'nor' : 'or');
  return [every, ...subject, ` ${verb} `, ...objects, also];
}

function valueWords(key: string, value: string): Phrase {
  if (value === '‹account›') { return ['this account']; }
  if (value === '‹region›') { return ['this region']; }
  const [, service] = /^([\w.-]+)\.‹region›\.(?:‹url suffix›|amazonaws\.com)$/.exec(value) ?? [];
  if (service !== undefined) { return [code(service, value), ' in this region']; }
  return /arn$/i.test(key) ? arnWords(value) : [code(value)];
}
