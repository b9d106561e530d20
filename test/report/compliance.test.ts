import { Stack, Stage } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { synthesised, visibleText } from './helper';
import { ComplianceEnforcement, CustomContainerRepo, InferenceEndpoint, InferenceModel, ModelArtifactBucket, ModelRegistry } from '../../src';
import { acceptedOf, openOf, verdictOf } from '../../src/report/compliance';
import { summaryText } from '../../src/report/summary';

test('what passed, what was accepted and why', async () => {
  const report = synthesised(app => {
    const stack = new Stack(app, 'Serving');
    new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromModelPackage(new ModelRegistry(stack, 'Models'), { version: 1 }) });
  });
  expect(verdictOf(report.compliance)).toEqual({ state: 'passed', words: 'Passed' });
  const endpoint = report.compliance.results.find(r => r.construct === 'Serving/Endpoint' && r.pack === 'AwsSolutions');
  expect(endpoint?.rules).toBeGreaterThan(0);
  const accepted = acceptedOf(report.compliance.results.flatMap(r => r.findings));
  expect(accepted.length).toBeGreaterThan(0);
  const text = await visibleText(report);
  accepted.forEach(f => { expect(text).toContain(f.rule); expect(text).toContain(f.reason?.replace(/\s+/g, ' ')); });
  expect(text).toContain('✓ Passed');
  expect(summaryText(report)).toMatch(/Compliance checks: passed[^]*AwsSolutions: 0 open, \d+ accepted/);
});

test('findings that do not stop synth are open, told once and counted', async () => {
  const report = synthesised(app => {
    app.node.setContext('cdk-ml-patterns:compliance', ComplianceEnforcement.REPORT);
    app.node.setContext('cdk-ml-patterns:compliancePacks', 'HIPAA.Security');
    const { bucket } = new ModelArtifactBucket(new Stack(app, 'Stack'), 'Artifacts');
    (bucket.node.defaultChild as CfnBucket).addPropertyDeletionOverride('LoggingConfiguration');
  });
  const open = openOf(report.compliance.results.flatMap(r => r.findings));
  expect(open.length).toBeGreaterThan(0);
  expect(verdictOf(report.compliance).state).toBe('errors');
  expect(report.compliance.annotations.filter(a => open.some(f => a.text.includes(f.info)))).toEqual([]);
  const text = await visibleText(report);
  open.forEach(f => { expect(text).toContain(f.rule); });
  expect(text).toContain('Findings are reported and do not stop synth for Stack/Artifacts, Stack/MlEncryptionKey .');
  expect(summaryText(report)).toContain(`${open[0].level}: ${open[0].rule} at ${open[0].path}`);
});

test('checks that are off are said so', async () => {
  const report = synthesised(app => {
    const stack = new Stack(app, 'Stack');
    const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
    new CustomContainerRepo(stack, 'Images', { encryptionKey, compliance: { enforcement: ComplianceEnforcement.OFF } });
    new ModelRegistry(stack, 'Models');
  });
  expect(report.compliance.off).toEqual(['Stack/Images']);
  expect(report.compliance.results.map(r => r.construct)).not.toContain('Stack/Images');
  expect(verdictOf({ ...report.compliance, judged: 0 })).toEqual({ state: 'none', words: 'No checks ran' });
  expect(await visibleText(report)).toContain('1 construct checked at synth, 1 with checks off');
  expect(await visibleText(report)).toContain('Checks were off for Stack/Images .');
  expect(summaryText(report)).toContain('checks are off: Stack/Images');
});

test('stages are read too', () => {
  const report = synthesised(app => { new CustomContainerRepo(new Stack(new Stage(app, 'Prod'), 'Stack'), 'Images'); });
  expect(report.stacks.map(s => s.name)).toEqual(['Prod/Stack']);
  expect(report.compliance.results.map(r => r.construct)).toContain('Prod/Stack/Images');
  expect(report.architecture.nodes.map(n => n.title)).toContain('Images/Repository');
});

test('rules that everything satisfied are named where the evidence was written, of stages too', async () => {
  const of = (context: Record<string, unknown>) => synthesised(app => {
    Object.entries(context).forEach(([key, value]) => app.node.setContext(key, value));
    new CustomContainerRepo(new Stack(app, 'Stack'), 'Images');
    new ModelArtifactBucket(new Stack(new Stage(app, 'Prod'), 'Stack'), 'Artifacts');
  });
  const report = of({ 'cdk-ml-patterns:complianceReport': true });
  expect(report.compliance.passed.get('MlSecurity')).toEqual(['ML-ECR1', 'ML-ECR2', 'ML-ECR3', 'ML-ECR4', 'ML-S3']);
  expect(report.compliance.passed.get('AwsSolutions')).toContain('AwsSolutions-S10');
  expect(await visibleText(report)).toMatch(/Satisfied everywhere[^]*ML-ECR1/);
  const without = of({});
  expect([...without.compliance.passed]).toEqual([]);
  expect(await visibleText(without)).not.toContain('Satisfied everywhere');
});
