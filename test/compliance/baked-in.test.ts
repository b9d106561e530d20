import { App, Aspects, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ComplianceEnforcement, ComplianceLevel, ComplianceOptions, CompliancePack, InferenceEndpoint, InferenceModel, ModelRegistry, SageMakerImage } from '../../src';
import { errorOf, openFindings, recordsOf, stackFixture, warningsOf } from '../helper';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

function endpointIn(scope: Construct, compliance?: ComplianceOptions): InferenceEndpoint {
  return new InferenceEndpoint(scope, 'Endpoint', { model: InferenceModel.fromContainer({ image: IMAGE }), compliance });
}

const modelOf = (endpoint: InferenceEndpoint) => endpoint.node.findChild('Model') as CfnModel;

/** An endpoint whose model may reach the network. */
function weakened(scope: Construct, compliance?: ComplianceOptions): InferenceEndpoint {
  const endpoint = endpointIn(scope, compliance);
  modelOf(endpoint).enableNetworkIsolation = false;
  return endpoint;
}

test('making a construct is enough to have it judged', () => {
  const { app, stack } = stackFixture();
  endpointIn(stack);
  app.synth();
  expect(recordsOf(stack).map(r => r.packs.map(p => p.pack))).toEqual([['MlSecurity', 'AwsSolutions'], ['MlSecurity', 'AwsSolutions']]); // endpoint and key
  recordsOf(stack).forEach(r => expect(r.packs.at(-1)!.rules).toBeGreaterThan(0));
});

test('a weakened construct stops synth with one error that names path, rule, resource and ways out', () => {
  const { app, stack } = stackFixture();
  weakened(stack);
  expect(errorOf(() => app.synth())).toBe([
    'Validation failed with the following errors:',
    "  [Stack/Endpoint] InferenceEndpoint at 'Stack/Endpoint' has 1 compliance finding:",
    "  - ML-SM1 at 'Stack/Endpoint/Model': The model container can reach the network: set EnableNetworkIsolation to true (Security Hub SageMaker.5).",
    '  To accept one with a reason: compliance: { exceptions: [{ rule, reason }] }. To only report: compliance: { enforcement: ComplianceEnforcement.REPORT }.',
  ].join('\n'));
});

test.each<[string, (model: CfnModel) => void]>([
  ['its property', m => { m.enableNetworkIsolation = false; }],
  ['a property override', m => m.addPropertyOverride('EnableNetworkIsolation', false)],
  ['a deletion override', m => m.addPropertyDeletionOverride('EnableNetworkIsolation')],
])('a model weakened by %s is found', (_, weaken) => {
  const { app, stack } = stackFixture();
  weaken(modelOf(endpointIn(stack)));
  expect(errorOf(() => app.synth())).toContain("ML-SM1 at 'Stack/Endpoint/Model'");
});

test('a construct weakened by an aspect is found', () => {
  const { app, stack } = stackFixture();
  endpointIn(stack);
  Aspects.of(app).add({ visit: node => { if (node instanceof CfnModel) { node.enableNetworkIsolation = false; } } });
  expect(() => app.synth()).toThrow(/ML-SM1/);
});

test('all findings of a construct come in one error', () => {
  const { app, stack } = stackFixture();
  const endpoint = weakened(stack);
  (endpoint.node.findChild('RealTimeConfig') as CfnResource).addPropertyDeletionOverride('KmsKeyId');
  const message = errorOf(() => app.synth());
  expect(message).toContain('has 2 compliance findings');
  expect(message).toContain('ML-SM1');
  expect(message).toContain('ML-SM8');
});

test('the findings of two constructs come in one error', () => {
  const { app, stack } = stackFixture();
  weakened(new Construct(stack, 'A'));
  weakened(new Construct(stack, 'B'));
  const message = errorOf(() => app.synth());
  expect(message).toContain("'Stack/A/Endpoint/Model'");
  expect(message).toContain("'Stack/B/Endpoint/Model'");
});

test.each<[string, (stack: Stack) => Construct]>([
  ['beside ours', stack => stack],
  ['in another subtree', stack => new Construct(new Construct(stack, 'Other'), 'Deep')],
  ['in a construct that contains ours', stack => stack.node.findChild('Holder') as Construct],
])('a bad resource of the consumer %s is never judged', (_, place) => {
  const { app, stack } = stackFixture();
  endpointIn(new Construct(stack, 'Holder'));
  const scope = place(stack);
  new CfnBucket(scope, 'Bucket');
  new CfnModel(scope, 'BadModel', { executionRoleArn: 'arn', primaryContainer: { image: 'x:latest' } });
  app.synth();
  expect(openFindings(app)).toEqual([]);
});

test('what is put inside a construct of ours is judged like its own', () => {
  const { app, stack } = stackFixture();
  new CfnBucket(endpointIn(stack), 'Bucket');
  expect(errorOf(() => app.synth())).toContain("AwsSolutions-S1 at 'Stack/Endpoint/Bucket'");
});

