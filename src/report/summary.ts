import { acceptedOf, openOf, verdictOf } from './compliance';
import { count, groupBy } from './json';
import { Report } from './report';

/** The table and the result of the checks as plain text, for a terminal. */
export function summaryText(report: Report): string {
  const rows = report.inventory.map(r => [r.layer, r.name, String(r.count), r.purpose]);
  const heads = ['Layer', 'Resource', 'Count', 'What it is for'];
  const widths = heads.map((h, i) => Math.max(h.length, ...rows.map(r => r[i].length)));
  const line = (cells: string[]) => cells.map((c, i) => i === 2 ? c.padStart(widths[i]) : c.padEnd(widths[i])).join('  ').trimEnd();
  // A layer is named once.
  const body = rows.map((r, i) => line([rows[i - 1]?.[0] === r[0] ? '' : r[0], ...r.slice(1)]));
  return [line(heads), widths.map(w => '─'.repeat(w)).join('  '), ...body, '', ...checksText(report)].join('\n');
}

function checksText({ compliance }: Report): string[] {
  const verdict = verdictOf(compliance);
  const packs = [...groupBy(compliance.results, r => r.pack)].map(([pack, results]) => {
    const findings = results.flatMap(r => r.findings);
    return `  ${pack}: ${openOf(findings).length} open, ${acceptedOf(findings).length} accepted with a reason`;
  });
  const open = compliance.results.flatMap(r => openOf(r.findings)).map(f => `  ${f.level}: ${f.rule} at ${f.path}: ${f.info}`);
  return [
    `Compliance checks: ${verdict.words.toLowerCase()} (${count(compliance.judged, 'construct')}, ${count(compliance.resources, 'resource')} judged)`,
    ...packs,
    ...open,
    ...compliance.off.map(path => `  checks are off: ${path}`),
  ];
}
