import { Tokenization } from 'aws-cdk-lib';

/** The keys of a path: separated by dots, `\.` is a dot in a key, and so is that in a token. */
export function keysOf(path: string): string[] {
  return path.split(/(?<!\\|\$\{Token\[[^\]]*)\./).map(key => key.replace(/\\\./g, '.'));
}

/** Sets what stands at a path of keys (numbers count entries of lists), or removes it. */
export function setAt(target: any, path: string, value: unknown): void {
  const keys = keysOf(path);
  const last = keys.pop()!;
  let at = target;
  for (const key of keys) {
    const inner = holdsKeys(at[key]) ? at[key] : undefined;
    if (value === undefined && inner === undefined) { return; } // what is not there need not be removed
    at[key] = Array.isArray(inner) ? [...inner] : { ...inner }; // a copy, since what a step renders may be its own props
    at = at[key];
  }
  if (value === undefined && Array.isArray(at) && /^\d+$/.test(last)) { at.splice(Number(last), 1); } else { at[last] = value; }
}

function holdsKeys(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Tokenization.isResolvable(value);
}
