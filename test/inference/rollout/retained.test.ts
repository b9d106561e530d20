import { renderRetained } from '../../../src/inference/rollout/retained';

const DESIRED_WEIGHT = { variantPropertyType: 'DesiredWeight' };
const DESIRED_COUNT = { variantPropertyType: 'DesiredInstanceCount' };

test('nothing scales and nothing is said: the update starts with what the program says', () => {
  expect(renderRetained(undefined)).toEqual({});
});

test.each([
  ['something scales', { weights: true }, {}, undefined],
  ['something scales, and the program says weights', { weights: false }, {}, [DESIRED_WEIGHT]],
  ['somebody scales by hand', undefined, { retainInstanceCounts: true }, [DESIRED_WEIGHT]],
  ['somebody scales and shifts by hand', undefined, { retainInstanceCounts: true, retainWeights: true }, undefined],
  ['somebody shifts by hand', undefined, { retainWeights: true }, [DESIRED_COUNT]],
  ['counts shall start anew, weights not', { weights: true }, { retainInstanceCounts: false }, [DESIRED_COUNT]],
  ['weights of the program shall not count', { weights: false }, { retainWeights: true }, undefined],
])('%s (aws-cdk#23151)', (_, byKind, wishes, excluded) => {
  expect(renderRetained(byKind, wishes)).toEqual({ retainAllVariantProperties: true, excludeRetainedVariantProperties: excluded });
});

test.each([
  ['everything shall start anew', { weights: true }, { retainInstanceCounts: false, retainWeights: false }],
  ['counts shall start anew, and weights are those of the program', { weights: false }, { retainInstanceCounts: false }],
])('%s', (_, byKind, wishes) => {
  expect(renderRetained(byKind, wishes)).toEqual({});
});
