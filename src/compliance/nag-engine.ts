import { CfnResource } from 'aws-cdk-lib';
import type { IApplyRule } from 'cdk-nag';
import { asRendered } from './as-rendered';
import { excuseFor } from './excuses';
import { Finding, Inspection } from './finding';

/** A pack whose results are kept whole: cdk-nag itself forgets what was accepted and why. */
interface AuditedPack {
  results: { params: IApplyRule; id: string; result: string | string[] }[];
  checkResource(node: CfnResource): void;
}

const packs = new Map<string, AuditedPack>();

/** Judges resources by a pack of cdk-nag. */
export function inspectWithNag(className: string, resources: CfnResource[]): Inspection {
  const pack = packs.get(className) ?? auditedPack(className);
  packs.set(className, pack);
  resources.forEach(r => pack.checkResource(asRendered(r)));
  const findings = pack.results.flatMap(({ params, id, result }): Finding[] => {
    const ids = Array.isArray(result) ? result.map(f => `${id}[${f}]`) : result === 'Non-Compliant' ? [id] : [];
    const level = params.level === 'Error' ? 'error' : 'warning';
    return ids.map(rule => ({ rule, level, path: params.node.node.path, info: params.info, reason: excuseFor(params.node, rule) }));
  });
  const rules = new Set(pack.results.map(r => r.id)).size;
  const passes = pack.results.filter(r => r.result === 'Compliant' || r.result.length === 0).map(({ params, id }) => ({ rule: id, path: params.node.node.path, info: params.info }));
  pack.results = []; // the pack outlives the app, whose constructs it must not keep
  return { rules, findings, passes };
}

/** Loaded on first use: cdk-nag takes longer to load than everything else of this library together. */
function auditedPack(className: string): AuditedPack {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const nag = require('cdk-nag');
  return new (class extends nag[className] {
    public results: AuditedPack['results'] = [];
    public checkResource(node: CfnResource): void { super.checkResource(node); }
    protected applyRule(params: IApplyRule): void {
      const id = `${this.packName}-${params.ruleSuffixOverride ?? params.rule.name}`;
      const result = evaluate(params);
      if (result !== 'N/A') { this.results.push({ params, id, result }); }
    }
  } as any)() as AuditedPack;
}

/** A rule that cannot read a value (a token) has not been satisfied. */
function evaluate(params: IApplyRule): string | string[] {
  try {
    return params.rule(params.node) as string | string[];
  } catch {
    return 'Non-Compliant';
  }
}
