import { isObject } from '../json';
import { Resource } from '../model';

/** Shorter names are words that occur by chance. */
const MIN_LENGTH = 8;

/**
 * Finds who mentions the physical name of another: a construct writes the name where a reference would make a cycle,
 * or where the other stands in another stack.
 */
export function namedResources(all: readonly Resource[]): (resource: Resource) => Resource[] {
  const names = new Map<string, Resource>();
  for (const r of all) {
    for (const [property, value] of Object.entries(r.properties)) {
      const own = property === `${r.type.split('::').at(-1)}Name`;
      if (own && typeof value === 'string' && value.length >= MIN_LENGTH) { names.set(value, r); }
    }
  }
  return resource => strings(resource.properties).flatMap(text => text.split(/[^\w.-]+/).flatMap(word => names.get(word) ?? [])).filter(r => r !== resource);
}

/** All texts but descriptions, which only talk about other things. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') { return [value]; }
  if (Array.isArray(value)) { return value.flatMap(strings); }
  return isObject(value) ? Object.entries(value).flatMap(([key, v]) => key.endsWith('Description') ? [] : strings(v)) : [];
}
