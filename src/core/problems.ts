import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { mangledNumber, mangledToken } from './tokens';

/**
 * Collects every problem of one construct, then fails once.
 *
 * Not exported: jsii cannot export a subclass of Error, and in the other languages only the message survives, so
 * the construct path, the value given and what is allowed must stand in the message itself. Values that are known
 * only at deployment pass.
 */
export class Problems {
  private readonly found: string[] = [];
  private readonly spoilt = new Set<string>();

  /** `value` lies in [min, max]. */
  public range(name: string, value: number | undefined, min: number, max: number): void {
    const known = this.number(name, value);
    this.check(known === undefined || (known.value >= min && known.value <= max), `${known?.name} must be between ${min} and ${max}, got ${known?.value}`);
  }

  /** `value` is a whole number in [min, max]. */
  public integer(name: string, value: number | undefined, min: number, max: number): void {
    const known = this.number(name, value);
    const ok = known === undefined || (Number.isInteger(known.value) && known.value >= min && known.value <= max);
    const allowed = max === Number.MAX_SAFE_INTEGER && min > Number.MIN_SAFE_INTEGER ? `of at least ${min}` : `between ${min} and ${max}`;
    this.check(ok, `${known?.name} must be a whole number ${allowed}, got ${known?.value}`);
  }

  /** `value` is not what is left of a number token after arithmetic. */
  public wholeNumber(name: string, value: number): void {
    const spoilt = mangledNumber(value);
    if (spoilt === undefined || this.spoilt.has(String(value))) { return; }
    this.spoilt.add(String(value));
    this.check(false, `${name} holds ${spoilt}`);
  }

  /** `value` is not more than `limit`, another value of the program. */
  public atMost(name: string, value: number | undefined, limitName: string, limit: number | undefined): void {
    const known = this.known(name, value);
    const most = this.known(limitName, limit);
    if (known === undefined || most === undefined) { return; }
    this.check(known.value <= most.value, `${known.name} must be at most ${most.name}, which is ${most.value}, got ${known.value}`);
  }

  /** `value` matches `pattern`; `rule` says in words what the pattern asks. */
  public pattern(name: string, value: string | undefined, pattern: RegExp, rule: string): void {
    if (value === undefined || !this.readable(name, value)) { return; }
    this.check(pattern.test(value), `${name} must ${rule}, got '${value}'`);
  }

  /** `value` is one of `allowed`. */
  public oneOf(name: string, value: string | undefined, allowed: string[]): void {
    if (value === undefined || !this.readable(name, value)) { return; }
    this.check(allowed.includes(value), `${name} must be one of ${allowed.length > 0 ? allowed.join(', ') : 'those there are, and there are none'}, got '${value}'`);
  }

  /** No value of a list is used twice. */
  public unique(name: string, values: string[]): void {
    const known = values.filter(v => !Token.isUnresolved(v));
    const twice = [...new Set(known.filter((v, i) => known.indexOf(v) !== i))];
    this.check(twice.length === 0, `${name} must be unique, used twice: ${twice.join(', ')}`);
  }

  /** A list has between `min` and `max` entries; a list that is itself a token passes. */
  public count(name: string, values: unknown[] | undefined, min: number, max: number): void {
    if (values === undefined || Token.isUnresolved(values)) { return; }
    const ok = values.length >= min && values.length <= max;
    this.check(ok, `${name} must hold ${min} to ${max} entries, got ${values.length}`);
  }

  /** A list whose entries are known, though each may be a token; false if it is itself a token. */
  public knownList(name: string, values: unknown[] | undefined): boolean {
    const known = values === undefined || !Token.isUnresolved(values);
    if (!known) { this.spoilt.add(String(values![0])); }
    this.check(known, `${name} must be a list that is known at synth; its entries may be tokens`);
    return known;
  }

  /** `value` holds no remains of a token and stands for no list, or that was said where the value was checked for something else. */
  public whole(name: string, value: string): void {
    if (this.spoilt.has(value)) { return; }
    if (this.remains(name, value)) { this.spoilt.delete(value); }
    this.check(!value.startsWith('#{Token['), `${name} must be a list that is known at synth; its entries may be tokens`);
  }

  /** Any other rule; `message` names the value given and what is allowed, and is said once. */
  public check(ok: boolean, message: string): void {
    if (!ok && !this.found.includes(message)) { this.found.push(message); }
  }

  /** Throws one error with every problem found so far; `kind` and `id` name an import, which is no construct below `scope` yet. */
  public throwIfAny(scope: IConstruct, kind = scope.constructor.name, id?: string): void {
    if (this.found.length === 0) { return; }
    const count = this.found.length === 1 ? '1 problem' : `${this.found.length} problems`;
    const path = id === undefined ? scope.node.path : `${scope.node.path}/${id}`;
    throw new Error([`${kind} at '${path}' has ${count}:`, ...this.found.map(p => `  - ${p}`)].join('\n'));
  }

  /** What a number is as far as it is known at synth, and how it is called; undefined for tokens. */
  protected known(name: string, value: number | undefined): { name: string; value: number } | undefined {
    return value === undefined || Token.isUnresolved(value) ? undefined : { name, value };
  }

  /** The same without what is left of a token, which is a problem of its own. */
  private number(name: string, value: number | undefined): { name: string; value: number } | undefined {
    const known = this.known(name, value);
    if (known === undefined || mangledNumber(known.value) === undefined) { return known; }
    this.wholeNumber(known.name, known.value);
    return undefined;
  }

  /** False for tokens, also for one that stands for a whole list, and for what is left of a token that a language's own number formatting has spoilt. */
  private readable(name: string, value: string): boolean {
    return !this.remains(name, value) && !Token.isUnresolved(value) && !Token.isUnresolved([value]);
  }

  private remains(name: string, value: string): boolean {
    const spoilt = mangledToken(value);
    this.check(spoilt === undefined, `${name} holds ${spoilt}, got '${value}'`);
    if (spoilt !== undefined) { this.spoilt.add(value); }
    return spoilt !== undefined;
  }
}
