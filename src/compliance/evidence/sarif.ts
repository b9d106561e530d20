import { readFileSync } from 'fs';
import { join } from 'path';
import { Evidence, EvidenceRow, grouped, ruleId } from './evidence';

/** Viewers of code want a line; templates are written after the findings are known. */
const WHOLE_FILE = { startLine: 1 };

/**
 * The findings for tools that show them beside the code: open ones, and accepted ones as suppressed with the reason. What passed is among the rules.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf({ results }: Evidence): object {
  const rules = grouped(results, r => ruleId(r.rule));
  const index = new Map(rules.map(([id], i) => [id, i]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-ml-patterns',
          version: version(),
          informationUri: 'https://github.com/cdk-ml-patterns/cdk-ml-patterns',
          rules: rules.map(([id, [row]]) => ({
            id, shortDescription: { text: row.info }, properties: { pack: row.pack, control: row.control },
          })),
        },
      },
      results: results.filter(r => r.verdict !== 'passed').map(r => resultOf(r, index.get(ruleId(r.rule))!)),
    }],
  };
}

function resultOf(row: EvidenceRow, ruleIndex: number): object {
  return {
    ruleId: ruleId(row.rule),
    ruleIndex,
    level: row.level,
    message: { text: `${row.rule} at ${row.resource}: ${row.info}` },
    locations: [{
      physicalLocation: { artifactLocation: { uri: row.template }, region: WHOLE_FILE },
      logicalLocations: [{ name: row.logicalId, fullyQualifiedName: row.resource, kind: 'resource' }],
    }],
    partialFingerprints: { place: `${row.rule} ${row.resource}` },
    suppressions: (row.acceptances ?? []).map(({ by, reason }) => ({ kind: 'external', status: 'accepted', justification: reason, properties: { acceptedBy: by } })),
  };
}

/** So that reports of different versions of the rules are not compared by accident. */
function version(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8')).version;
}
