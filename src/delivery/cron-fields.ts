import { Problems } from '../core/problems';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** A field of a cron expression; ranges and lists can be had in each. */
interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on. */
  readonly names?: string[];
  readonly steps: boolean;
  /** Whether it begins anew at its end. */
  readonly circular: boolean;
  /** What else a part of the list may be, with what the words say of it. */
  readonly more?: { readonly pattern: RegExp; readonly words: string };
}

const DAY = `(?:[1-7]|${DAYS.join('|')})`;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions */
export const MINUTES: Field = { name: 'minutes', min: 0, max: 59, steps: true, circular: true };
export const HOURS: Field = { name: 'hours', min: 0, max: 23, steps: true, circular: true };
export const DAY_OF_WEEK: Field = {
  name: 'day of the week',
  min: 1,
  max: 7,
  names: DAYS,
  steps: false,
  circular: true,
  more: { pattern: new RegExp(`^(?:${DAY}?L|${DAY}#[1-5])$`), words: 'L, 6L, 6#3' },
};
const FIELDS: Field[] = [
  MINUTES,
  HOURS,
  { name: 'day of the month', min: 1, max: 31, steps: true, circular: true, more: { pattern: /^(?:L|LW|L-(?:[1-9]|[12]\d|30)|(?:0?[1-9]|[12]\d|3[01])W)$/, words: 'L, 15W' } },
  { name: 'month', min: 1, max: 12, names: MONTHS, steps: true, circular: true },
  DAY_OF_WEEK,
  { name: 'year', min: 1970, max: 2199, steps: true, circular: false },
];

const [DAY_FIELD, WEEKDAY_FIELD] = [2, 4];

/** `parts` are the six fields of an expression. AWS says of no range that goes over the end of its field that it is none, so it passes. */
export function checkCron(name: string, parts: string[], problems: Problems): void {
  parts.forEach((text, i) => {
    const field = FIELDS[i];
    const any = text === '?' && (i === DAY_FIELD || i === WEEKDAY_FIELD);
    problems.check(any || isField(field, text), `${name} must have ${allowed(field)} for its ${field.name}, got '${text}'`);
  });
  const [day, weekDay] = [parts[DAY_FIELD], parts[WEEKDAY_FIELD]];
  problems.check((day === '?') !== (weekDay === '?'), `${name} must have ? either for the day of the month or for the day of the week, got '${day}' and '${weekDay}'`);
}

/** A part with # stands alone. */
function isField(field: Field, text: string): boolean {
  const parts = text.toUpperCase().split(',');
  const ok = parts.every(part => (field.more?.pattern.test(part) ?? false) || valuesOf(field, part) !== undefined);
  return ok && (parts.length === 1 || !text.includes('#'));
}

function allowed({ min, max, names, steps, more }: Field): string {
  const values = [`${min} to ${max}`, ...names === undefined ? [] : [`${names[0]} to ${names[names.length - 1]}`]].join(' or ');
  const example = names === undefined ? `${min}-${max}` : `${names[0]}-${names[1]}`;
  return [`*, values of ${values}`, `ranges (${example})`, ...steps ? [`steps (${min}/2)`] : [], 'lists of these', ...more === undefined ? [] : [more.words]].join(', ');
}

/** All values that a part of a list stands for. */
export function valuesOf(field: Field, part: string): number[] | undefined {
  const [of, step, ...rest] = part.split('/');
  const [from, to, ...others] = of.split('-');
  const first = of === '*' ? field.min : valueOf(field, from);
  const last = of === '*' || (to === undefined && step !== undefined) ? field.max : to === undefined ? first : valueOf(field, to);
  const by = step === undefined ? 1 : Number(/^\d+$/.exec(step)?.[0] ?? 0);
  if (first === undefined || last === undefined || (last < first && !field.circular)) { return undefined; }
  if (by === 0 || (step !== undefined && !field.steps) || rest.length + others.length > 0) { return undefined; }
  const length = field.max - field.min + 1;
  const count = last < first ? last + length - first : last - first;
  return Array.from({ length: Math.floor(count / by) + 1 }, (_, i) => field.min + (first - field.min + i * by) % length);
}

function valueOf({ min, max, names = [] }: Field, text: string): number | undefined {
  const value = names.includes(text) ? min + names.indexOf(text) : /^\d{1,4}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= min && value <= max ? value : undefined;
}
