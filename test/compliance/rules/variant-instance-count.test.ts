import { variantInstanceCount } from '../../../src/compliance/rules/variant-instance-count';

test.each<[string, any, string[]]>([
  ['two instances', { InitialInstanceCount: 2 }, []],
  ['one instance', { InitialInstanceCount: 1 }, ['Blue']],
  ['no count', {}, ['Blue']],
  ['a count known at deployment', { InitialInstanceCount: { Ref: 'P' } }, []],
  ['no instances, being serverless', { ServerlessConfig: { MaxConcurrency: 5, MemorySizeInMB: 1024 } }, []],
  ['managed scaling from two on', { InitialInstanceCount: 1, ManagedInstanceScaling: { MinInstanceCount: 2 } }, []],
  ['managed scaling from zero on', { ManagedInstanceScaling: { MinInstanceCount: 0 } }, ['Blue']],
])('a variant with %s is judged by its name', (_, variant, found) => {
  expect(variantInstanceCount.check({ ProductionVariants: [{ VariantName: 'Blue', ...variant }] }, () => undefined, () => [])).toEqual(found);
});

test('every single variant is named', () => {
  const variants = ['A', 'B'].map(VariantName => ({ VariantName, InitialInstanceCount: 1 }));
  expect(variantInstanceCount.check({ ProductionVariants: variants }, () => undefined, () => [])).toEqual(['A', 'B']);
});
