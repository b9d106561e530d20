import { App, Environment, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
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

test('groups of one name in other stages, accounts and Regions are others', () => {
  const app = new App();
  const group = (scope: Construct, id: string, env?: Environment) => ModelRegistry.fromModelPackageGroupName(new Stack(scope, id, { env }), 'Models', 'abalone');
  const [dev, prod] = ['Dev', 'Prod'].map(id => group(new Stage(app, id), 'Training'));
  const here = group(app, 'Here', { account: '111122223333', region: 'eu-west-1' });
  const others = [group(app, 'There', { account: '111122223333', region: 'us-east-1' }), group(app, 'Others', { account: '999999999999', region: 'eu-west-1' })];
  addModelSource(dev, () => [permission('a:Dev')]);
  addModelSource(here, () => [permission('a:Here')]);
  expect([prod, ...others].flatMap(modelSources)).toEqual([]);
  expect(modelSources(group(app, 'Anywhere')).flatMap(p => p.actions)).toEqual(['a:Here']);
});
