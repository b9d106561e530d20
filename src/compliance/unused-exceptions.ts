import { Aspects, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ComplianceException } from './compliance-options';
import { CompliancePack } from './compliance-pack';
import { Finding } from './finding';
import { allResources } from './ours';
import { ruleOf } from './rule-ids';

/** What is to be said of exceptions that no finding needs: a misspelt id excuses nothing, and one that is out of date hides what comes next. */
export function unusedExceptions(scope: IConstruct, exceptions: ComplianceException[], packs: CompliancePack[], findings: Finding[]): string[] {
  const unused = without(findings, exceptions.filter(e => packs.some(p => p._judges(ruleOf(e.rule)))));
  if (unused.length === 0) { return []; }
  // An exception may also be meant for what others put here, which their own packs judge.
  const all = packs.flatMap(p => p._inspect(allResources(scope)).findings);
  return without(all, unused).map(({ rule }) => {
    const meant = [...new Set(all.map(f => f.rule).filter(r => base(r) === base(ruleOf(rule))))].sort();
    const hint = meant.length === 0 ? '.' : `; found was ${meant.join(', ')}.`;
    return `compliance.exceptions names ${rule}, but there is no such finding${hint}`;
  });
}

/**
 * What is to be said of exceptions that are of no pack that judges here. Not errors: the pack may be switched on for one stage only, and packs of the consumer may be
 * anything that CDK calls.
 */
export function foreignExceptions(scope: IConstruct, exceptions: ComplianceException[], packs: CompliancePack[]): string[] {
  const unknown = exceptions.filter(e => !packs.some(p => p._judges(ruleOf(e.rule))));
  const consumers = unknown.length === 0 ? [] : packsOfConsumer(scope);
  return unknown.filter(e => !consumers.some(p => p.judges(ruleOf(e.rule)))).map(({ rule }) => {
    if (ruleOf(rule).startsWith('cdk-ml-patterns:')) { return `compliance.exceptions names ${rule}, which is a warning, no finding: accept it with Validations.of(construct).acknowledge.`; }
    const judging = [...packs, ...consumers].map(p => p.packName).join(', ');
    return `compliance.exceptions names ${rule}, which is of no pack that judges here; these do: ${judging}.`;
  });
}

/** The packs that the consumer has registered for more than one construct: plug-ins, as those of cdk-nag 3, and aspects, as those of cdk-nag 2. */
function packsOfConsumer(scope: IConstruct): { packName: string; judges(rule: string): boolean }[] {
  const plugins = scope.node.scopes.filter(s => Stage.isStage(s)).flatMap((s: any) => s._validationPlugins ?? []);
  const aspects = scope.node.scopes.flatMap(s => Aspects.of(s).all).filter((a: any) => typeof a.packName === 'string');
  return [...plugins, ...aspects].map(({ packName, name = packName, ruleIds = [] }: any) => ({
    packName: String(name),
    judges: rule => rule.startsWith(`${packName ?? name}-`) || ruleIds.includes(rule.split('[')[0]),
  }));
}

function without(findings: Finding[], exceptions: ComplianceException[]): ComplianceException[] {
  return exceptions.filter(e => !findings.some(f => f.rule === ruleOf(e.rule)));
}

function base(rule: string): string {
  return rule.trim().split('[')[0].toLowerCase();
}
