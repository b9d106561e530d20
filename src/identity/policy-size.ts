/** Characters of one managed policy, but for spaces. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const IAM_SIZE = 6144;

/** What it holds around its statements. */
const FRAME = '{"Version":"2012-10-17","Statement":[]}';

/** Those of its statements, with a little space left. */
export const MAX_SIZE = IAM_SIZE - 60;

/** What a reference becomes, if it is the ARN of something with a long name. */
const REFERENCE = /[$#]\{Token\[[^\]]*\]\}|<unresolved-\w+>/g;
const REFERENCE_SIZE = 100;

/** What the pseudo parameters of ARNs become at the most: a Region has 14 characters. */
const PLACE = /\$\{Token\[AWS\.(AccountId|Partition|Region)\.\d+\]\}/g;
const PLACE_SIZE = 14;

/** A statement as JSON has it, whose references are still tokens. */
export type Statement = Record<string, any>;

/** A statement that is not split further. */
export interface Written {
  readonly statement: Statement;
  readonly text: string;
  /** Characters that it may take in a policy, once its references are known. */
  readonly size: number;
  /** Why a wildcard in it cannot be avoided. */
  readonly reason?: string;
}

/** A statement, in parts with some of its resources or actions each if it does not fit one policy. */
export function written(statement: Statement, reason?: string): Written[] {
  const text = JSON.stringify(statement);
  const size = text.replace(PLACE, 'x'.repeat(PLACE_SIZE)).replace(REFERENCE, 'x'.repeat(REFERENCE_SIZE)).length + 1;
  const key = size <= MAX_SIZE ? undefined : ['Resource', 'Action'].find(k => Array.isArray(statement[k]) && statement[k].length > 1);
  if (key === undefined) { return [{ statement, text, size, reason }]; }
  const list = statement[key] as unknown[];
  const half = Math.ceil(list.length / 2);
  return [list.slice(0, half), list.slice(half)].flatMap(part => written({ ...statement, [key]: oneOf(part) }, reason));
}

/** Characters of a policy of one statement at the least, whatever its references become. */
export function leastSize({ text }: Written): number {
  return FRAME.length + text.replace(REFERENCE, '').length;
}

/** A list as policies have it. */
export function oneOf<T>(list: T[]): T | T[] {
  return list.length === 1 ? list[0] : list;
}
