/** A rendered CloudFormation resource. */
export interface Rendered {
  readonly type: string;
  readonly properties: any;
}

/** Finds another resource of the same stack by a rendered `Ref` or `Fn::GetAtt`. */
export type Find = (reference: unknown) => Rendered | undefined;

/** One rule about CloudFormation resources as they stand in the template, property overrides included. */
export interface MlRule {
  readonly id: string;
  readonly level: 'error' | 'warning';
  readonly types: string[];
  /** What is wrong when the rule is broken, and what would be right. */
  readonly info: string;
  /** Whether all is well, or the list of what is wrong. */
  check(properties: any, find: Find): boolean | string[];
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
