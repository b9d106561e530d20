import { nothing, roleWith } from './role-fixture';
import { roleFullAccess } from '../../../src/compliance/rules/role-full-access';

const FULL = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSageMakerFullAccess']] };

test.each<[string, unknown[] | undefined, boolean]>([
  ['full access', [FULL], false],
  ['full access among others', ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess'], false],
  ['a policy of the account', ['arn:aws:iam::111122223333:policy/Mine'], true],
  ['no managed policy', undefined, true],
])('a role of SageMaker with %s is judged', (_, ManagedPolicyArns, good) => {
  expect(roleFullAccess.check({ ...roleWith(), ManagedPolicyArns }, nothing, () => [])).toBe(good);
});

test('a role of another service is left alone', () => {
  expect(roleFullAccess.check({ AssumeRolePolicyDocument: { Statement: [] }, ManagedPolicyArns: [FULL] }, nothing, () => [])).toBe(true);
});
