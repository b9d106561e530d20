import * as fs from 'fs';
import * as path from 'path';

/** What CloudFormation does to a resource when a stack is updated. */
export type Action = 'unchanged' | 'updated' | 'replaced' | 'added' | 'removed';

/** What happens to one resource, and why: the properties, and what they refer to. */
export interface Change {
  readonly type: string;
  readonly action: Action;
  readonly because: string[];

  /** A property with the resource's own name, which stays the same: CloudFormation refuses to make the new resource beside the old one. */
  readonly blockedBy?: string;
}

interface CreateOnly {
  readonly createOnly: string[];
  readonly conditional?: string[];
}

/** How a property stands between two templates. */
interface Difference {
  readonly replaces: boolean;
  readonly because: string;
}

const CREATE_ONLY: Record<string, CreateOnly> = JSON.parse(fs.readFileSync(path.join(__dirname, 'create-only.json'), 'utf8')).types;

/**
 * What CloudFormation would do to each resource of a stack that goes from one template to another; update-plan.md says by which rules.
 *
 * @param before the template that is deployed
 * @param after the template to deploy
 */
export function updatePlan(before: any, after: any): Record<string, Change> {
  const ids = [...new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)])];
  let plan: Record<string, Change> = {};
  let previous: string;
  do { // until nothing more follows from what is replaced
    previous = JSON.stringify(plan);
    const replaced = new Set(Object.keys(plan).filter(id => plan[id].action === 'replaced'));
    plan = Object.fromEntries(ids.map(id => [id, changeOf(id, before.Resources[id], after.Resources[id], replaced)]));
  } while (JSON.stringify(plan) !== previous);
  return plan;
}

/** The plan by what happens: ids of the resources, each with its type, without those that stay as they are. */
export function changesOf(before: any, after: any): Partial<Record<Action, string[]>> {
  const found: Partial<Record<Action, string[]>> = {};
  for (const [id, { type, action }] of Object.entries(updatePlan(before, after)).filter(([, change]) => change.action !== 'unchanged')) {
    found[action] = [...found[action] ?? [], `${type} ${id}`].sort();
  }
  return found;
}

function changeOf(id: string, before: any, after: any, replaced: Set<string>): Change {
  if (before === undefined) { return { type: after.Type, action: 'added', because: [] }; }
  if (after === undefined) { return { type: before.Type, action: 'removed', because: [] }; }
  if (before.Type !== after.Type) { throw new Error(`${id} turns from ${before.Type} into ${after.Type}, which CloudFormation refuses`); }
  const differences = differencesOf(after.Type, before.Properties ?? {}, after.Properties ?? {}, replaced);
  const because = differences.map(d => d.because);
  if (differences.length === 0) { return { type: after.Type, action: 'unchanged', because }; }
  if (!differences.some(d => d.replaces)) { return { type: after.Type, action: 'updated', because }; }
  const blockedBy = keptName(after.Type, before.Properties ?? {}, after.Properties ?? {});
  return { type: after.Type, action: 'replaced', because, ...blockedBy === undefined ? {} : { blockedBy } };
}

function differencesOf(type: string, before: any, after: any, replaced: Set<string>): Difference[] {
  const differs = (p: string) => !same(at(before, p), at(after, p));
  const refers = (p: string) => references(at(after, p)).filter(id => replaced.has(id));
  const touched = (p: string) => differs(p) || refers(p).length > 0;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(touched).flatMap((property): Difference[] => {
    const { createOnly, conditional = [] } = ruleOf(type);
    const replacing = [...createOnly, ...conditional].filter(p => (p === property || p.startsWith(`${property}/`)) && touched(p));
    return replacing.length === 0
      ? [{ replaces: false, because: reason(property, differs(property), refers(property)) }]
      : replacing.map(p => ({ replaces: true, because: reason(p, differs(p), refers(p), conditional.includes(p)) }));
  });
}

function reason(property: string, differs: boolean, replaced: string[], conditional = false): string {
  const name = conditional ? `${property} (in some cases)` : property;
  return differs ? name : `${name} refers to ${[...new Set(replaced)].join(', ')}`;
}

function ruleOf(type: string): CreateOnly {
  if (/^(Custom::|AWS::CloudFormation::CustomResource$|AWS::CDK::Metadata$)/.test(type)) { return { createOnly: ['ServiceToken'] }; }
  if (CREATE_ONLY[type] === undefined) { throw new Error(`nothing is known about updates of ${type}: add it to scripts/python/create_only.py`); }
  return CREATE_ONLY[type];
}

/** The property that names the resource, where the name is given and stays. */
function keptName(type: string, before: any, after: any): string | undefined {
  const kind = type.split('::').pop()!;
  return ruleOf(type).createOnly.find(p => /^\w*Name$/.test(p) && kind.endsWith(p.slice(0, -'Name'.length)) && after[p] !== undefined && same(before[p], after[p]));
}

function at(properties: any, pointer: string): any {
  return pointer.split('/').reduce((value, key) => value?.[key], properties);
}

/** Logical ids in a value, in every way that a template can refer to a resource. */
function references(value: any): string[] {
  if (Array.isArray(value)) { return value.flatMap(references); }
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    if (key === 'Ref') { return [inner]; }
    if (key === 'Fn::GetAtt') { return [[inner].flat()[0].split('.')[0]]; }
    if (key !== 'Fn::Sub') { return references(inner); }
    const [text, given] = [inner].flat();
    return [...[...text.matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id]) => id), ...references(given)];
  });
}

/** Equal whatever the order of keys. */
function same(a: any, b: any): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: any): any {
  if (Array.isArray(value)) { return value.map(sorted); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}
