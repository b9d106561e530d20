import { STEP_BRANCHES } from '../../compliance/step-branches';
import { isObject, listOf, objectOf } from '../json';

/** A value of a definition in words; variables by their names. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) { return value.map(valueText).join(', '); }
  if (!isObject(value)) { return String(value ?? ''); }
  if (typeof value.Get === 'string') { return value.Get.replace(/^Parameters\./, '').replace(/^Steps\./, ''); }
  const join = objectOf(value['Std:Join']);
  if (value['Std:Join'] !== undefined) { return listOf(join.Values).map(v => isObject(v) ? `{${valueText(v)}}` : String(v)).join(String(join.On ?? '')); }
  if (value['Std:JsonGet'] !== undefined) { return String(objectOf(value['Std:JsonGet']).Path); }
  return JSON.stringify(value);
}

const OPERATORS: Record<string, string> = {
  Equals: '=', GreaterThan: '>', GreaterThanOrEqualTo: '≥', LessThan: '<', LessThanOrEqualTo: '≤',
};

/** A condition in words. */
export function conditionText(value: unknown): string {
  const c = objectOf(value);
  switch (c.Type) {
    case 'Not': return `not (${conditionText(c.Condition)})`;
    case 'Or': return listOf(c.Conditions).map(v => `(${conditionText(v)})`).join(' or ');
    case 'And': return listOf(c.Conditions).map(v => `(${conditionText(v)})`).join(' and ');
    case 'In': return `${valueText(c.QueryValue)} is one of ${valueText(c.Values)}`;
    default: return `${valueText(c.LeftValue)} ${OPERATORS[String(c.Type)] ?? String(c.Type)} ${valueText(c.RightValue)}`;
  }
}

/** Which property of which step a variable reads. */
export interface StepRead {
  readonly step: string;
  readonly what: string;
}

const INSIDE: readonly string[] = STEP_BRANCHES;

/** All reads of other steps below `value`, without those inside branches. */
export function stepReads(value: unknown): StepRead[] {
  if (Array.isArray(value)) { return value.flatMap(stepReads); }
  if (!isObject(value)) { return []; }
  const [, step, property] = typeof value.Get === 'string' ? /^Steps\.([^.[]+)\.?(.*)$/.exec(value.Get) ?? [] : [];
  if (step !== undefined) { return [{ step, what: propertyWords(property) }]; }
  return Object.entries(value).flatMap(([key, v]) => INSIDE.includes(key) ? [] : stepReads(v));
}

/** The name that a person gave, if the property holds one, else its last word: `ModelArtifacts.S3ModelArtifacts` is the model. */
function propertyWords(property: string): string {
  if (property.includes('S3ModelArtifacts')) { return 'model'; }
  const named = /\['([^']+)'\]/.exec(property) ?? /^PropertyFiles\.(.+)$/.exec(property);
  return named?.[1] ?? property.split('.').at(-1) ?? '';
}
