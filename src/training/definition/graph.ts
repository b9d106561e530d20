/** Step `from` waits for step `to`. */
export interface Wait {
  readonly from: string;
  readonly to: string;
}

/** One circle of steps that wait for each other, written as `A`, `B`, `A`, for each group of steps in which there is one, in the order of `names`. */
export function circles(names: string[], waits: Wait[]): string[][] {
  const next = new Map<string, string[]>();
  waits.forEach(({ from, to }) => next.set(from, [...next.get(from) ?? [], to]));
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (name: string, path: string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) { found.push([...path.slice(start), name]); }
    if (start >= 0 || done.has(name)) { return; }
    new Set(next.get(name)).forEach(to => visit(to, [...path, name]));
    done.add(name);
  };
  names.forEach(name => visit(name, []));
  return found;
}
