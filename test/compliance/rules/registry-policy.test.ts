import { registryPolicy } from '../../../src/compliance/rules/registry-policy';

const ACTIONS = { Action: 'sagemaker:DescribeModelPackage', Resource: '*' };
const judge = (Statement: any) => registryPolicy.check({ ModelPackageGroupPolicy: { Statement } }, () => undefined, () => []);
const allow = (Principal: unknown, Condition?: unknown) => ({ Effect: 'Allow', Principal, Condition, ...ACTIONS });

test.each<[string, any]>([
  ['one account', allow({ AWS: 'arn:aws:iam::111122223333:root' })],
  ['one organisation', allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
  ['nobody', { ...allow('*'), Effect: 'Deny' }],
])('a policy that lets in %s is good', (_, statement) => {
  expect(judge(statement)).toBe(true);
  expect(judge([statement])).toBe(true);
});

test.each<[string, any]>([
  ['everybody', allow('*')],
  ['every principal of AWS', allow({ AWS: '*' })],
  ['everybody, under no condition', allow('*', {})],
  ['everybody, under a condition of nothing', allow('*', { StringEquals: {} })],
  ['everybody but one', { ...allow(undefined), NotPrincipal: { AWS: '111122223333' } }],
  ['one account and everybody', allow({ AWS: ['arn:aws:iam::111122223333:root', '*'] })],
])('a policy that lets in %s is bad', (_, statement) => {
  expect(judge([allow({ AWS: 'arn:aws:iam::111122223333:root' }), statement])).toBe(false);
});

test('a policy may be text, and may be left out', () => {
  const text = (statement: unknown) =>
    registryPolicy.check({ ModelPackageGroupPolicy: JSON.stringify({ Statement: [statement] }) }, () => undefined, () => []);
  expect(text(allow('*'))).toBe(false);
  expect(text(allow({ AWS: '111122223333' }))).toBe(true);
  expect(registryPolicy.check({}, () => undefined, () => [])).toBe(true);
});
