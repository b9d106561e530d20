import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allResources, isOutermost, judgedByOthers, markOurs, ownResources } from '../../src/compliance/ours';
import { stackFixture } from '../helper';

function tree() {
  const { app, stack } = stackFixture();
  const outer = new Construct(stack, 'Outer');
  const inner = new Construct(outer, 'Inner');
  const resource = (scope: Construct, id: string) => new CfnResource(scope, id, { type: 'X::Y::Z' });
  return { app, stack, outer, inner, own: resource(outer, 'R'), deep: resource(inner, 'R'), beside: resource(stack, 'R'), resource };
}

test('a construct of the library is outermost where none stands above it', () => {
  const { outer, inner } = tree();
  markOurs(outer);
  markOurs(inner);
  expect([outer, inner].map(isOutermost)).toEqual([true, false]);
});

test('a consumer construct between or above changes nothing', () => {
  const { outer, inner } = tree();
  markOurs(inner);
  expect(isOutermost(inner)).toBe(true);
  const deeper = new Construct(new Construct(inner, 'Consumer'), 'Ours');
  markOurs(deeper);
  expect(isOutermost(deeper)).toBe(false);
  expect(isOutermost(outer)).toBe(true);
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
