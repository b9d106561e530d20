import { readFileSync } from 'fs';
import { CfnResource } from 'aws-cdk-lib';
import { Case, CASES } from './cases';
import { allResources } from '../../../src/compliance/ours';
import { inspectMlSecurity, ML_RULES } from '../../../src/compliance/rules';
import { infoOf } from '../../../src/compliance/rules/rule';
import { stackFixture } from '../../helper';

const { FILE, rulesPage } = jest.requireActual('../../../scripts/rules-table');

/** What one rule finds of the resource `R`. */
function found(id: string, { type, beside = {} }: Case, properties: any, alone = false): string[] {
  const { stack } = stackFixture();
  new CfnResource(stack, 'R', { type, properties });
  if (!alone) { Object.entries(beside).forEach(([name, other]) => new CfnResource(stack, name, other)); }
  return inspectMlSecurity(allResources(stack)).findings.filter(f => f.path === 'Stack/R' && f.rule.split('[')[0] === id).map(f => f.rule.slice(id.length).replace(/[[\]]/g, ''));
}

test('there are good and bad cases of every rule', () => {
  expect(Object.keys(CASES).sort()).toEqual(ML_RULES.map(r => r.id).sort());
  Object.values(CASES).forEach(c => expect(Math.min(c.good.length, c.bad.length)).toBeGreaterThan(0));
});

const rows = <T>(pick: (c: Case) => T[]) =>
  Object.entries(CASES).flatMap(([id, c]) => pick(c).map((row, i): [string, number, Case, T] => [id, i, c, row]));

test.each(rows(c => c.good))('%s lets the good case %# pass', (id, _, c, properties) => {
  expect(found(id, c, properties)).toEqual([]);
});

test.each(rows(c => c.bad))('%s finds the bad case %#', (id, _, c, [properties, ...expected]) => {
  expect(found(id, c, properties)).toEqual(expected);
});

test('a bucket is not guarded without a policy of its own, and the one that takes logs needs neither key nor log', () => {
  const c = CASES['ML-S3'];
  expect(found('ML-S3', c, c.good[0], true)).toEqual(['DenyInsecureTransport']);
  const beside = { ...c.beside, Other: { type: 'AWS::S3::Bucket', properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'R' } } } } };
  expect(found('ML-S3', { ...c, beside }, c.bad[0][0])).toEqual(['PublicAccessBlockConfiguration', 'VersioningConfiguration']);
  const replica = { ...c.beside, Other: { type: 'AWS::S3::Bucket', properties: { ReplicationConfiguration: { Rules: [{ Destination: { Bucket: { 'Fn::GetAtt': ['R', 'Arn'] } } }] } } } };
  expect(found('ML-S3', { ...c, beside: replica }, c.bad[0][0])).toContain('BucketEncryption');
});

test('every rule says what is wrong, how to mend it, and where it comes from', () => {
  for (const rule of ML_RULES) {
    expect(rule.info).toMatch(/^[A-Z].+: .+\.$/);
    expect(rule.control).toMatch(/^(Security Hub|Config|checkov|own:) ?\S/);
    expect(infoOf(rule)).toContain(rule.control.startsWith('own:') ? rule.info : rule.control);
  }
});

test.each(Object.entries(CASES))('%s says in square brackets what it says that it does', (id, { bad }) => {
  const { finds } = ML_RULES.find(r => r.id === id)!;
  expect(bad.every(([, ...expected]) => expected.every(f => (f !== '') === (finds !== undefined)))).toBe(true);
});

test('docs/compliance-rules.md is what the rules say: node scripts/rules-table.js', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(rulesPage(ML_RULES));
});

test.each([undefined, '', 'no JSON', '{"Steps": "none"}', '[]', { 'Fn::ImportValue': 'x' }, { 'Fn::Join': ['', ['{"Steps":', { Ref: 'Steps' }, '}']] }])('a definition %j that cannot be read is left alone', body => {
  expect(found('ML-SM13', CASES['ML-SM13'], { PipelineDefinition: { PipelineDefinitionBody: body } })).toEqual([]);
});
