import { Aws, CfnParameter, CfnResource, Fn, Validations } from 'aws-cdk-lib';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference';
import { Construct } from 'constructs';
import { accept, acceptanceOf, acceptForConsumer, excuse, excuseFor, writeExcuses } from '../../src/compliance/excuses';
import { wildcardRule, flatten } from '../../src/compliance/rule-ids';
import { stackFixture } from '../helper';

function resourceFixture() {
  const { stack } = stackFixture();
  const outer = new Construct(stack, 'Outer');
  return { stack, outer, resource: new CfnResource(outer, 'R', { type: 'AWS::S3::Bucket' }) };
}

test.each<[unknown]>([
  ['*'],
  ['arn:aws:s3:::b/*'],
  [''],
  [undefined],
  [{ Ref: 'AWS::Partition' }],
  [{ Ref: 'Bucket' }],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }],
  [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/models/*']] }],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'B' }, { 'Fn::Join': [':', ['c', { Ref: 'D' }]] }]] }],
  [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/*' }],
  [{ 'Fn::Sub': ['x', {}] }],
  [{ 'Fn::ImportValue': 'Stack:ExportsOutputFnGetAttBucketArn' }],
  [{ 'Fn::ImportValue': { 'Fn::Sub': '${Stack}-x' } }],
  [{ 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'P' }] }] }],
  [{ 'Fn::GetAtt': ['Bucket', { Ref: 'P' }] }],
])('%j becomes the text that cdk-nag makes of it', value => {
  expect(flatten(value)).toBe(flattenCfnReference(value as any));
});

test('real tokens become the text that cdk-nag makes of them', () => {
  const { stack, resource } = resourceFixture();
  const parameter = new CfnParameter(stack, 'P');
  for (const token of [resource.getAtt('Arn').toString(), `${resource.ref}/*`, `arn:${Aws.PARTITION}:s3:::${parameter.valueAsString}/*`, Fn.importValue('x'), Fn.select(1, Fn.split('/', resource.ref))]) {
    const resolved = stack.resolve(token);
    expect(flatten(resolved)).toBe(flattenCfnReference(resolved));
  }
});

test('a wildcard is named as AwsSolutions names it', () => {
  expect(wildcardRule({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Arn'] }, '/*']] })).toBe('AwsSolutions-IAM5[Resource::<B.Arn>/*]');
});

test('a rule is excused on the resource and on what stands above it, and nowhere else', () => {
  const { stack, outer, resource } = resourceFixture();
  const beside = new CfnResource(stack, 'Beside', { type: 'AWS::S3::Bucket' });
  acceptForConsumer(outer, [{ rule: 'X-1', reason: 'above' }]);
  acceptForConsumer(resource, [{ rule: 'X-2', reason: 'here' }]);
  expect(['X-1', 'X-2', 'X-3'].map(r => excuseFor(resource, r))).toEqual(['above', 'here', undefined]);
  expect(excuseFor(beside, 'X-1')).toBeUndefined();
});

test('the nearest reason counts', () => {
  const { outer, resource } = resourceFixture();
  acceptForConsumer(outer, [{ rule: 'X-1', reason: 'above' }]);
  acceptForConsumer(resource, [{ rule: 'X-1', reason: 'here' }]);
  expect(excuseFor(resource, 'X-1')).toBe('here');
});

test('a reason of the consumer and one of the library are both kept, wherever they are said', () => {
  const { outer, resource } = resourceFixture();
  accept(resource, 'costsChosen', [{ rule: 'ML-SM7[A]', reason: 'Cheapest.' }]);
  excuse(resource, 'unknownNames', () => [{ rule: 'ML-IAM1[x]', reason: 'Late.' }]);
  Validations.of(outer).acknowledge({ id: 'ML-SM7[A]', reason: 'Agreed.' }, { id: 'ML-IAM1[x]', reason: 'Agreed.' });
  writeExcuses([resource]);
  expect(acceptanceOf(resource, 'ML-SM7[A]')).toEqual({ reason: 'Agreed. Cheapest.', acceptances: [{ by: 'consumer', reason: 'Agreed.' }, { by: 'library', reason: 'Cheapest.' }] });
  expect(excuseFor(resource, 'ML-IAM1[x]')).toBe('Agreed. Late.');
  expect(acceptanceOf(resource, 'ML-SM7[B]')).toEqual({ reason: undefined });
});

test('several reasons for one rule are all kept, once each', () => {
  const { resource } = resourceFixture();
  acceptForConsumer(resource, [{ rule: 'X-1', reason: 'One.' }, { rule: 'X-1', reason: 'Two.' }, { rule: 'X-1', reason: 'One.' }]);
  expect(excuseFor(resource, 'X-1')).toBe('One. Two.');
});

test('no excuse leaves no metadata', () => {
  const { resource } = resourceFixture();
  const before = resource.node.metadata.length;
  acceptForConsumer(resource, []);
  expect(resource.node.metadata.length).toBe(before);
});

test('what a consumer acknowledges is honoured', () => {
  const { outer, resource } = resourceFixture();
  Validations.of(outer).acknowledge({ id: 'X-1', reason: 'by the consumer' });
  expect(excuseFor(resource, 'X-1')).toBe('by the consumer');
});

test('late excuses are asked again at each synth, and written over those of the last', () => {
  const { resource } = resourceFixture();
  const rules: string[] = [];
  excuse(resource, 'costsChosen', () => rules.map(rule => ({ rule, reason: `for ${rule}` })));
  const after = (...now: string[]) => {
    rules.splice(0, rules.length, ...now);
    writeExcuses([resource]);
    return ['ML-SM7[1]', 'ML-SM7[2]'].map(r => excuseFor(resource, r));
  };
  expect(after()).toEqual([undefined, undefined]);
  expect(after('ML-SM7[1]')).toEqual(['for ML-SM7[1]', undefined]);
  expect(after('ML-SM7[2]')).toEqual([undefined, 'for ML-SM7[2]']);
});

test('late excuses are written once, when logical ids are known', () => {
  const { resource } = resourceFixture();
  excuse(resource, 'unknownNames', resolve => [{ rule: wildcardRule(resolve(resource.getAtt('Arn'))), reason: 'late' }]);
  const count = () => resource.node.metadata.filter(m => m.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).length;
  expect(count()).toBe(0);
  writeExcuses([resource]);
  writeExcuses([resource]);
  expect(count()).toBe(1);
  expect(excuseFor(resource, `AwsSolutions-IAM5[Resource::<${resource.stack.getLogicalId(resource)}.Arn>]`)).toBe('late');
});

test('the library accepts nothing beyond the kinds that it has listed', () => {
  const { resource } = resourceFixture();
  accept(resource, 'costsChosen', [{ rule: 'ML-SM7[Blue]', reason: 'cheapest' }]);
  expect(excuseFor(resource, 'ML-SM7[Blue]')).toBe('cheapest');
  expect(() => accept(resource, 'costsChosen', [{ rule: 'ML-SM8', reason: 'cheaper still' }])).toThrow('ML-SM8 is no rule of which the library says');
  excuse(resource, 'unknownNames', () => [{ rule: 'AwsSolutions-S1', reason: 'because' }]);
  expect(() => writeExcuses([resource])).toThrow('AwsSolutions-S1 is no rule');
});

test('a resource may have late excuses of several kinds', () => {
  const { resource } = resourceFixture();
  excuse(resource, 'costsChosen', () => [{ rule: 'ML-SM7[A]', reason: 'one' }]);
  excuse(resource, 'unknownNames', () => [{ rule: 'AwsSolutions-IAM5[*]', reason: 'two' }]);
  writeExcuses([resource]);
  expect(['ML-SM7[A]', 'AwsSolutions-IAM5[*]'].map(r => excuseFor(resource, r))).toEqual(['one', 'two']);
});
