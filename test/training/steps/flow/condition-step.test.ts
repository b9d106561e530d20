import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { ConditionStep, FailStep, PipelineParameter, SageMakerPipeline } from '../../../../src';
import { errorOf, warningsOf } from '../../../helper';

const condition = PipelineParameter.flag('Try', { defaultValue: true }).equalToFlag(true);

test.each(['ifSteps', 'elseSteps'])('a condition with %s decides', branch => {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { steps: [new ConditionStep('If', { condition, [branch]: [new FailStep('No', { message: 'no' })] })] });
  expect(warningsOf(stack)).toEqual([]);
});

test('one without branches decides over nothing', () => {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { steps: [new ConditionStep('If', { condition, ifSteps: [] })] });
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Step 'If' decides over nothing, since neither branch holds a step: .*cdk-ml-patterns:emptyCondition/)]);
});

test('names of steps must be known', () => {
  const stack = new Stack(new App(), 'Stack');
  const name = new CfnParameter(stack, 'Name').valueAsString;
  expect(errorOf(() => new SageMakerPipeline(stack, 'Pipeline', { steps: [new FailStep(name, { message: 'no' })] }))).toContain('must have a name that is known at synth: others refer to the step by it');
});
