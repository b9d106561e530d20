/** A rendered CloudFormation resource. */
export interface Rendered {
  readonly type: string;
  readonly properties: any;
}

/** Finds another resource of the same stack by a rendered `Ref` or `Fn::GetAtt`. */
export type Find = (reference: unknown) => Rendered | undefined;

/** The resources of a type, in the same stack, that refer to the one that is judged, in one property of theirs or anywhere. */
export type Referring = (type: string, property?: string) => Rendered[];

/** One rule about CloudFormation resources as they stand in the template, property overrides included. */
export interface MlRule {
  readonly id: string;
  /** What stands in square brackets behind the id of a finding, if anything does. */
  readonly finds?: string;
  readonly level: 'error' | 'warning';
  readonly types: string[];
  /** What is wrong when the rule is broken, and how to mend it. */
  readonly info: string;
  /** The public control that asks for the same, or, after `own:`, what the rule is about where there is none. */
  readonly control: string;
  /** Whether all is well, or the list of what is wrong. */
  check(properties: any, find: Find, referring: Referring): boolean | string[];
}

/** What a finding says: a public control is named with it. */
export function infoOf({ info, control }: MlRule): string {
  return control.startsWith('own:') ? info : `${info.slice(0, -1)} (${control}).`;
}

/** A policy's statements, as a list whatever the form; none of a text that is no JSON, which CloudFormation refuses anyway. */
export function statements(document: any): any[] {
  return listOf(typeof document === 'string' ? parsed(document)?.Statement : document?.Statement);
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One or many, as a list. */
export function listOf(value: any): any[] {
  if (value === undefined) { return []; }
  return Array.isArray(value) ? value : [value];
}

/** Whether a value certainly means true; templates written by hand say it as text, too. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Whether a number may be two or more: what is only known at deployment passes, what is left out is one. */
export function isSeveral(count: unknown): boolean {
  return count !== undefined && !(Number(count) < 2);
}

/** The properties among `wanted` that are not set, named by their last word. */
export function missing(wanted: Record<string, unknown>): string[] {
  return Object.entries(wanted).filter(([, value]) => value === undefined).map(([name]) => name);
}
