/** A place where two pipeline definitions differ; undefined stands for a key that is not there. */
export interface Difference {
  readonly path: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** Members of lists that have one of these are compared by it, so that one that is missing does not shift all others. */
const NAMES = ['Name', 'OutputName', 'InputName', 'ChannelName', 'PropertyFileName'];

/**
 * Every difference of two definitions. Joins that yield the same text are equal whatever their separator; everything else must be the same: the
 * order of lists, how often a member stands there, empty objects and nulls.
 */
export function differences(expected: any, actual: any, path = '$'): Difference[] {
  const [a, b] = [canonical(expected), canonical(actual)];
  if (a === b) { return []; }
  if (Array.isArray(a) && Array.isArray(b)) { return listDifferences(a, b, path); }
  if (!isObject(a) || !isObject(b)) { return [{ path, expected: a, actual: b }]; }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().flatMap(k => differences(a[k], b[k], `${path}.${k}`));
}

/** By position, or by name: then the order of the names is one more thing to compare. */
function listDifferences(a: any[], b: any[], path: string): Difference[] {
  const name = NAMES.find(n => [...a, ...b].every(x => isObject(x) && typeof x[n] === 'string'));
  if (name === undefined) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => differences(a[i], b[i], `${path}[${i}]`)).flat();
  }
  const [left, right] = [named(a, name), named(b, name)];
  const both = (of: Map<string, unknown>, other: Map<string, unknown>) => [...of.keys()].filter(key => other.has(key));
  const [expected, actual] = [both(left, right), both(right, left)];
  return [
    ...JSON.stringify(expected) === JSON.stringify(actual) ? [] : [{ path: `${path} order`, expected, actual }],
    ...[...new Set([...left.keys(), ...right.keys()])].flatMap(key => differences(left.get(key), right.get(key), `${path}[${key}]`)),
  ];
}

/** The second one of a name is `name#2`. */
function named(list: any[], name: string): Map<string, unknown> {
  const members = new Map<string, unknown>();
  for (const member of list) {
    let key = member[name];
    for (let i = 2; members.has(key); i++) { key = `${member[name]}#${i}`; }
    members.set(key, member);
  }
  return members;
}

/** A join with its separator between the values, nested joins opened, and neighbouring texts put together. */
function canonical(value: any): any {
  if (!isObject(value) || value['Std:Join'] === undefined) { return value; }
  const parts = open(value['Std:Join']);
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : { 'Std:Join': { On: '', Values: parts } };
}

function open({ On, Values }: { On: string; Values: any[] }): any[] {
  const parts: any[] = [];
  const add = (part: any) => {
    if (typeof part === 'string' && typeof parts.at(-1) === 'string') { parts.push(parts.pop() + part); } else { parts.push(part); }
  };
  Values.forEach((value, i) => {
    if (i > 0 && On !== '') { add(On); }
    (isObject(value) && value['Std:Join'] ? open(value['Std:Join']) : [value]).forEach(add);
  });
  return parts;
}

function isObject(value: any): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
