import { Hosting, InstanceScaling } from '../../../src';
import { hosted, MODEL } from '../hosted';

const scaling = InstanceScaling.onInvocations({ perInstance: 500, minCapacity: 2, maxCapacity: 20 });
const endpointOf = (hosting: Hosting) => hosted(hosting).properties('AWS::SageMaker::Endpoint');

test('an update keeps the scaled counts and the weights that were set since (aws-cdk#23151)', () => {
  const endpoint = endpointOf(Hosting.realTime({ variants: [{ variantName: 'a', model: MODEL, scaling }, { variantName: 'b', model: MODEL }] }));
  expect(endpoint.RetainAllVariantProperties).toBe(true);
  expect(endpoint.ExcludeRetainedVariantProperties).toBeUndefined();
});

test('a weight that the program says is applied by an update', () => {
  const endpoint = endpointOf(Hosting.realTime({ variants: [{ variantName: 'a', model: MODEL, scaling, weight: 3 }, { variantName: 'b', model: MODEL }] }));
  expect(endpoint.RetainAllVariantProperties).toBe(true);
  expect(endpoint.ExcludeRetainedVariantProperties).toEqual([{ VariantPropertyType: 'DesiredWeight' }]);
});

test('a share of a shadow that the program says is applied by an update, as weights are', () => {
  const endpoint = endpointOf(Hosting.realTime({ model: MODEL, scaling, shadow: { model: MODEL, samplingPercentage: 50 } }));
  expect(endpoint.ExcludeRetainedVariantProperties).toEqual([{ VariantPropertyType: 'DesiredWeight' }]);
});

test('without scaling the program says how many there are', () => {
  expect(endpointOf(Hosting.realTime({ model: MODEL, instanceCount: 2 })).RetainAllVariantProperties).toBeUndefined();
});

test('a scaled variant starts with the minimum of its scaling', () => {
  expect(hosted(Hosting.realTime({ model: MODEL, scaling })).config().ProductionVariants[0].InitialInstanceCount).toBe(2);
});

test('every variant may be scaled, and its shadow', () => {
  const { template } = hosted(Hosting.realTime({ model: MODEL, scaling, shadow: { model: MODEL, scaling } }));
  const targets = Object.values(template().findResources('AWS::ApplicationAutoScaling::ScalableTarget')).map(t => JSON.stringify(t.Properties.ResourceId));
  expect(targets.map(t => /variant\/(\w+)/.exec(t)![1]).sort()).toEqual(['AllTraffic', 'Shadow']);
});
