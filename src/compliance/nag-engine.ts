import { CfnResource } from 'aws-cdk-lib';
import type { IApplyRule } from 'cdk-nag';
import { asRendered } from './as-rendered';
import { acceptanceOf } from './excuses';
import { Finding, Inspection } from './finding';

/** A pack whose results are kept whole: cdk-nag itself forgets what was accepted and why. */
interface AuditedPack {
  results: { params: IApplyRule; id: string; result: string | string[] }[];
  checkResource(node: CfnResource): void;
}

/** Where the packs stand: the package as a whole loads all of them. */
const FILES: Record<string, string> = {
  AwsSolutionsChecks: 'aws-solutions',
  HIPAASecurityChecks: 'hipaa-security',
  NIST80053R4Checks: 'nist-800-53-r4',
  NIST80053R5Checks: 'nist-800-53-r5',
  PCIDSS321Checks: 'pci-dss-321',
  ServerlessChecks: 'serverless',
};

const packs = new Map<string, AuditedPack>();

/** Judges resources by a pack of cdk-nag. */
export function inspectWithNag(className: string, resources: CfnResource[]): Inspection {
  const pack = packs.get(className) ?? auditedPack(className);
  packs.set(className, pack);
  resources.forEach(r => pack.checkResource(asRendered(r)));
  const findings = pack.results.flatMap(({ params, id, result }): Finding[] => {
    const ids = Array.isArray(result) ? result.map(f => `${id}[${f}]`) : result === 'Non-Compliant' ? [id] : [];
    const level = params.level === 'Error' ? 'error' : 'warning';
    return ids.map(rule => ({ rule, level, path: params.node.node.path, info: params.info, ...acceptanceOf(params.node, rule) }));
  });
  const rules = new Set(pack.results.map(r => r.id)).size;
  const passes = pack.results.filter(r => r.result === 'Compliant' || r.result.length === 0).map(({ params, id }) => ({ rule: id, path: params.node.node.path, info: params.info }));
  pack.results = []; // the pack outlives the app, whose constructs it must not keep
  return { rules, findings, passes };
}

/** Loaded on first use: cdk-nag takes longer to load than everything else of this library together. */
function auditedPack(className: string): AuditedPack {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const nag = require(`cdk-nag/lib/packs/${FILES[className]}`);
  return new (class extends nag[className] {
    public results: AuditedPack['results'] = [];
    public checkResource(node: CfnResource): void { super.checkResource(node); }
    protected applyRule(params: IApplyRule): void {
      if (!mayApply(params.rule, params.node.cfnResourceType)) { return; }
      const id = `${this.packName}-${params.ruleSuffixOverride ?? params.rule.name}`;
      const result = evaluate(params);
      if (result !== 'N/A') { this.results.push({ params, id, result }); }
    }
  } as any)() as AuditedPack;
}

/** Names of the resources that a rule speaks of, without their services. */
const spokenOf = new WeakMap<object, Set<string>>();

/**
 * Whether a rule speaks of resources of a type at all. To ask the rule itself, with `instanceof`, loads the classes of all services that the pack knows, which takes
 * longer than all the rest of the checks.
 */
export function mayApply(rule: (node: CfnResource) => unknown, type: string): boolean {
  let names = spokenOf.get(rule);
  if (names === undefined) {
    names = new Set([...rule.toString().matchAll(/instanceof \w+\.Cfn(\w+)/g)].map(m => m[1]));
    spokenOf.set(rule, names);
  }
  const name = type.split('::').at(-1)!;
  return names.size === 0 || names.has(name) || names.has(`${name}V2`); // CDK calls some classes so, where two services share a name
}

/** A rule that cannot read a value (a token) has not been satisfied. */
function evaluate(params: IApplyRule): string | string[] {
  try {
    return params.rule(params.node) as string | string[];
  } catch {
    return 'Non-Compliant';
  }
}
