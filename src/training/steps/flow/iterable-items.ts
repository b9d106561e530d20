import { Token } from 'aws-cdk-lib';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { holdsVariable, literalText } from '../../definition/literal';

const MAX_ITEMS = 100;

/**
 * What a ForEachStep runs its body for, once for each item.
 */
export class IterableItems {
  /**
   * Texts.
   *
   * @param items 1 to 100; each may be a variable
   */
  public static texts(...items: string[]): IterableItems {
    return new IterableItems(items);
  }

  /**
   * Numbers.
   *
   * @param items 1 to 100; each may be a variable's `asNumber()`
   */
  public static numbers(...items: number[]): IterableItems {
    return new IterableItems(items);
  }

  /**
   * Objects with fields of text, which the body reads with `CurrentItem.field`.
   *
   * @param items 1 to 100; a field may be a variable whose text holds no quotes and no backslashes
   */
  public static records(...items: { [field: string]: string }[]): IterableItems {
    return new IterableItems(items.map(item => JSON.stringify(sorted(item))), items.map(item => Object.keys(sorted(item)!)));
  }

  /**
   * The items of a JSON list that is only known while the pipeline runs.
   *
   * @param variable a parameter or a step's output whose text is a JSON list, for example `["a", "b"]`
   */
  public static fromVariable(variable: string): IterableItems {
    return new IterableItems(variable);
  }

  private constructor(private readonly items: string | unknown[], private readonly records?: string[][]) {}

  /**
   * The fields that every item has; undefined if that is not known.
   *
   * @internal
   */
  public get _fields(): string[] | undefined {
    const { items } = this;
    if (typeof items === 'string') { return undefined; }
    const all = this.records ?? items.map(fieldsIn);
    const known = all.filter((fields): fields is string[] => fields !== undefined);
    return known.length === 0 || known.length < all.length ? undefined : known.reduce((some, fields) => some.filter(f => fields.includes(f)));
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { items } = this;
    if (typeof items !== 'string') {
      problems.count(name, items, 1, MAX_ITEMS);
      problems.check(items.every(i => typeof i !== 'number' || Token.isUnresolved(i) || Number.isFinite(i)), `${name} must be numbers, got ${items.join(', ')}`);
      return;
    }
    problems.check(holdsVariable(items), `${name}.fromVariable must be given a variable, got '${items}': use IterableItems.texts for a list`);
    const known = Token.isUnresolved(items) ? literalText(items) : undefined;
    problems.check(known === undefined || isList(known), `${name} must be a JSON list with at least 1 item, but the default of the parameter is '${known}'`);
  }

  /** @internal */
  public _render(): unknown {
    return this.items;
  }
}

/** A text may be a JSON object; what is only known later may be one. */
function fieldsIn(item: unknown): string[] | undefined {
  if (Token.isUnresolved(item)) { return undefined; }
  try {
    const value = typeof item === 'string' ? JSON.parse(item) : item;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

function isList(text: string): boolean {
  try {
    const list = JSON.parse(text);
    return Array.isArray(list) && list.length > 0;
  } catch {
    return false;
  }
}
