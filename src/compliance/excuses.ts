import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AcceptedKindName, mustCover } from './accepted-kinds';
import { Acceptance, Finding } from './finding';
import { showToAspects } from './nag-metadata';
import { allResources } from './ours';
import { ruleOf } from './rule-ids';

/** A rule that a resource may break, and why. */
export interface Excuse {
  readonly rule: string;
  readonly reason: string;
}

type Resolve = (value: unknown) => any;

/** Rule → reason, as core keeps it. */
type Reasons = Record<string, string>;

/** Excuses that are known at synth, and where the last synth wrote them. */
interface LateExcuses {
  readonly produce: (resolve: Resolve) => Excuse[];
  written?: Reasons;
}

const LATE = Symbol.for('cdk-ml-patterns.excuses');

/** Marks reasons that the library has written; others are the consumer's, whatever wrote them. */
const BY_LIBRARY = Symbol.for('cdk-ml-patterns.by-library');

/**
 * Accepts that a resource of the library breaks rules, with reasons.
 *
 * Written as construct metadata and not by `Validations.acknowledge()`, which up to aws-cdk-lib 2.270 silences a rule for the
 * whole app. The function is asked at each synth, when logical ids are known.
 */
export function excuse(resource: CfnResource, kind: AcceptedKindName, excuses: (resolve: Resolve) => Excuse[]): void {
  const before: LateExcuses | undefined = (resource as any)[LATE];
  const late: LateExcuses = { produce: resolve => [...before?.produce(resolve) ?? [], ...covered(kind, excuses(resolve))] };
  Object.defineProperty(resource, LATE, { value: late, configurable: true });
  showReasons(resource);
}

/** Writes the excuses of `resources` where every pack looks for them, the consumer's own packs included. */
export function writeExcuses(resources: CfnResource[]): void {
  for (const resource of resources) {
    const late: LateExcuses | undefined = (resource as any)[LATE];
    if (late === undefined) { continue; }
    const reasons = lateReasons(resource);
    if (late.written === undefined) {
      late.written = write(resource, byLibrary(reasons));
    } else { // metadata cannot be removed, but the entry of the last synth can be filled anew
      Object.keys(late.written).forEach(rule => delete late.written![rule]);
      Object.assign(late.written, reasons);
    }
  }
}

/** Lets packs of cdk-nag 2 see the reasons of a resource, which look for them elsewhere and before `writeExcuses`. */
export function showReasons(resource: CfnResource): void {
  showToAspects(resource, () => reasonsFor(resource));
}

/** Accepts that what stands below `scope` breaks rules, for a reason of the library. */
export function accept(scope: IConstruct, kind: AcceptedKindName, excuses: Excuse[]): void {
  write(scope, byLibrary(byRule(covered(kind, excuses))));
  allResources(scope).forEach(showReasons);
}

/** Accepts that what stands below `scope` breaks rules, since the consumer says so. */
export function acceptForConsumer(scope: IConstruct, excuses: Excuse[]): void {
  write(scope, byRule(excuses));
}

function covered(kind: AcceptedKindName, excuses: Excuse[]): Excuse[] {
  excuses.forEach(e => mustCover(kind, e.rule));
  return excuses;
}

function byRule(excuses: Excuse[]): Reasons {
  const reasons = new Map<string, Set<string>>();
  excuses.forEach(e => reasons.set(e.rule, (reasons.get(e.rule) ?? new Set()).add(e.reason)));
  return Object.fromEntries([...reasons].map(([rule, why]) => [rule, [...why].sort().join(' ')]));
}

function byLibrary(reasons: Reasons): Reasons {
  return Object.defineProperty(reasons, BY_LIBRARY, { value: true });
}

function write(scope: IConstruct, reasons: Reasons): Reasons | undefined {
  if (Object.keys(reasons).length === 0) { return undefined; }
  scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, reasons);
  return reasons;
}

/** All that a resource may break, for reasons said on it or on anything above it, as far as they are known now. */
function reasonsFor(resource: CfnResource): Reasons {
  return { ...Object.fromEntries(resource.node.scopes.flatMap(s => said(s).map(([rule, { reason }]) => [rule, reason]))), ...lateReasons(resource) };
}

/** What `excuse` was told of a resource, as far as it is known now. */
function lateReasons(resource: CfnResource): Reasons {
  const late: LateExcuses | undefined = (resource as any)[LATE];
  return byRule(late?.produce(value => Stack.of(resource).resolve(value)) ?? []);
}

/** The rules that are accepted at a scope for all below it, by whatever prefix, by whom and why. */
function said(scope: IConstruct): [string, Acceptance][] {
  return scope.node.metadata.filter(m => m.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).flatMap(({ data }) => {
    const by = BY_LIBRARY in data ? 'library' : 'consumer';
    return Object.entries(data as Reasons).map(([id, reason]): [string, Acceptance] => [ruleOf(id), { by, reason }]);
  });
}

/** Who accepts that `resource` breaks `rule`, on the resource or on anything above it: of each, the nearest reason. */
export function acceptanceOf(resource: IConstruct, rule: string): Pick<Finding, 'reason' | 'acceptances'> {
  const all = [...resource.node.scopes].reverse().flatMap(said).filter(([id]) => id === rule).map(([, acceptance]) => acceptance);
  const acceptances = (['consumer', 'library'] as const).flatMap(by => all.find(a => a.by === by) ?? []);
  if (acceptances.length === 0) { return { reason: undefined }; }
  return { reason: [...new Set(acceptances.map(a => a.reason))].join(' '), acceptances };
}

/** Why `rule` may be broken by `resource`: said on the resource or on anything above it. */
export function excuseFor(resource: IConstruct, rule: string): string | undefined {
  return acceptanceOf(resource, rule).reason;
}
