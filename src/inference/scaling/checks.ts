import { Duration, Token } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';
import { seconds } from '../../core/units';

/** Whether both are there and known at synth. */
export function known(...values: (number | undefined)[]): boolean {
  return values.every(v => v !== undefined && !Token.isUnresolved(v));
}

/** `value` is a whole number of at least `least`; `otherwise` says where less can be had. */
export function wholeFrom(problems: Problems, name: string, value: number | undefined, least: number, otherwise = ''): void {
  if (!known(value)) { return; }
  problems.check(Number.isInteger(value) && value! >= least, `${name} must be a whole number of at least ${least}, got ${value}${value! < least ? otherwise : ''}`);
}

/** `value` is greater than 0. */
export function positive(problems: Problems, name: string, value: number | undefined): void {
  if (!known(value)) { return; }
  problems.check(value! > 0, `${name} must be greater than 0, got ${value}`);
}

/** `least` does not exceed `most`. */
export function ordered(problems: Problems, leastName: string, least: number | undefined, mostName: string, most: number | undefined): void {
  if (!known(least, most)) { return; }
  problems.check(most! >= least!, `${mostName} must be at least ${leastName}, ${least}, got ${most}`);
}

/** `value` is so many seconds, without a fraction. */
export function wholeSeconds(problems: Problems, name: string, value: Duration | undefined): void {
  const given = seconds(value);
  problems.check(given === undefined || Number.isInteger(given), `${name} must be in whole seconds, got ${given} seconds`);
}
