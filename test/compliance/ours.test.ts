import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allResources, judgedByOthers, madeResources, markOurs, ownResources, sealOurs } from '../../src/compliance/ours';
import { stackFixture } from '../helper';

function tree() {
  const { app, stack } = stackFixture();
  const outer = new Construct(stack, 'Outer');
  const inner = new Construct(outer, 'Inner');
  const resource = (scope: Construct, id: string) => new CfnResource(scope, id, { type: 'X::Y::Z' });
  return { app, stack, outer, inner, own: resource(outer, 'R'), deep: resource(inner, 'R'), beside: resource(stack, 'R'), resource };
}

test('a construct answers for what its constructor made, not for what comes later', () => {
  const { outer, own, deep, resource } = tree();
  markOurs(outer);
  sealOurs(outer);
  resource(outer, 'Later');
  resource(new Construct(outer, 'LaterStill'), 'R');
  expect(madeResources(outer)).toEqual([deep, own]);
});

test('what was made and is gone is not judged', () => {
  const { outer, deep } = tree();
  sealOurs(outer);
  outer.node.tryRemoveChild('R');
  expect(madeResources(outer)).toEqual([deep]);
});

test('one of ours made by another of ours is a part of it', () => {
  const { outer, inner, own, deep } = tree();
  markOurs(outer);
  markOurs(inner);
  sealOurs(inner);
  sealOurs(outer);
  expect([outer, inner].map(madeResources)).toEqual([[deep, own], []]);
});

test('one of ours put into another of ours later answers for itself', () => {
  const { outer, own, deep, resource } = tree();
  markOurs(outer);
  sealOurs(outer);
  const later = new Construct(new Construct(outer, 'Consumer'), 'Later');
  markOurs(later);
  const its = resource(later, 'R');
  sealOurs(later);
  expect([outer, later].map(madeResources)).toEqual([[deep, own], [its]]);
});

test('one that never said what it made answers for all below, rather than for nothing', () => {
  const { outer, own, deep } = tree();
  expect(madeResources(outer)).toEqual([deep, own]);
});

test('all below a construct is its own, but for what others put there', () => {
  const { outer, own, deep, resource } = tree();
  judgedByOthers(resource(outer, 'Granted'));
  expect(ownResources(outer)).toEqual([deep, own]);
});

test('a stage below is left to its own synth', () => {
  const { outer, own, deep, resource } = tree();
  resource(new Stack(new Stage(outer, 'Stage'), 'Stack'), 'R');
  expect(ownResources(outer)).toEqual([deep, own]);
});

test('the whole app holds everything', () => {
  const { app, outer, own, deep, beside, resource } = tree();
  const granted = resource(outer, 'Granted');
  judgedByOthers(granted);
  expect(new Set(allResources(app))).toEqual(new Set([own, deep, beside, granted]));
});
