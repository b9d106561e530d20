/** A place where two pipeline definitions differ; undefined stands for a key that is not there. */
export interface Difference {
  readonly path: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** Lists what is members of by a name of their own, so that their order does not matter. */
const NAMES = ['Name', 'OutputName', 'InputName', 'ChannelName', 'PropertyFileName'];

/**
 * Every difference of two definitions. Joins that yield the same text are equal whatever their separator; everything else must be the same,
 * empty objects and nulls included.
 */
export function differences(expected: any, actual: any, path = '$'): Difference[] {
  const [a, b] = [canonical(expected), canonical(actual)];
  if (a === b) { return []; }
  if (Array.isArray(a) && Array.isArray(b)) { return listDifferences(a, b, path); }
  if (!isObject(a) || !isObject(b)) { return [{ path, expected: a, actual: b }]; }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().flatMap(k => differences(a[k], b[k], `${path}.${k}`));
}

function listDifferences(a: any[], b: any[], path: string): Difference[] {
  const name = NAMES.find(n => [...a, ...b].every(x => isObject(x) && typeof x[n] === 'string'));
  if (name === undefined) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => differences(a[i], b[i], `${path}[${i}]`)).flat();
  }
  const find = (list: any[], key: string) => list.find(x => x[name] === key);
  return [...new Set([...a, ...b].map(x => x[name]))].flatMap(key => differences(find(a, key), find(b, key), `${path}[${key}]`));
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
