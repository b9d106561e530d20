import { hashOf } from '../../core/names';

/** Characters of the name of a step. */
const MAX_NAME = 64;

/** Words at the end of a path that do not say what was measured. */
const GENERIC = ['value', 'mean', 'score', 'result'];

/** What the paths of a report measure, each by the end of its path: as much of it as it takes to tell them apart. */
export function measureNames(paths: string[]): Map<string, string> {
  const known = [...new Set(paths)].map(path => ({ path, words: wordsOf(path) }));
  const names = new Map<string, string>();
  for (const { path, words } of known) {
    const others = known.filter(o => o.path !== path).map(o => o.words);
    const enough = words.findIndex((_, i) => others.every(o => ending(o, i + 1) !== ending(words, i + 1)));
    const name = ending(words, enough < 0 ? words.length : enough + 1);
    const same = [...names.values()].filter(n => n === name || n.replace(/\d+$/, '') === name).length;
    names.set(path, same === 0 ? name : `${name}${same + 1}`);
  }
  return names;
}

/** Without the generic words, unless there are no others. */
function wordsOf(path: string): string[] {
  const words = path.split(/[^A-Za-z0-9]+/).filter(w => w !== '');
  const telling = words.filter(w => !GENERIC.includes(w.toLowerCase()));
  if (words.length === 0) { return ['metric']; }
  return telling.length > 0 ? telling : words;
}

function ending(words: string[], count: number): string {
  return words.slice(-count).map(w => w[0].toUpperCase() + w.slice(1)).join('');
}

/** Name of a step that decides: the measure between two words, cut if it is too long for a name, so that different measures still give different names. */
export function decidingStep(before: string, measure: string, after = ''): string {
  const name = `${before}${measure}${after}`;
  if (name.length <= MAX_NAME) { return name; }
  const hash = hashOf(measure);
  return `${before}${measure.slice(0, MAX_NAME - before.length - hash.length - after.length)}${hash}${after}`;
}
