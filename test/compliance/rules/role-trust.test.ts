import { nothing } from './role-fixture';
import { roleTrust } from '../../../src/compliance/rules/role-trust';

const judge = (Condition: unknown, Service = 'sagemaker.amazonaws.com') =>
  roleTrust.check({ AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', Condition }] } }, nothing, () => []);

test.each<[string, unknown, boolean]>([
  ['the account', { StringEquals: { 'aws:SourceAccount': '1' } }, true],
  ['the resource, in other case', { ArnLike: { 'AWS:sourceArn': 'arn' } }, true],
  ['something else', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, false],
  ['nothing', undefined, false],
])('trust in SageMaker bound by %s is judged', (_, condition, good) => {
  expect(judge(condition)).toBe(good);
});

test('trust in other services is left alone', () => {
  expect(judge(undefined, 'lambda.amazonaws.com')).toBe(true);
});
