import { groupBy, isObject, JsonObject, listOf, objectOf, textOf } from './json';
import { Metadata, StackModel } from './model';

/** As src/compliance writes it; named here again, because the report works from files of any version of this package. */
const COMPLIANCE = 'cdk-ml-patterns:compliance';

export interface ReportedFinding {
  readonly construct: string;
  readonly rule: string;
  readonly level: 'error' | 'warning';
  readonly path: string;
  readonly info: string;
  /** Why it is accepted; a finding without it is open. */
  readonly reason?: string;
}

/** What one pack of rules made of one construct. */
export interface PackResult {
  readonly construct: string;
  readonly pack: string;
  readonly rules: number;
  readonly findings: ReportedFinding[];
}

export interface ComplianceReport {
  /** Constructs that judged themselves. */
  readonly judged: number;
  readonly resources: number;
  readonly results: PackResult[];
  /** Ids of rules that everything satisfied to which they applied, by pack; empty where the evidence was not asked for. */
  readonly passed: Map<string, string[]>;
  readonly off: string[];
  /** Constructs whose findings do not stop synth. */
  readonly reportOnly: string[];
  /** What synth said beside the findings. */
  readonly annotations: { readonly path: string; readonly level: 'error' | 'warning'; readonly text: string }[];
}

export function complianceOf(stacks: readonly StackModel[], evidence: readonly JsonObject[] = []): ComplianceReport {
  const metadata = stacks.flatMap(s => s.metadata);
  const records = metadata.filter(m => m.type === COMPLIANCE && isObject(m.data)).map(m => ({ construct: m.path, data: objectOf(m.data) }));
  const on = records.filter(r => r.data.enforcement !== 'off');
  const results = on.flatMap(r => listOf(r.data.packs).filter(isObject).map((p): PackResult => ({
    construct: r.construct,
    pack: textOf(p.pack) ?? 'unnamed',
    rules: Number(p.rules ?? 0),
    findings: listOf(p.findings).filter(isObject).map(f => ({
      construct: r.construct,
      rule: String(f.rule),
      level: f.level === 'warning' ? 'warning' : 'error',
      path: (textOf(f.path) ?? r.construct).replace(/\/(Resource|Default)$/, ''),
      info: textOf(f.info) ?? '',
      reason: textOf(f.reason),
    })),
  })));
  return {
    judged: on.length,
    resources: on.reduce((n, r) => n + Number(r.data.resources ?? 0), 0),
    results,
    passed: passedRules(evidence),
    off: records.filter(r => r.data.enforcement === 'off').map(r => r.construct),
    reportOnly: on.filter(r => r.data.enforcement === 'report').map(r => r.construct),
    annotations: annotationsOf(metadata, results.flatMap(r => openOf(r.findings))),
  };
}

function passedRules(evidence: readonly JsonObject[]): Map<string, string[]> {
  const rows = evidence.flatMap(e => listOf(e.results)).filter(isObject);
  const broken = new Set(rows.filter(r => r.verdict !== 'passed').map(r => ruleOf(r)));
  const kept = rows.filter(r => r.verdict === 'passed' && !broken.has(ruleOf(r)));
  return new Map([...groupBy(kept, r => String(r.pack))].map(([pack, ofPack]) => [pack, [...new Set(ofPack.map(ruleOf))].sort()]));
}

function ruleOf(row: JsonObject): string {
  return String(row.rule).split('[')[0];
}

export function openOf(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return findings.filter(f => f.reason === undefined);
}

export function acceptedOf(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return findings.filter(f => f.reason !== undefined);
}

/** Open findings are annotations too; they are told once. */
function annotationsOf(metadata: readonly Metadata[], open: readonly ReportedFinding[]): ComplianceReport['annotations'] {
  return metadata.filter(m => m.type === 'aws:cdk:warning' || m.type === 'aws:cdk:error').flatMap(m => {
    const text = String(m.data);
    const known = open.some(f => text.includes(`[ack: ${f.rule}]`) && m.path === f.construct);
    return known ? [] : [{ path: m.path, level: m.type === 'aws:cdk:error' ? 'error' as const : 'warning' as const, text }];
  });
}

/** The result in a few words. */
export function verdictOf(report: ComplianceReport): { readonly state: 'passed' | 'warnings' | 'errors' | 'none'; readonly words: string } {
  const findings = report.results.flatMap(r => r.findings);
  const errors = openOf(findings).filter(f => f.level === 'error').length;
  const warnings = openOf(findings).length - errors;
  const open = [errors, warnings].flatMap((n, i) => n === 0 ? [] : [`${n} open ${['error', 'warning'][i]}${n === 1 ? '' : 's'}`]).join(', ');
  if (open !== '') { return { state: errors > 0 ? 'errors' : 'warnings', words: open }; }
  return report.judged === 0 ? { state: 'none', words: 'No checks ran' } : { state: 'passed', words: 'Passed' };
}
