import { Tokenization } from 'aws-cdk-lib';

/**
 * The same entries in the order of their names: the maps of Java and Go have an order of their own, another in each run, and would
 * give another template each time.
 */
export function sorted<T>(map: Record<string, T> | undefined): Record<string, T> | undefined {
  return map && Object.fromEntries(Object.entries(map).sort(([a], [b]) => a < b ? -1 : 1));
}

/** The same value with the keys of its maps in order, however deep; tokens stay as they are. */
export function inOrder(value: any): any {
  if (Array.isArray(value)) { return value.map(inOrder); }
  if (typeof value !== 'object' || value === null || Tokenization.isResolvable(value)) { return value; }
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, inOrder(value[key])]));
}

/** The entries as SageMaker and EMR take tags and other free maps, in the order of their names; an empty map is an empty list. */
export function keyValues(map: Record<string, string> | undefined): { Key: string; Value: string }[] | undefined {
  return map && Object.entries(sorted(map)!).map(([Key, Value]) => ({ Key, Value }));
}
