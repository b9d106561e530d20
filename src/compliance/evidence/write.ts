import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Evidence, evidenceOf, EvidenceRow } from './evidence';
import { evidencePage } from './page';
import { sarifOf } from './sarif';

/** Writes compliance-report.json, .html and .sarif beside the templates. The same program gives the same bytes. */
export function writeEvidence(directory: string, constructs: Evidence['constructs'], rows: EvidenceRow[]): void {
  const evidence = evidenceOf(constructs, rows);
  mkdirSync(directory, { recursive: true });
  const write = (extension: string, text: string) => writeFileSync(join(directory, `compliance-report.${extension}`), text);
  write('json', `${JSON.stringify(evidence, undefined, 2)}\n`);
  write('sarif', `${JSON.stringify(sarifOf(evidence), undefined, 2)}\n`);
  write('html', evidencePage(evidence));
}
