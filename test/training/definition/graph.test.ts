import { App, Stack } from 'aws-cdk-lib';
import {
  ConditionStep, FailStep, ModelArtifactBucket, PipelineParameter, PipelineStep, ProcessingInput, ProcessingOutput, ProcessingStep, SageMakerImage,
  SageMakerPipeline,
} from '../../../src';
import { errorOf } from '../../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const plain = (name: string) => new ProcessingStep(name, { image, outputs: [ProcessingOutput.of('out')] });
const reading = (name: string, from: string) => new ProcessingStep(name, { image, inputs: [ProcessingInput.s3('in', from)], outputs: [ProcessingOutput.of('out')] });

function make(steps: PipelineStep[]) {
  const stack = new Stack(new App(), 'Stack');
  return new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps });
}

function pair(): [ProcessingStep, ProcessingStep] {
  const a = plain('A');
  return [a, reading('B', a.output('out'))];
}

test('steps that wait for each other are a problem that names them', () => {
  const [a, b] = pair();
  a.after(b);
  expect(errorOf(() => make([a, b]))).toContain('1 problem:\n  - steps wait for each other: A → B → A');
});

test('a step does not wait for itself', () => {
  const a = plain('A');
  a.after(a);
  expect(errorOf(() => make([a]))).toContain('steps wait for each other: A → A');
});

test('a step does not read itself', () => {
  const a = plain('A');
  a.addOverride('Arguments.Environment', { SELF: a.output('out') });
  expect(errorOf(() => make([a]))).toContain('steps wait for each other: A → A');
});

test('a condition does not wait for its own branches', () => {
  const inner = plain('Inner');
  const check = new ConditionStep('Check', { condition: PipelineParameter.number('N', { defaultValue: 1 }).atMost(1), ifSteps: [inner] });
  check.after(inner);
  expect(errorOf(() => make([check]))).toContain('steps wait for each other: Check → Inner → Check');
});

test('steps that meet again without a circle are no problem', () => {
  const [a, b] = pair();
  const c = reading('C', a.output('out'));
  c.after(b);
  const check = new ConditionStep('Check', {
    condition: PipelineParameter.number('N', { defaultValue: 1 }).atMost(1),
    ifSteps: [reading('D', c.output('out'))],
    elseSteps: [new FailStep('Bad', { message: a.output('out') })],
  });
  expect(() => make([a, b, c, check])).not.toThrow();
});
