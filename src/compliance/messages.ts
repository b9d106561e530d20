import { Finding } from './finding';
import { mendingLines } from './mendings';
import { spelled } from '../core/tokens';

const DOCS = 'https://github.com/cdk-ml-patterns/cdk-ml-patterns/blob/main/docs/compliance.md#exceptions';

interface Spelling {
  readonly report: string;
  accept(rule: string): string;
}

const TYPESCRIPT: Spelling = {
  accept: rule => `compliance: { exceptions: [{ rule: '${rule}', reason: '...' }] }`,
  report: 'compliance: { enforcement: ComplianceEnforcement.REPORT }',
};

/** How the ways out are written, by what the runtime of jsii says about the program. */
const SPELLINGS: [RegExp, Spelling][] = [
  [/^python/i, {
    accept: rule => `compliance=ComplianceOptions(exceptions=[ComplianceException(rule="${rule}", reason="...")])`,
    report: 'compliance=ComplianceOptions(enforcement=ComplianceEnforcement.REPORT)',
  }],
  [/^java/i, {
    accept: rule => `.compliance(ComplianceOptions.builder().exceptions(List.of(ComplianceException.builder().rule("${rule}").reason("...").build())).build())`,
    report: '.compliance(ComplianceOptions.builder().enforcement(ComplianceEnforcement.REPORT).build())',
  }],
  [/^go/i, {
    accept: rule => `Compliance: &ComplianceOptions{Exceptions: &[]*ComplianceException{{Rule: jsii.String("${rule}"), Reason: jsii.String("...")}}}`,
    report: 'Compliance: &ComplianceOptions{Enforcement: ComplianceEnforcement_REPORT}',
  }],
  [/^dotnet/i, {
    accept: rule => `Compliance = new ComplianceOptions { Exceptions = new[] { new ComplianceException { Rule = "${rule}", Reason = "..." } } }`,
    report: 'Compliance = new ComplianceOptions { Enforcement = ComplianceEnforcement.REPORT }',
  }],
];

/** "1 compliance finding", or more of them. */
export function countOf(findings: Finding[]): string {
  return `${findings.length} compliance finding${findings.length === 1 ? '' : 's'}`;
}

/** A line for each rule and resource: what it finds several times, in the steps of a pipeline for example, is said once. */
export function findingLines(findings: Finding[]): string[] {
  const lines = new Map<string, string[]>();
  for (const { rule, path, info } of findings) {
    const text = ` at '${path}': ${info}`;
    lines.set(text, [...lines.get(text) ?? [], rule]);
  }
  return [...lines].map(([text, rules]) => `  - ${rules.join(', ')}${text}`);
}

/** What mends findings of `construct`, a class of the library, and what to do with those that shall stay, in the language of the program. */
export function waysOut(construct: string, findings: Finding[], agent = process.env.JSII_AGENT ?? ''): string[] {
  const { accept, report } = SPELLINGS.find(([language]) => language.test(agent))?.[1] ?? TYPESCRIPT;
  const each = new Set(findings.map(f => f.rule)).size > 1 ? ', an exception for each' : '';
  return [
    ...mendingLines(construct, findings, name => spelled(name, agent)),
    `  To accept with a reason${each}: ${accept(findings[0].rule)}`,
    `  To only report: ${report}`,
    `  More: ${DOCS}`,
  ];
}
