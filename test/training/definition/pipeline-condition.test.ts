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
  ['no number', a.atMost(NaN), "step 'Check'.condition must compare with a number, got NaN"],
])('%s is a problem', (_, condition, message) => {
  expect(problemsOf(condition)).toContain(message);
});
