/** Sets what stands at a path of keys separated by dots (`\.` is a dot in a key, numbers count entries of lists), or removes it. */
export function setAt(target: any, path: string, value: unknown): void {
  const keys = path.split(/(?<!\\)\./).map(key => key.replace(/\\\./g, '.'));
  const last = keys.pop()!;
  let at = target;
  for (const key of keys) {
    // a copy, since what a step renders may be its own props
    if (Array.isArray(at[key])) { at[key] = [...at[key]]; } else { at[key] = typeof at[key] === 'object' && at[key] !== null ? { ...at[key] } : {}; }
    at = at[key];
  }
  if (value === undefined && Array.isArray(at)) { at.splice(Number(last), 1); } else { at[last] = value; }
}
