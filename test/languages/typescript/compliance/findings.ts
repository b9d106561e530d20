import { strictEqual } from 'node:assert';
import { test } from 'node:test';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ComplianceEnforcement, ComplianceOptions, InferenceEndpoint, InferenceModel, SageMakerImage } from 'cdk-ml-patterns';

/** An endpoint whose container reaches the network: a finding. */
function churn(context: Record<string, unknown> = {}, compliance?: ComplianceOptions): Stack {
  const stack = new Stack(new App({ context }), 'Churn');
  const model = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1') });
  new InferenceEndpoint(stack, 'Endpoint', { model, networkIsolation: false, compliance });
  return stack;
}

void test('a finding, which fails', () => {
  Template.fromStack(churn());
});

void test('switched off for one test', () => {
  Template.fromStack(churn({ 'cdk-ml-patterns:compliance': 'off' })).resourceCountIs('AWS::SageMaker::Endpoint', 1);
});

void test('reported only', () => {
  const stack = churn({}, { enforcement: ComplianceEnforcement.REPORT });
  strictEqual(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('ML-SM1')).length, 1);
});

void test('accepted with a reason', () => {
  Template.fromStack(churn({}, { exceptions: [{ rule: 'ML-SM1', reason: 'It asks a licence server' }, { rule: 'ML-SM2', reason: 'It asks a licence server' }] }));
});
