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

function without(findings: Finding[], exceptions: ComplianceException[]): ComplianceException[] {
  return exceptions.filter(e => !findings.some(f => f.rule === ruleOf(e.rule)));
}

function base(rule: string): string {
  return rule.trim().split('[')[0].toLowerCase();
}
