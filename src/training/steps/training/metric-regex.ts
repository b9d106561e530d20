/** What Python writes in its own way, and how JavaScript writes the same or something with as many groups. https://docs.python.org/3/library/re.html */
const PYTHON: [RegExp, string][] = [
  [/^\(\?#[^)]*\)/, ''],
  [/^\(\?P<(\w+)>/, '(?<$1>'],
  [/^\(\?P=(\w+)\)/, '\\k<$1>'],
  [/^\(\?[aiLmsu]+\)/, ''],
  [/^\(\?[aiLmsu]*(-[ims]+)?:/, '(?:'],
  [/^\(\?>/, '(?:'],
  [/^\(\?\(\w+\)/, '(?:'],
  [/^(\*|\+|\?|\{\d*,?\d*\})\+/, '$1'], // possessive
];

/** One escape, or one set of characters; a bracket that comes first in a set is one of its characters. */
const WHOLE = [/^\\./s, /^\[\^?\]?(\\.|[^\]\\])*\]/s];

/** Characters that no line of a log holds but by colours, so that they were hardly meant; tabs and ends of lines are in a string what they are in an expression. */
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Comments may stand anywhere in verbose expressions, so these are not looked into. */
const VERBOSE = /\(\?[aiLmsu]*x/;

/**
 * The number of groups that a regular expression has, written as Python or as JavaScript does; undefined if it is none in either, and one at least if
 * nobody can tell.
 */
export function groupsOf(regex: string): number | undefined {
  if (VERBOSE.test(regex)) { return 1; }
  return groupsInJs(regex) ?? groupsInJs(translated(regex));
}

/** How the first control character of an expression is called, and the escape that stands for it in a string; undefined if there is none. */
export function controlIn(regex: string): { readonly called: string; readonly escape: string } | undefined {
  const [found] = CONTROL.exec(regex) ?? [];
  if (found === undefined) { return undefined; }
  const code = found.charCodeAt(0).toString(16).padStart(2, '0');
  const escape = { '\b': '\\b', '\f': '\\f', '\v': '\\v', '\x07': '\\a' }[found] ?? `\\x${code}`;
  return { called: `${found === '\b' ? 'a backspace' : 'the control character'} (U+00${code.toUpperCase()})`, escape };
}

function groupsInJs(regex: string): number | undefined {
  try {
    return new RegExp(`${regex}|`).exec('')!.length - 1;
  } catch {
    return undefined;
  }
}

function translated(regex: string): string {
  let [done, rest] = ['', regex];
  while (rest !== '') {
    const whole = WHOLE.map(pattern => pattern.exec(rest)?.[0]).find(found => found !== undefined);
    const [pattern, js] = (whole === undefined ? PYTHON.find(([found]) => found.test(rest)) : undefined) ?? [];
    const from: string = pattern?.exec(rest)?.[0] ?? whole ?? rest[0];
    done += pattern === undefined ? from.replace(/^(\[\^?)\]/, '$1\\]') : from.replace(pattern, js!);
    rest = rest.slice(from.length);
  }
  return done;
}
