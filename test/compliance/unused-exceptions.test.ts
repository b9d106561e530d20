import { Aspects, IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { ComplianceEnforcement, ComplianceOptions, CompliancePack, InferenceEndpoint, InferenceModel, SageMakerImage } from '../../src';
import { errorOf, openFindings, stackFixture, warning, warningsOf } from '../helper';

const REASON = 'Agreed with the security team.';
const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

/** The endpoint of a stack, and what `synth` warns of. */
function fixture(rule: string, options: ComplianceOptions = {}) {
  const { app, stack } = stackFixture();
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image: IMAGE }), compliance: { ...options, exceptions: [{ rule, reason: REASON }] } });
  const synth = () => {
    Template.fromStack(stack);
    return warningsOf(stack);
  };
  return { app, stack, endpoint, synth };
}

const NAMED = "InferenceEndpoint at 'Stack/Endpoint' has 1 problem:";

test.each<[string, string, string]>([
  ['that nothing breaks', 'ML-SM1', 'compliance.exceptions names ML-SM1, but there is no such finding.'],
  ['of AwsSolutions that nothing breaks', 'AwsSolutions-S1', 'compliance.exceptions names AwsSolutions-S1, but there is no such finding.'],
  ['without what stands in brackets', 'ML-SM7', 'compliance.exceptions names ML-SM7, but there is no such finding; found was ML-SM7[AllTraffic].'],
  ['with something else in brackets', 'ML-SM7[Blue]', 'compliance.exceptions names ML-SM7[Blue], but there is no such finding; found was ML-SM7[AllTraffic].'],
  ['in other letters', 'ml-sm7[AllTraffic]', 'compliance.exceptions names ml-sm7[AllTraffic], but there is no such finding; found was ML-SM7[AllTraffic].'],
])('an exception for a rule %s is an error that names the construct, or a warning where findings are only reported', (_, rule, text) => {
  expect(errorOf(() => fixture(rule).synth())).toContain(`${NAMED}\n  - ${text}`);
  expect(fixture(rule, { enforcement: ComplianceEnforcement.REPORT }).synth()).toEqual([warning('unusedException', text)]);
});

test.each<[string, string]>([
  ['is needed', 'ML-SM7[AllTraffic]'],
  ["is needed, with CDK's prefix", 'Annotation::ML-SM7[AllTraffic]'],
])('an exception that %s is no error', (_, rule) => {
  expect(fixture(rule).synth()).toEqual([]);
});

test('where nothing is judged, nothing is said of exceptions', () => {
  expect(fixture('ML-SM1', { enforcement: ComplianceEnforcement.OFF }).synth()).toEqual([]);
});

const FOREIGN = 'cdk-ml-patterns:exceptionOfUnknownPack';

test.each<[string, string, ComplianceOptions, string]>([
  ['a pack that is not switched on here', 'NIST.800.53.R5-IAMNoInlinePolicy', {}, 'which is of no pack that judges here; these do: MlSecurity, AwsSolutions.'],
  ['a pack that the construct has switched off', 'ML-SM1', { packs: [CompliancePack.AWS_SOLUTIONS] }, 'which is of no pack that judges here; these do: AwsSolutions.'],
  ['a misspelt pack', 'AwsSolution-S1', { enforcement: ComplianceEnforcement.REPORT }, 'which is of no pack that judges here; these do: MlSecurity, AwsSolutions.'],
  ['a warning', 'cdk-ml-patterns:localDisks', {}, 'which is a warning, no finding: accept it with Validations.of(construct).acknowledge.'],
])('an exception of %s is a warning', (_, rule, options, text) => {
  expect(fixture(rule, options).synth()).toEqual([warning('exceptionOfUnknownPack', `compliance.exceptions names ${rule}, ${text}`)]);
});

test.each<[string, string, ComplianceOptions]>([
  [FOREIGN, 'HIPAA.Security-X', {}],
  ['cdk-ml-patterns:unusedException', 'ML-SM1', { enforcement: ComplianceEnforcement.REPORT }],
])('the warning %s can be accepted, on the construct or above it', (id, rule, options) => {
  const accepting = (scope: (f: ReturnType<typeof fixture>) => IConstruct) => {
    const made = fixture(rule, options);
    Validations.of(scope(made)).acknowledge({ id, reason: REASON });
    return made.synth();
  };
  expect([...accepting(f => f.endpoint), ...accepting(f => f.app)]).toEqual([]);
});

test('exceptions may be meant for packs that the consumer has registered for the whole app', () => {
  jest.spyOn(console, 'error').mockReturnValue(); // CDK prints the report of every plug-in
  const mine: IPolicyValidationPlugin = { name: 'Mine', ruleIds: ['OWN1'], validate: () => ({ success: true, violations: [] }) };
  const older = { packName: 'Older', visit: () => undefined };
  const said = (rule: string) => {
    const { app, synth } = fixture(rule);
    Validations.of(app).addPlugins(mine);
    Aspects.of(app).add(older);
    return synth().map(text => text.replace(/ \[ack.*/, ''));
  };
  expect(['Mine-1', 'OWN1', 'OWN1[x]', 'Older-1[x]'].flatMap(said)).toEqual([]);
  expect(said('Other-1')).toEqual(['compliance.exceptions names Other-1, which is of no pack that judges here; these do: MlSecurity, AwsSolutions, Mine, Older.']);
});

test('an exception for what the consumer puts inside is no error', () => {
  const { endpoint, synth } = fixture('ML-SM1');
  new CfnModel(endpoint, 'Mine', { executionRoleArn: 'arn', primaryContainer: { image: 'h/a:1' } });
  expect(synth()).toEqual([]);
});

test('the warning comes once, however often the app is synthesised', () => {
  const { app, stack } = fixture('ML-SM1', { enforcement: ComplianceEnforcement.REPORT });
  app.synth();
  app.synth({ force: true });
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('no such finding'))).toHaveLength(1);
  expect(openFindings(stack)).toEqual([]);
});
