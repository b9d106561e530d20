import { PipelineCondition, PipelineExecution, PipelineParameter, ReportMetric } from '../../../src';

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

test('a metric that belongs to no step cannot be compared in a step', () => {
  expect(() => ReportMetric.at('mse').atMost(1)._render()).toThrow("ReportMetric.at('mse') belongs to no step");
});

test.each([['regression_metrics.mse.value', 'Mse'], ['auc', 'Auc'], ["metrics['f1'].value", 'F1'], ['a.b', 'B']])('the measure of %s is %s', (path, measure) => {
  expect(ReportMetric.at(path)._measure).toBe(measure);
});
