import { allow, nothing, roleWith } from './role-fixture';
import { rolePassRole } from '../../../src/compliance/rules/role-pass-role';

const TO = { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } };
const ROLE = 'arn:aws:iam::111122223333:role/Job';
const roleArn = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, `:role/${name}`]] });

test.each<[string, any, boolean]>([
  ['one role, to one service', allow('iam:PassRole', ROLE, TO), true],
  ['a role known at deployment, to one service', allow('iam:PassRole', { 'Fn::GetAtt': ['Role', 'Arn'] }, TO), true],
  ['one role, to any service', allow('iam:PassRole', ROLE), false],
  ['any role, to one service', allow('iam:PassRole', '*', TO), false],
  ['roles by a pattern', allow(['s3:GetObject', 'iam:PassRole'], [ROLE, 'arn:aws:iam::111122223333:role/Job*'], TO), false],
  ['one role, whose ARN is put together', allow('iam:PassRole', roleArn('Job'), TO), true],
  ['roles by a pattern that is put together', allow('iam:PassRole', roleArn('*'), TO), false],
  ['one role, bound in other letters', allow('iam:PassRole', ROLE, { stringequals: { 'IAM:passedToService': 'sagemaker.amazonaws.com' } }), true],
  ['any role, in other letters', allow('IAM:passrole', '*', TO), false],
  ['any role, by the beginning of the action', allow('iam:Pass*', '*', TO), false],
  ['any role, by all actions of IAM', allow('iam:*', roleArn('*')), false],
  ['any role, by all actions', allow('*', '*'), false],
  ['any role, by all actions but one', { Effect: 'Allow', NotAction: 's3:GetObject', Resource: '*' }, false],
  ['no role, by all actions but those of IAM', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, true],
  ['all roles but one', { Effect: 'Allow', Action: 'iam:PassRole', NotResource: ROLE, Condition: TO }, false],
  ['one role, under a condition that says nothing of the service', allow('iam:PassRole', ROLE, { StringEquals: { 'aws:RequestTag/iam:PassedToService': 'x' } }), false],
  ['no role, since the resource is a bucket', allow('*', 'arn:aws:s3:::b/*'), true],
  ['no role, since the resource is a table', allow('*', { 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:eu-west-1:1:table/*' }), true],
  ['no role', allow('s3:GetObject', '*'), true],
  ['no role at all', { ...allow('iam:PassRole', '*'), Effect: 'Deny' }, true],
])('passing %s is judged', (_, statement, good) => {
  expect(rolePassRole.check(roleWith(statement), nothing, () => [])).toBe(good);
});
