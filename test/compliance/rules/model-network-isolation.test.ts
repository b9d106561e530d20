import { modelNetworkIsolation } from '../../../src/compliance/rules/model-network-isolation';

test.each<[string, any, boolean]>([
  ['with isolation', { EnableNetworkIsolation: true }, true],
  ['without it', { EnableNetworkIsolation: false }, false],
  ['that says nothing', {}, false],
  ['whose isolation is known only at deployment', { EnableNetworkIsolation: { Ref: 'P' } }, false],
  ['whose isolation is text', { EnableNetworkIsolation: 'true' }, true],
])('a model %s is judged', (_, properties, good) => {
  expect(modelNetworkIsolation.check(properties, () => undefined, () => [])).toBe(good);
});
