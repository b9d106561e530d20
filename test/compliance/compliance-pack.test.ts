import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { CompliancePack } from '../../src';
import { Problems } from '../../src/core/problems';
import { openFindings, recordsOf, stackFixture } from '../helper';
import { sample } from '../sample';

const ALL: [string, CompliancePack][] = [
  CompliancePack.ML_SECURITY, CompliancePack.AWS_SOLUTIONS, CompliancePack.HIPAA_SECURITY, CompliancePack.NIST_800_53_R4,
  CompliancePack.NIST_800_53_R5, CompliancePack.PCI_DSS_321, CompliancePack.SERVERLESS,
].map(p => [p.packName, p]);

test.each(ALL)('the context knows the pack %s by its name', (name, pack) => {
  expect(CompliancePack._named(name, new Problems())).toEqual([pack]);
});

/** Every default construct, judged by one pack: the open findings, by rule and resource. */
function findings(pack: string, flags: Record<string, unknown> = {}): string[] {
  const { app } = sample({ context: { ...flags, 'cdk-ml-patterns:compliance': 'report', 'cdk-ml-patterns:compliancePacks': pack } });
  app.synth();
  expect(recordsOf(app).flatMap(r => r.packs).every(p => p.pack === pack)).toBe(true);
  return openFindings(app).map(f => `${f.rule} ${f.path}`).sort();
}

test.each(ALL.map(([name]) => name))('the default constructs leave nothing open for %s, under no feature flag and under all that CDK recommends', pack => {
  expect(Object.keys(CURRENTLY_RECOMMENDED_FLAGS).length).toBeGreaterThan(50);
  expect(findings(pack)).toEqual([]);
  expect(findings(pack, CURRENTLY_RECOMMENDED_FLAGS)).toEqual([]);
});

test.each(ALL.filter(([name]) => !['MlSecurity', 'Serverless'].includes(name)))('%s finds a bare bucket', (name, pack) => {
  const { stack } = stackFixture();
  const found = pack._inspect([new CfnBucket(stack, 'Bucket')]);
  expect(found.rules).toBeGreaterThan(3);
  expect(found.findings.length).toBeGreaterThan(1);
  for (const finding of found.findings) {
    expect(finding).toMatchObject({ pack: name, path: 'Stack/Bucket', level: 'error', reason: undefined });
    expect(finding.rule).toMatch(new RegExp(`^${name}-S`));
  }
});
