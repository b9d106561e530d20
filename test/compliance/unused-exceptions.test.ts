import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { ComplianceEnforcement, ComplianceOptions, CompliancePack, InferenceEndpoint, InferenceModel, SageMakerImage } from '../../src';
import { errorOf, openFindings, stackFixture, warningsOf } from '../helper';

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
  expect(fixture(rule, { enforcement: ComplianceEnforcement.REPORT }).synth()).toEqual([`${text} [ack: cdk-ml-patterns:unusedException]`]);
});

test.each<[string, string]>([
  ['is needed', 'ML-SM7[AllTraffic]'],
  ["is needed, with CDK's prefix", 'Annotation::ML-SM7[AllTraffic]'],
  ['is of a pack that does not judge here', 'NIST.800.53.R5-IAMNoInlinePolicy'],
  ['is of a pack of the consumer', 'Mine-1'],
])('an exception that %s is no error', (_, rule) => {
  expect(fixture(rule).synth()).toEqual([]);
});

test('where nothing is judged, nothing is said of exceptions', () => {
  expect(fixture('ML-SM1', { enforcement: ComplianceEnforcement.OFF }).synth()).toEqual([]);
  expect(fixture('ML-SM1', { packs: [CompliancePack.AWS_SOLUTIONS] }).synth()).toEqual([]);
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
