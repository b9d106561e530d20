import { existsSync, mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { CustomContainerRepo, InferenceEndpoint, InferenceModel, ModelRegistry, SageMakerImage } from '../../src';
import { sample } from '../sample';

const ON = { 'cdk-ml-patterns:complianceReport': true };
const STRONG = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };
const outdir = () => mkdtempSync(join(tmpdir(), 'evidence-'));
const read = (directory: string, extension: string) => readFileSync(join(directory, `compliance-report.${extension}`), 'utf8');
const json = (directory: string, extension = 'json') => JSON.parse(read(directory, extension));

function weakened(reason = 'It asks a licence server.') {
  const app = new App({ outdir: outdir(), context: ON });
  const stack = new Stack(app, 'Serving');
  const model = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1') });
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { model, compliance: { exceptions: [{ rule: 'ML-SM2', reason }] } });
  (endpoint.node.findChild('Model') as CfnModel).enableNetworkIsolation = false;
  return app;
}

test('without being asked for, nothing is written, and the code for it is not loaded', () => {
  const { app } = sample({ outdir: outdir(), context: STRONG });
  app.synth();
  expect(existsSync(join(app.outdir, 'compliance-report.json'))).toBe(false);
  jest.isolateModules(() => {
    jest.doMock('../../src/compliance/evidence/write', () => { throw new Error('loaded'); });
    const { ModelRegistry: Isolated } = jest.requireActual('../../src');
    const quiet = new App();
    new Isolated(new Stack(quiet, 'Stack'), 'Models');
    expect(() => quiet.synth()).not.toThrow();
  });
  jest.dontMock('../../src/compliance/evidence/write');
});

test('the evidence of the first example names what passed and what was accepted, by pack and by construct', () => {
  const { app } = sample({ outdir: outdir(), context: { ...ON, ...STRONG } });
  app.synth();
  const { verdict, total, packs, constructs, results } = json(app.outdir);
  expect(verdict).toBe('passed');
  expect(total.open).toBe(0);
  expect(total.passed).toBeGreaterThan(50);
  expect(packs.map((p: any) => p.pack)).toEqual(['AwsSolutions', 'MlSecurity']);
  const rule = (id: string) => packs[1].rules.find((r: any) => r.rule === id);
  expect(rule('ML-SM1')).toEqual({ rule: 'ML-SM1', control: 'Security Hub SageMaker.5, Config sagemaker-model-isolation-enabled', passed: 1, accepted: 0, open: 0 });
  expect(rule('ML-SM7')).toMatchObject({ passed: 0, accepted: 1 });
  expect(constructs.map((c: any) => c.construct)).toEqual(expect.arrayContaining(['Serving/Endpoint', 'Training/Artifacts', 'Training/Pipeline']));
  expect(constructs.every((c: any) => c.enforcement === 'fail' && c.resources > 0)).toBe(true);
  expect(results.find((r: any) => r.rule === 'ML-SM7[AllTraffic]')).toMatchObject({
    pack: 'MlSecurity',
    verdict: 'accepted',
    level: 'warning',
    construct: 'Serving/Endpoint',
    resource: 'Serving/Endpoint/RealTimeConfig',
    type: 'AWS::SageMaker::EndpointConfig',
    template: 'Serving.template.json',
    control: 'Security Hub SageMaker.4',
    reason: expect.stringContaining('cheapest'),
  });
});

test('it is written also where findings stop synth', () => {
  const app = weakened();
  expect(() => app.synth()).toThrow('ML-SM1');
  const { verdict, total, results } = json(app.outdir);
  expect([verdict, total.open]).toEqual(['failed', 1]);
  expect(results.filter((r: any) => r.verdict !== 'passed').map((r: any) => [r.rule, r.verdict]).slice(0, 2)).toEqual([['ML-SM1', 'open'], ['ML-SM2', 'accepted']]);
});

test('SARIF holds findings with the place in the template, accepted ones as suppressed, and all rules that applied', () => {
  const app = weakened();
  expect(() => app.synth()).toThrow();
  const { version, runs: [{ tool: { driver }, results }] } = json(app.outdir, 'sarif');
  expect(version).toBe('2.1.0');
  expect(driver.version).toMatch(/^\d+\.\d+\.\d+/);
  const [open, accepted] = results;
  expect(open).toMatchObject({
    ruleId: 'ML-SM1',
    level: 'error',
    message: { text: expect.stringContaining('Serving/Endpoint/Model') },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'Serving.template.json' }, region: { startLine: 1 } }, logicalLocations: [{ fullyQualifiedName: 'Serving/Endpoint/Model' }] }],
    suppressions: [],
  });
  expect(accepted.suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'It asks a licence server.', properties: { acceptedBy: 'consumer' } }]);
  results.forEach((r: any) => expect(driver.rules[r.ruleIndex].id).toBe(r.ruleId));
  expect(driver.rules.map((r: any) => r.id)).toEqual(expect.arrayContaining(['ML-SM1', 'ML-SM8', 'AwsSolutions-IAM4']));
});

