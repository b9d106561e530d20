/**
 * The same entries in the order of their names: the maps of Java and Go have an order of their own, another in each run, and would
 * give another template each time.
 */
export function sorted<T>(map: Record<string, T> | undefined): Record<string, T> | undefined {
  return map && Object.fromEntries(Object.entries(map).sort(([a], [b]) => a < b ? -1 : 1));
}

/** The entries as SageMaker and EMR take tags and other free maps, in the order of their names; an empty map is an empty list. */
export function keyValues(map: Record<string, string> | undefined): { Key: string; Value: string }[] | undefined {
  return map && Object.entries(sorted(map)!).map(([Key, Value]) => ({ Key, Value }));
}
