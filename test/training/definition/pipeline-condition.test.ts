import { App, Stack } from 'aws-cdk-lib';
import {
  ConditionStep, PipelineCondition, PipelineExecution, PipelineParameter, ProcessingStep, ReportMetric, SageMakerImage, SageMakerPipeline,
} from '../../../src';
import { errorOf } from '../../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

const a = PipelineParameter.number('A');
const left = { LeftValue: a, RightValue: 1 };

test.each<[string, PipelineCondition, object[]]>([
  ['at most', a.atMost(1), [{ Type: 'LessThanOrEqualTo', ...left }]],
  ['at least', a.atLeast(1), [{ Type: 'GreaterThanOrEqualTo', ...left }]],
  ['a text', PipelineExecution.PIPELINE_NAME.equalTo('x'), [{ Type: 'Equals', LeftValue: PipelineExecution.PIPELINE_NAME, RightValue: 'x' }]],
  ['all: a list, which the service combines by and', PipelineCondition.all(a.atMost(1), a.atLeast(1)), [{ Type: 'LessThanOrEqualTo', ...left }, { Type: 'GreaterThanOrEqualTo', ...left }]],
  ['any', PipelineCondition.any(a.atMost(1), a.atLeast(1)), [{ Type: 'Or', Conditions: [{ Type: 'LessThanOrEqualTo', ...left }, { Type: 'GreaterThanOrEqualTo', ...left }] }]],
  ['none of one', PipelineCondition.none(a.atMost(1)), [{ Type: 'Not', Condition: { Type: 'LessThanOrEqualTo', ...left } }]],
  ['none of several', PipelineCondition.none(a.atMost(1), a.atLeast(1)), [
    { Type: 'Not', Condition: { Type: 'Or', Conditions: [{ Type: 'LessThanOrEqualTo', ...left }, { Type: 'GreaterThanOrEqualTo', ...left }] } },
  ]],
  ['all within any: the language has no and', PipelineCondition.any(PipelineCondition.all(a.atMost(1), a.atLeast(1)), a.atMost(1)), [{
    Type: 'Or',
    Conditions: [
      { Type: 'Not', Condition: { Type: 'Or', Conditions: [{ Type: 'Not', Condition: { Type: 'LessThanOrEqualTo', ...left } }, { Type: 'Not', Condition: { Type: 'GreaterThanOrEqualTo', ...left } }] } },
      { Type: 'LessThanOrEqualTo', ...left },
    ],
  }]],
])('%s', (_, condition, expected) => {
  expect(condition._render()).toEqual(expected);
});

/** The problems of a pipeline with nothing but this condition. */
function problemsOf(condition: PipelineCondition): string {
  return errorOf(() => new SageMakerPipeline(new Stack(new App(), 'Stack'), 'Pipeline', { steps: [new ConditionStep('Check', { condition })] }));
}

test.each<[string, PipelineCondition, string]>([
  ['a metric that belongs to no step', ReportMetric.at('mse').atMost(1), "ReportMetric.at('mse') belongs to no step: use metric() of the step that writes the report"],
  ['a metric of a step that the pipeline does not have', new ProcessingStep('Away', { image, report: { outputName: 'o', path: 'r.json' } }).metric('mse').atMost(1),
    "step 'Check' uses the output of 'Away', but the pipeline has no such step; it has: Check"],
  ['a path that is not known', ReportMetric.at(a.asString()).atMost(1), 'the path of a metric must be known at synth'],
  ['all of nothing', PipelineCondition.all(), 'condition must hold at least 1 condition, got PipelineCondition.all() without any'],
  ['any of nothing', PipelineCondition.any(), 'condition must hold at least 1 condition, got PipelineCondition.any() or none() without any'],
  ['none of nothing', PipelineCondition.none(), 'condition must hold at least 1 condition, got PipelineCondition.any() or none() without any'],
  ['nothing inside of another', PipelineCondition.any(a.atMost(1), PipelineCondition.all()), 'condition must hold at least 1 condition'],
  ['a text that is ordered', PipelineParameter.text('T').atMost(1),
    "step 'Check'.condition compares the parameter 'T', which is a text, with a number: use equalTo or oneOf"],
  ['a number within others that is a text', PipelineCondition.any(PipelineCondition.none(a.equalTo('1'))),
    "step 'Check'.condition compares the parameter 'A', which is a number, with a text: use atMost, atLeast, lessThan, greaterThan, equalToNumber or oneOfNumbers"],
  ['a number in a text', PipelineParameter.integer('I').oneOf('x', PipelineParameter.text('T').asString()),
    "step 'Check'.condition compares the parameter 'I', which is a number, with a text: use atMost, atLeast, lessThan, greaterThan, equalToNumber or oneOfNumbers"],
  ['a flag and a text', PipelineParameter.flag('F').equalTo('true'), "step 'Check'.condition compares the parameter 'F', which is a flag, with a text: use equalToFlag"],
  ['a time and a number', PipelineExecution.START_TIME.greaterThan(0),
    "step 'Check'.condition compares 'Execution.StartDateTime', which is a text, with a number: use equalTo or oneOf"],
  ['a text and a flag', PipelineParameter.text('T').equalToFlag(true), "step 'Check'.condition compares the parameter 'T', which is a text, with a flag: use equalTo or oneOf"],
  ['no number', a.atMost(NaN), "step 'Check'.condition must compare with a number, got NaN"],
])('%s is a problem', (_, condition, message) => {
  expect(problemsOf(condition)).toContain(message);
});

test('a number that a cast has spoilt is a problem where the language has such casts', () => {
  const agent = process.env.JSII_AGENT;
  process.env.JSII_AGENT = 'Java/17.0.1';
  try {
    expect(problemsOf(a.atLeast(-2147483648))).toContain('holds a number token that was cast to a whole number: use asNumber() of the variable as it is');
  } finally {
    if (agent === undefined) { delete process.env.JSII_AGENT; } else { process.env.JSII_AGENT = agent; }
  }
});

test.each<[string, PipelineCondition]>([
  ['a number and a variable', a.atMost(PipelineParameter.integer('B').asNumber())],
  ['a text and a variable', PipelineParameter.text('T').oneOf('x', PipelineExecution.ID.asString())],
  ['a flag', PipelineParameter.flag('F').equalToFlag(false)],
])('values of one kind are compared: %s', (_, condition) => {
  expect(() => new SageMakerPipeline(new Stack(new App(), 'Stack'), 'Pipeline', { steps: [new ConditionStep('Check', { condition })] })).not.toThrow();
});

test('what a step gives is of a kind that nobody knows', () => {
  const step = new ProcessingStep('Process', { image });
  const steps = [step, new ConditionStep('Check', { condition: PipelineCondition.all(step.property('ExitMessage').equalTo('x'), step.property('X').atMost(1)) })];
  expect(() => new SageMakerPipeline(new Stack(new App(), 'Stack'), 'Pipeline', { steps })).not.toThrow();
});
