import { Acceptance } from '../finding';

/** What one rule says of one resource. */
export interface EvidenceRow {
  readonly pack: string;
  /** Id of the rule and, where something was found, what in square brackets. */
  readonly rule: string;
  readonly control?: string;
  /** The construct that judged itself. */
  readonly construct: string;
  /** Construct path of the resource. */
  readonly resource: string;
  readonly logicalId: string;
  readonly type: string;
  readonly template: string;
  readonly verdict: 'passed' | 'accepted' | 'open';
  readonly level?: 'error' | 'warning';
  readonly info: string;
  readonly reason?: string;
  /** Who accepts what is accepted, and why. */
  readonly acceptances?: Acceptance[];
}

/** How many results there are of each verdict. */
export interface Tally {
  readonly passed: number;
  readonly accepted: number;
  readonly open: number;
}

export interface RuleTally extends Tally {
  readonly rule: string;
  readonly control?: string;
}

/** The content of compliance-report.json. */
export interface Evidence {
  readonly version: 1;
  /** Of errors; `unchecked` where no rule has looked at anything, since all checks are off for example. */
  readonly verdict: 'passed' | 'failed' | 'unchecked';
  readonly total: Tally;
  readonly packs: { readonly pack: string; readonly total: Tally; readonly rules: RuleTally[] }[];
  readonly constructs: { readonly construct: string; readonly enforcement: string; readonly resources: number; readonly total?: Tally }[];
  readonly results: EvidenceRow[];
}

/** Adds up the results by pack, rule and construct. */
export function evidenceOf(constructs: Evidence['constructs'], rows: EvidenceRow[]): Evidence {
  return {
    version: 1,
    verdict: rows.length === 0 ? 'unchecked' : rows.some(r => r.verdict === 'open' && r.level === 'error') ? 'failed' : 'passed',
    total: tally(rows),
    packs: grouped(rows, r => r.pack).map(([pack, ofPack]) => ({
      pack,
      total: tally(ofPack),
      rules: grouped(ofPack, r => ruleId(r.rule)).map(([rule, ofRule]) => ({ rule, control: ofRule[0].control, ...tally(ofRule) })),
    })),
    constructs: constructs.map(c => ({ ...c, total: tally(rows.filter(r => r.construct === c.construct)) })),
    results: rows,
  };
}

/** The id of a rule without what it has found. */
export function ruleId(rule: string): string {
  return rule.split('[')[0];
}

export function grouped<T>(items: T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) { groups.set(key(item), [item]); } else { group.push(item); }
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
}

function tally(rows: EvidenceRow[]): Tally {
  const count = (verdict: string) => rows.filter(r => r.verdict === verdict).length;
  return { passed: count('passed'), accepted: count('accepted'), open: count('open') };
}
