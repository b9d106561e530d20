import { CfnParameter } from 'aws-cdk-lib';
import { takesBuilds, takesTag } from '../../src/containers/tag-patterns';
import { stackFixture } from '../helper';

const BUILT = `c-${'0'.repeat(40)}`;

test.each<[string, boolean]>([
  ['*', true], ['c-*', true], ['c*', true], ['*0', true], ['c-*f*', true], [BUILT, true], [`${BUILT}*`, true],
  ['dev-*', false], ['*-dev', false], ['c-g*', false], ['c-', false], ['c-0', false], ['cd-*', false], [`${BUILT}0`, false], ['*x*', false],
])('whether %s may take a tag of a build: %s', (pattern, takes) => {
  expect(takesBuilds(pattern)).toBe(takes);
});

test.each<[string, string, boolean]>([
  ['dev-*', 'dev-', true], ['dev-*', 'dev-1', true], ['dev-*', 'x-dev-1', false], ['*.rc*', '1.rc2', true], ['*.rc*', '1xrc2', false], ['1.4.2', '1.4.2', true], ['1.4.2', '1.4.20', false],
])('whether %s takes %s: %s', (pattern, tag, takes) => {
  expect(takesTag(pattern, tag)).toBe(takes);
});

test('what is only known at deployment takes nothing', () => {
  const token = new CfnParameter(stackFixture().stack, 'Tag').valueAsString;
  expect([takesTag(token, 'a'), takesTag('*', token), takesBuilds(token)]).toEqual([false, false, false]);
});
