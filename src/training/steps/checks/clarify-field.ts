import { Problems } from '../../../core/problems';

/**
 * Where Clarify finds something in a record, or in an answer of a model.
 */
export class ClarifyField {
  /**
   * By the name of a column, or by a JMESPath expression in JSON.
   *
   * @param nameOrPath for example `age`
   */
  public static named(nameOrPath: string): ClarifyField {
    return new ClarifyField(nameOrPath);
  }

  /**
   * By the index of a column.
   *
   * @param index from 0
   */
  public static at(index: number): ClarifyField {
    return new ClarifyField(index);
  }

  private constructor(
    /** @internal */
    public readonly _value: string | number,
  ) {}
}

/**
 * Values of a column.
 */
export class ClarifyValues {
  /**
   * These texts, or intervals like `(5, 6]`.
   *
   * @param values one or more
   */
  public static texts(...values: string[]): ClarifyValues {
    return new ClarifyValues(values);
  }

  /**
   * These numbers. Of a column with any numbers it is one, above which the values lie that are meant.
   *
   * @param values one or more
   */
  public static numbers(...values: number[]): ClarifyValues {
    return new ClarifyValues(values);
  }

  private constructor(
    /** @internal */
    public readonly _values: (string | number)[],
  ) {}
}

/**
 * A list that is not empty.
 *
 * @internal
 */
export function checkSome(name: string, list: unknown[] | undefined, problems: Problems): void {
  problems.check(list === undefined || list.length > 0, `${name} must hold at least 1 entry, got 0`);
}
