import { App, Aspects, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ComplianceEnforcement, ComplianceLevel, ComplianceOptions, CompliancePack, InferenceEndpoint, InferenceModel, ModelArtifactBucket, ModelRegistry, SageMakerImage } from '../../src';
import { madeResources } from '../../src/compliance/ours';
import { errorOf, openFindings, recordsOf, stackFixture, warningsOf } from '../helper';
import { sample } from '../sample';

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
    "  - ML-SM1 at 'Stack/Endpoint/Model': The model container can reach the network: set EnableNetworkIsolation to true (Security Hub SageMaker.5, Config sagemaker-model-isolation-enabled).",
    '  To mend ML-SM1: leave out networkIsolation',
    "  To accept with a reason: compliance: { exceptions: [{ rule: 'ML-SM1', reason: '...' }] }",
    '  To only report: compliance: { enforcement: ComplianceEnforcement.REPORT }',
    '  More: https://github.com/cdk-ml-patterns/cdk-ml-patterns/blob/main/docs/compliance.md#exceptions',
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

test('a bucket weakened by a deletion override is found by AwsSolutions', () => {
  const { app, stack } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  (artifacts.bucket.node.defaultChild as CfnBucket).addPropertyDeletionOverride('LoggingConfiguration');
  expect(errorOf(() => app.synth())).toContain("AwsSolutions-S1 at 'Stack/Artifacts/Bucket/Resource'");
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

test('what a consumer puts inside a construct of ours is not judged', () => {
  const { app, stack } = stackFixture();
  const endpoint = endpointIn(stack);
  new Bucket(endpoint, 'Bucket');
  new CfnModel(new Construct(endpoint, 'Mine'), 'BadModel', { executionRoleArn: 'arn', primaryContainer: { image: 'x:latest' } });
  app.synth();
  expect(openFindings(app)).toEqual([]);
});

test('every construct of the first example says what it made, and each resource is judged once', () => {
  const { app, training, serving } = sample();
  const [ours, made] = ['ours', 'made'].map(name => Symbol.for(`cdk-ml-patterns.${name}`));
  const constructs = app.node.findAll().filter(c => ours in c);
  expect(constructs.filter(c => !(made in c)).map(c => c.node.path)).toEqual([]);
  const judged = constructs.flatMap(madeResources);
  expect(new Set(judged).size).toBe(judged.length);
  app.synth();
  expect([training, serving].flatMap(recordsOf).length).toBe(constructs.length - 1); // the pipeline within the training pipeline is a part of it
});

test('reporting turns findings into warnings', () => {
  const { stack } = stackFixture();
  weakened(stack, { enforcement: ComplianceEnforcement.REPORT });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('The model container can reach the network'), expect.stringContaining('outside of a VPC')]);
  expect(warningsOf(stack)[0]).toContain('(Stack/Endpoint/Model)');
});

test('switched off, nothing is judged, and the record says so', () => {
  const { stack } = stackFixture({ context: { 'cdk-ml-patterns:compliance': 'off' } });
  weakened(stack);
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([]);
  expect(recordsOf(stack)).toEqual([{ enforcement: 'off', resources: 6, packs: [] }, { enforcement: 'off', resources: 1, packs: [] }]);
});

test('the key of the stack is judged as the first construct that makes it is, but for the exceptions', () => {
  const { app, stack } = stackFixture();
  endpointIn(stack, { enforcement: ComplianceEnforcement.OFF, exceptions: [{ rule: 'AwsSolutions-KMS5', reason: 'Only this endpoint may.' }] });
  new ModelArtifactBucket(stack, 'Artifacts', { compliance: { level: ComplianceLevel.WARNING } });
  const key = stack.node.findChild('MlEncryptionKey');
  (key.node.findChild('Key').node.defaultChild as CfnKey).enableKeyRotation = false;
  app.synth();
  expect(recordsOf(key)).toEqual([{ enforcement: 'off', resources: 1, packs: [] }]);
  expect(key.node.metadata.filter(m => m.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)).toEqual([]);
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
  weakened(stack, { exceptions: ['ML-SM1', 'ML-SM2'].map(rule => ({ rule, reason: 'Calls a licence server.' })) });
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

test('constructs of ours that a consumer puts inside of ours are judged once, by their own options', () => {
  const make = (outer: ComplianceOptions, inner: ComplianceOptions) => {
    const { app, stack } = stackFixture();
    weakened(new ModelRegistry(stack, 'Outer', { compliance: outer }), inner);
    return { app, stack };
  };
  const [off, fail] = [{ enforcement: ComplianceEnforcement.OFF }, { enforcement: ComplianceEnforcement.FAIL }];
  expect(errorOf(() => make(off, fail).app.synth()).match(/ML-SM1 at/g)).toHaveLength(1);
  const { app, stack } = make(fail, off);
  app.synth();
  expect(recordsOf(stack.node.findChild('Outer')).map(r => r.enforcement)).toEqual(['fail', 'off']);
});

test('synth twice gives the same, with each record and warning once', () => {
  const { app, stack } = stackFixture();
  weakened(stack, { enforcement: ComplianceEnforcement.REPORT });
  const template = (force = false) => JSON.stringify(app.synth({ force }).getStackByName('Stack').template);
  const first = template();
  expect(template(true)).toBe(first);
  expect(recordsOf(stack)).toHaveLength(2);
  expect(warningsOf(stack)).toHaveLength(2);
});

test('a second synth records what it found, not what the first did', () => {
  const { app, stack } = stackFixture();
  const endpoint = weakened(stack);
  expect(() => app.synth()).toThrow(/ML-SM1/);
  expect(openFindings(endpoint).map(f => f.rule)).toEqual(['ML-SM1', 'ML-SM2']);
  modelOf(endpoint).enableNetworkIsolation = true;
  app.synth({ force: true });
  expect(openFindings(endpoint)).toEqual([]);
});

test('what is granted between two synths has its reason at the second', () => {
  const { app, stack } = stackFixture();
  const endpoint = endpointIn(stack);
  app.synth();
  new ModelArtifactBucket(stack, 'Artifacts').grants.read(endpoint);
  app.synth({ force: true });
  expect(recordsOf(endpoint)).toHaveLength(1);
  expect(openFindings(stack)).toEqual([]);
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