test('who accepts is told, and where the library and the consumer do, both reasons are kept', () => {
  const app = new App({ outdir: outdir(), context: { ...ON, 'cdk-ml-patterns:compliancePacks': 'HIPAA.Security' } });
  const model = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1') });
  const stack = new Stack(app, 'Serving');
  const rule = 'HIPAA.Security-CloudWatchAlarmAction';
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { model, compliance: { exceptions: [{ rule, reason: 'Nobody is called at night.' }] } });
  endpoint.addAlarms();
  app.synth();
  const both = [{ by: 'consumer', reason: 'Nobody is called at night.' }, { by: 'library', reason: expect.stringMatching(/^SageMaker itself watches/) }];
  const found = json(app.outdir).results.filter((r: any) => r.rule === rule);
  const of = (id: string) => found.find((r: any) => r.resource.endsWith(id));
  expect(of('/AllTrafficErrors')).toMatchObject({ acceptances: both, reason: expect.stringMatching(/^Nobody is called at night\. SageMaker itself/) });
  expect(found.filter((r: any) => r.resource.includes('/Alarms/')).map((r: any) => r.acceptances)).toContainEqual([both[0]]);
  const suppressed = json(app.outdir, 'sarif').runs[0].results.filter((r: any) => r.ruleId === rule).flatMap((r: any) => r.suppressions);
  expect(suppressed).toEqual(expect.arrayContaining(both.map(({ by, reason }) => ({ kind: 'external', status: 'accepted', justification: reason, properties: { acceptedBy: by } }))));
  expect(read(app.outdir, 'html')).toContain('<b>consumer:</b> Nobody is called at night.<br><b>library:</b> SageMaker itself');
});

test('the page is complete in itself, and what others wrote is text', () => {
  const app = weakened('<script>alert(1)</script> & more');
  expect(() => app.synth()).toThrow();
  const page = read(app.outdir, 'html');
  expect(page).toContain('Compliance report: <span class="open">failed</span>');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
  expect(page).not.toMatch(/<(script|link|img)|src=/);
  ['ML-SM1', 'ML-SM8', 'AwsSolutions-IAM4', 'Serving/<wbr>Endpoint/<wbr>Model', 'Security Hub SageMaker.5'].forEach(words => expect(page).toContain(words));
});

test('the packs of cdk-nag name controls, too', () => {
  const app = new App({ outdir: outdir(), context: { ...ON, 'cdk-ml-patterns:compliancePacks': 'HIPAA.Security' } });
  new CustomContainerRepo(new Stack(app, 'Stack'), 'Images');
  new ModelRegistry(new Stack(app, 'Other'), 'Models');
  new InferenceEndpoint(new Stack(app, 'Serving'), 'Endpoint', { model: InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1') }) });
  app.synth();
  const [{ rules }] = json(app.outdir).packs;
  expect(rules.length).toBeGreaterThan(1);
  rules.forEach((r: any) => expect(r.control).toMatch(/^164\./));
});

test('each stage has its own beside its own templates, anew at each synth, and the same again', () => {
  const app = new App({ outdir: outdir(), context: ON });
  const prod = new Stage(app, 'Prod');
  new ModelRegistry(new Stack(app, 'Tools'), 'Models');
  new CustomContainerRepo(new Stack(prod, 'Stack'), 'Images').node.tryRemoveChild('Nothing');
  app.synth();
  expect(json(app.outdir).constructs.map((c: any) => c.construct)).toEqual(['Tools/Models']);
  expect(json(prod.outdir).constructs.map((c: any) => c.construct)).toEqual(['Prod/Stack/Images', 'Prod/Stack/MlEncryptionKey']);
  const first = read(app.outdir, 'html');
  app.synth({ force: true });
  expect(read(app.outdir, 'html')).toBe(first);
});

test('a construct whose checks are off is told', () => {
  const app = new App({ outdir: outdir(), context: { ...ON, 'cdk-ml-patterns:compliance': 'off' } });
  new CustomContainerRepo(new Stack(app, 'Stack'), 'Images');
  app.synth();
  expect(json(app.outdir)).toMatchObject({ verdict: 'unchecked', total: { passed: 0 }, constructs: [{ construct: 'Stack/Images', enforcement: 'off' }, { enforcement: 'off' }] });
  expect(read(app.outdir, 'html')).toContain('of 2 constructs that judge themselves, <span class="open">2 of them with checks off</span>.');
});
