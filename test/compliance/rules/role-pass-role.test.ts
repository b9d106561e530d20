import { allow, nothing, roleWith } from './role-fixture';
import { rolePassRole } from '../../../src/compliance/rules/role-pass-role';

const TO = { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } };
const ROLE = 'arn:aws:iam::111122223333:role/Job';

test.each<[string, any, boolean]>([
  ['one role, to one service', allow('iam:PassRole', ROLE, TO), true],
  ['a role known at deployment, to one service', allow('iam:PassRole', { 'Fn::GetAtt': ['Role', 'Arn'] }, TO), true],
  ['one role, to any service', allow('iam:PassRole', ROLE), false],
  ['any role, to one service', allow('iam:PassRole', '*', TO), false],
  ['roles by a pattern', allow(['s3:GetObject', 'iam:PassRole'], [ROLE, 'arn:aws:iam::111122223333:role/Job*'], TO), false],
  ['no role', allow('s3:GetObject', '*'), true],
  ['no role at all', { ...allow('iam:PassRole', '*'), Effect: 'Deny' }, true],
])('passing %s is judged', (_, statement, good) => {
  expect(rolePassRole.check(roleWith(statement), nothing)).toBe(good);
});
