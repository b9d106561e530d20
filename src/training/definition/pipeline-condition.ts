import { Token } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';

/**
 * What a ConditionStep decides by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition
 */
export class PipelineCondition {
  /**
   * Holds if all of the conditions hold.
   *
   * @param conditions one or more
   */
  public static all(...conditions: PipelineCondition[]): PipelineCondition {
    return new PipelineCondition(conditions.flatMap(c => c._comparisons));
  }

  /**
   * Holds if at least one of the conditions holds.
   *
   * @param conditions one or more
   */
  public static any(...conditions: PipelineCondition[]): PipelineCondition {
    return new PipelineCondition([{ operator: 'Or', of: conditions }]);
  }

  /**
   * Holds if none of the conditions holds.
   *
   * @param conditions one or more
   */
  public static none(...conditions: PipelineCondition[]): PipelineCondition {
    return new PipelineCondition([{ operator: 'Not', of: conditions.length === 1 ? conditions : [PipelineCondition.any(...conditions)] }]);
  }

  /** @internal */
  public static _oneOf(left: unknown, values: unknown[]): PipelineCondition {
    return new PipelineCondition([{ operator: 'In', left, right: values, of: [] }]);
  }

  /** @internal */
  public static _compare(operator: string, left: unknown, right: unknown): PipelineCondition {
    return new PipelineCondition([{ operator, left, right, of: [] }]);
  }

  private constructor(
    /**
     * What must hold, all of it.
     *
     * @internal
     */
    public readonly _comparisons: Comparison[],
  ) {}

  /**
   * The same with every comparison changed.
   *
   * @internal
   */
  public _map(change: (comparison: Comparison) => Comparison): PipelineCondition {
    return new PipelineCondition(this._comparisons.map(c => c.of.length > 0 ? { ...c, of: c.of.map(inner => inner._map(change)) } : change(c)));
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.check(this._comparisons.length > 0, `${name} must hold at least 1 condition, got PipelineCondition.all() without any`);
    for (const { operator, left, right, of } of this._comparisons) {
      if (operator === 'Or') { problems.check(of.length > 0, `${name} must hold at least 1 condition, got PipelineCondition.any() or none() without any`); }
      if (operator === 'In') { problems.check((right as unknown[]).length > 0, `${name} must name at least 1 value, got oneOf() without any`); }
      of.forEach(inner => inner._check(name, problems));
      new Set([right].flat().map(value => unlike(left, value))).forEach(why => problems.check(why === undefined, `${name} ${why}`));
      if (typeof right === 'number') { problems.check(Token.isUnresolved(right) || Number.isFinite(right), `${name} must compare with a number, got ${right}`); }
    }
  }

  /**
   * As it stands in a definition: a list, all of which must hold.
   *
   * @internal
   */
  public _render(): object[] {
    return this._comparisons.map(c => {
      switch (c.operator) {
        case 'Or': return { Type: 'Or', Conditions: c.of.map(inner => single(inner)) };
        case 'Not': return { Type: 'Not', Condition: single(c.of[0]) };
        case 'In': return { Type: 'In', QueryValue: c.left, Values: c.right };
        default: return { Type: c.operator, LeftValue: c.left, RightValue: c.right };
      }
    });
  }
}

/** Why two values can never be compared, if their kinds are known and differ; a variable in a text is a text. */
function unlike(left: unknown, right: unknown): string | undefined {
  const { _kind: one, path } = (left ?? {}) as { _kind?: string; path?: string };
  const other = KINDS[typeof right];
  if (one === undefined || other === undefined || one === other) { return undefined; }
  const variable = /^Parameters\./.test(path!) ? `the parameter '${path!.slice('Parameters.'.length)}'` : `'${path}'`;
  return `compares ${variable}, which is a ${one}, with a ${other}: use ${METHODS[one]}`;
}

const KINDS: { [type: string]: string | undefined } = { string: 'text', number: 'number', boolean: 'flag' };
const METHODS: { [kind: string]: string } = {
  text: 'equalTo or oneOf', number: 'atMost, atLeast, lessThan, greaterThan, equalToNumber or oneOfNumbers', flag: 'equalToFlag',
};

/** @internal */
export interface Comparison {
  readonly operator: string;
  readonly left?: unknown;
  readonly right?: unknown;
  readonly of: PipelineCondition[];
}

/** The language has no And: several conditions in one place are written as Not(Or(Not …)). */
function single(condition: PipelineCondition): object {
  const rendered = condition._render();
  return rendered.length === 1 ? rendered[0] : { Type: 'Not', Condition: { Type: 'Or', Conditions: rendered.map(r => ({ Type: 'Not', Condition: r })) } };
}