test('reporting turns findings into warnings', () => {
  const { stack } = stackFixture();
  weakened(stack, { enforcement: ComplianceEnforcement.REPORT });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('The model container can reach the network')]);
  expect(warningsOf(stack)[0]).toContain('(Stack/Endpoint/Model)');
});

test('switched off, nothing is judged, and the record says so', () => {
  const { stack } = stackFixture({ context: { 'cdk-ml-patterns:compliance': 'off' } });
  weakened(stack);
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([]);
  expect(recordsOf(stack).every(r => r.enforcement === 'off' && r.packs.length === 0)).toBe(true);
});

test('a finding of good practice warns, or stops synth where the level says so', () => {
  const make = (level?: ComplianceLevel) => {
    const { app, stack } = stackFixture();
    (endpointIn(stack, { level }).node.findChild('RealTime') as CfnResource).addPropertyDeletionOverride('DeploymentConfig');
    return { app, stack };
  };
  const { stack } = make();
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('A bad version of the model stays in service')]);
  expect(errorOf(() => make(ComplianceLevel.WARNING).app.synth())).toContain('ML-SM12');
});

test('only the packs that are asked for judge', () => {
  const { app, stack } = stackFixture();
  weakened(stack, { packs: [CompliancePack.AWS_SOLUTIONS] });
  app.synth();
  expect(recordsOf(stack)[0].packs.map(p => p.pack)).toEqual(['AwsSolutions']);
});

test('an exception lets a finding pass and stands in the record with its reason', () => {
  const { app, stack } = stackFixture();
  weakened(stack, { exceptions: [{ rule: 'ML-SM1', reason: 'Calls a licence server.' }] });
  app.synth();
  const findings = recordsOf(stack).flatMap(r => r.packs).flatMap(p => p.findings);
  expect(findings).toContainEqual(expect.objectContaining({ pack: 'MlSecurity', rule: 'ML-SM1', path: 'Stack/Endpoint/Model', reason: 'Calls a licence server.' }));
  expect(openFindings(stack)).toEqual([]);
});

test('what a consumer acknowledges passes, on this construct only', () => {
  const { app, stack } = stackFixture();
  const first = weakened(new Construct(stack, 'A'));
  weakened(new Construct(stack, 'B'));
  Validations.of(first).acknowledge({ id: 'ML-SM1', reason: 'Calls a licence server.' });
  const message = errorOf(() => app.synth());
  expect(message).toContain("ML-SM1 at 'Stack/B/Endpoint/Model'");
  expect(message).not.toContain('Stack/A/Endpoint');
});

test('an exception that is too short, or a bad context value, is an error with the path', () => {
  const { stack } = stackFixture({ context: { 'cdk-ml-patterns:complianceLevel': 'fatal' } });
  expect(errorOf(() => endpointIn(stack, { exceptions: [{ rule: 'ML-SM1', reason: 'ok' }] }))).toBe([
    "InferenceEndpoint at 'Stack/Endpoint' has 2 problems:",
    "  - compliance.exceptions[0].reason must say why in at least 10 characters, got 'ok'",
    "  - context cdk-ml-patterns:complianceLevel must be one of error, warning, got 'fatal'",
  ].join('\n'));
});

test('constructs of ours inside of ours are judged once', () => {
  const { app, stack } = stackFixture();
  class Platform extends ModelRegistry {}
  weakened(new Platform(stack, 'Outer'));
  const message = errorOf(() => app.synth());
  expect(message.match(/ML-SM1/g)).toHaveLength(1);
  expect(recordsOf(stack.node.findChild('Outer'))).toHaveLength(1);
});

test('synth twice gives the same, with each record and warning once', () => {
  const { app, stack } = stackFixture();
  weakened(stack, { enforcement: ComplianceEnforcement.REPORT });
  const template = (force = false) => JSON.stringify(app.synth({ force }).getStackByName('Stack').template);
  const first = template();
  expect(template(true)).toBe(first);
  expect(recordsOf(stack)).toHaveLength(2);
  expect(warningsOf(stack)).toHaveLength(1);
});

test('the record reaches the cloud assembly', () => {
  const { app, stack } = stackFixture();
  endpointIn(stack);
  const entries = app.synth().getStackByName('Stack').findMetadataByType('cdk-ml-patterns:compliance');
  expect(entries.map(e => [e.path, (e.data as any).enforcement])).toEqual([['/Stack/Endpoint', 'fail'], ['/Stack/MlEncryptionKey', 'fail']]);
});

test('each stage judges its own', () => {
  const app = new App();
  const [beta, prod] = ['Beta', 'Prod'].map(s => new Stack(new Stage(app, s), 'Stack'));
  endpointIn(beta);
  weakened(prod);
  const message = errorOf(() => app.synth());
  expect(message).toContain("ML-SM1 at 'Prod/Stack/Endpoint/Model'");
  expect(message).not.toContain('Beta/');
});
