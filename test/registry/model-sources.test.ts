import { ModelRegistry } from '../../src';
import { addModelSource, modelSources } from '../../src/registry/model-sources';
import { stackFixture } from '../helper';

const permission = (name: string) => ({ actions: [name], resources: ['r'] });

test('a registry knows what its models take, of every pipeline, asked late', () => {
  const { stack } = stackFixture();
  const [registry, other] = ['a', 'b'].map(name => ModelRegistry.fromModelPackageGroupName(stack, name, name));
  const late = [permission('a:One')];
  addModelSource(registry, () => late);
  addModelSource(registry, () => [permission('a:Two')]);
  late.push(permission('a:Three'));
  expect(modelSources(registry).flatMap(p => p.actions)).toEqual(['a:One', 'a:Three', 'a:Two']);
  expect(modelSources(other)).toEqual([]);
  expect(modelSources(ModelRegistry.fromModelPackageGroupName(stack, 'Again', 'a')).length).toBe(3);
});
