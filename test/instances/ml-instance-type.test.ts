import { CfnParameter } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Problems } from '../../src/core/problems';
import { MlInstanceType } from '../../src/index';
import { errorOf, stackFixture } from '../helper';

function check(type: MlInstanceType): void {
  const problems = new Problems();
  type._check('instanceType', problems);
  problems.throwIfAny(new Construct(stackFixture().stack, 'Sample'));
}

const architectureOf = (name: string) => MlInstanceType.of(name)._architecture;

const CONSTANTS = Object.entries(MlInstanceType).filter((entry): entry is [string, MlInstanceType] => entry[1] instanceof MlInstanceType);

test('there are a dozen constants or so', () => {
  expect(CONSTANTS.length).toBeGreaterThan(8);
});

test.each(CONSTANTS)('%s is named as it is', (name, type) => {
  expect(type.instanceTypeName).toBe(`ml.${name.toLowerCase().replace('_', '.')}`);
  expect(`${type}`).toBe(type.instanceTypeName);
  expect(() => check(type)).not.toThrow();
});

test.each(['ml.p5en.48xlarge', 'ml.g6e.12xlarge', 'ml.p6-b200.48xlarge', 'ml.trn2.48xlarge', 'ml.m7i-flex.large', 'ml.c6g.metal'])('%s is a type', name => {
  expect(() => check(MlInstanceType.of(name))).not.toThrow();
});

test('a type known at deployment passes', () => {
  const type = MlInstanceType.of(new CfnParameter(stackFixture().stack, 'Type').valueAsString);
  expect(() => check(type)).not.toThrow();
  expect(type._hasLocalDisks).toBe(false);
});

test.each(['', 'm5.large', 'ml.m5', 'ML.M5.LARGE', 'ml.m5.large ', 'ml..large'])("'%s' is no type", name => {
  expect(errorOf(() => check(MlInstanceType.of(name)))).toContain(`instanceType must look like 'ml.m5.large', got '${name}'`);
});

test.each(['ml.m5.xlrage', 'ml.m5.2xlarg', 'ml.g5.xxlarge', 'ml.m5.2x-large'])("'%s' has no size that there is", name => {
  expect(errorOf(() => check(MlInstanceType.of(name)))).toContain(`  - instanceType must end with a size that there is, 'medium', 'large', 'xlarge' or '2xlarge' for example, got '${name}'`);
});

test.each(['ml.m5.metal', 'ml.m7i.metal-48xl', 'ml.t3.medium', 'ml.geospatial.interactive', 'ml.p6e-gb200.36xlarge'])('%s has one', name => {
  expect(() => check(MlInstanceType.of(name))).not.toThrow();
});

test.each(['ml.m5d.large', 'ml.c6gd.xlarge', 'ml.r5dn.large', 'ml.g4dn.xlarge', 'ml.g5.xlarge', 'ml.g6.xlarge', 'ml.p4d.24xlarge', 'ml.p5.48xlarge', 'ml.trn1.32xlarge', 'ml.i3en.large'])(
  '%s has disks of its own', name => {
    expect(MlInstanceType.of(name)._hasLocalDisks).toBe(true);
  });

test.each(['ml.m5.large', 'ml.c5.xlarge', 'ml.r5.large', 'ml.t2.medium', 'ml.inf2.xlarge', 'ml.m5n.large', 'ml.p3.2xlarge'])('%s has none', name => {
  expect(MlInstanceType.of(name)._hasLocalDisks).toBe(false);
});

test.each(['c5', 'c6gd', 'c7i-flex', 'm5', 'm7i-flex', 'r5dn', 'r8g', 't2', 't3a'])('%s has neither GPU nor Inferentia', family => {
  expect(MlInstanceType.of(`ml.${family}.large`)._hasNoAccelerator).toBe(true);
});

test.each(['g4dn', 'g5', 'g5g', 'g6e', 'gr6', 'inf1', 'inf2', 'p3', 'p5en', 'p6-b200', 'trn1', 'trn2', 'dl1', 'vt1', 'z9x', 'new-thing'])('%s may have one', family => {
  expect(MlInstanceType.of(`ml.${family}.xlarge`)._hasNoAccelerator).toBe(false);
});

test.each(['a1', 'm6g', 'm6gd', 'm7g', 'm8g', 'c6g', 'c6gd', 'c6gn', 'c7g', 'c8g', 'r6g', 'r7gd', 'r8g', 't4g', 'x2gd', 'g5g', 'im4gn', 'is4gen', 'hpc7g', 'i8g', 'p6e-gb200'])('%s has processors for arm64', family => {
  expect(architectureOf(`ml.${family}.large`)).toBe('arm64');
});

test.each([
  'c4', 'c5', 'c5d', 'c6i', 'c6in', 'c7i', 'dl1', 'g4dn', 'g5', 'g6', 'g6e', 'g7', 'g7e', 'gr6', 'i3en', 'inf1', 'inf2', 'm4', 'm5', 'm5d', 'm6i', 'm7i', 'm7i-flex', 'm8a', 'p2',
  'p3', 'p4d', 'p4de', 'p5', 'p5en', 'p6-b200', 'p6-b300', 'r5', 'r5d', 'r7i', 't2', 't3', 'trn1', 'trn1n', 'trn2',
])('%s has processors for amd64', family => {
  expect(architectureOf(`ml.${family}.xlarge`)).toBe('amd64');
});

test.each(['ml.trn9.48xlarge', 'ml.zz1.large', 'm7g.large', new CfnParameter(stackFixture().stack, 'Type').valueAsString])('nothing tells the processors of %s', name => {
  expect(architectureOf(name)).toBeUndefined();
});
