import { App, CfnParameter, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FailStep, SageMakerPipeline } from '../../src';
import { errorOf } from '../helper';

const here = { account: '111122223333', region: 'eu-west-1' };

function synth(envs: (Environment | undefined)[], name: (stack: Stack) => string | undefined = () => 'churn') {
  const app = new App();
  const stacks = envs.map((env, i) => new Stack(app, `Stack${i}`, { env }));
  stacks.forEach(stack => new SageMakerPipeline(stack, 'Pipeline', { steps: [new FailStep('Fail', { message: 'no' })], pipelineName: name(stack) }));
  return () => Template.fromStack(stacks[0]);
}

test('two pipelines of one name in one place are refused, by both their paths', () => {
  expect(errorOf(synth([here, here]))).toContain(
    "[Stack1/Pipeline] the pipeline at 'Stack0/Pipeline' has the same pipelineName in the same account and Region, 'churn'");
});

test('in one stack, too, wherever it goes', () => {
  const stack = new Stack(new App(), 'Stack');
  for (const id of ['A', 'B']) { new SageMakerPipeline(stack, id, { steps: [new FailStep('Fail', { message: 'no' })], pipelineName: 'churn' }); }
  expect(errorOf(() => Template.fromStack(stack))).toContain("[Stack/B] the pipeline at 'Stack/A' has the same pipelineName");
});

test.each<[string, (Environment | undefined)[]]>([
  ['other Regions', [here, { ...here, region: 'us-east-1' }]],
  ['other accounts', [here, { ...here, account: '999988887777' }]],
  ['places that nobody knows', [undefined, undefined]],
])('in %s they are two', (_, envs) => {
  expect(synth(envs)).not.toThrow();
});

test('names that the library makes differ, and those that CloudFormation makes may', () => {
  expect(synth([here, here], () => undefined)).not.toThrow();
  expect(synth([here, here], stack => new CfnParameter(stack, 'Name').valueAsString)).not.toThrow();
});
