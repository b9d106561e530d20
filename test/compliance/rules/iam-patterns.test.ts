import { covers, hasWildcard, isEverything, texts } from '../../../src/compliance/rules/iam-patterns';

const PARTITION = { Ref: 'AWS::Partition' };
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

test('functions of CloudFormation become texts', () => {
  expect(texts(join('arn:', PARTITION, ':s3:::*'))).toEqual(['arn:<AWS::Partition>:s3:::*']);
  expect(texts(['a', { 'Fn::GetAtt': ['B', 'Arn'] }])).toEqual(['a', '<B.Arn>']);
  expect(texts(undefined)).toEqual([]);
});

test.each<[string, string, boolean]>([
  ['iam:PassRole', 'iam:PassRole', true],
  ['IAM:passrole', 'iam:PassRole', true],
  ['iam:Pass*', 'iam:PassRole', true],
  ['iam:P?ssRole', 'iam:PassRole', true],
  ['iam:*', 'iam:PassRole', true],
  ['*', 'iam:PassRole', true],
  ['iam:PassRoles', 'iam:PassRole', false],
  ['s3:*', 'iam:PassRole', false],
  ['iam.PassRole', 'iam:PassRole', false],
])('%s and %s', (pattern, action, covered) => {
  expect(covers(pattern, action)).toBe(covered);
});

test('a wildcard is a star or a question mark', () => {
  expect(['s3:Get*', 's3:Ge?Object', 's3:GetObject'].map(hasWildcard)).toEqual([true, true, false]);
});

test.each<[unknown, boolean]>([
  ['*', true],
  ['**', true],
  ['arn:*', true],
  ['*:*', true],
  ['arn:aws:s3:::*', true],
  ['arn:aws:s3:::*/*', true],
  [join('arn:', PARTITION, ':s3:::*'), true],
  [join('arn:', PARTITION, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*'), true],
  ['arn:aws:s3:::b/*', false],
  [join('arn:', PARTITION, ':sagemaker:eu-west-1:', { Ref: 'AWS::AccountId' }, ':endpoint/*'), false],
  [join({ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*'), false],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, false],
  [join({ 'Fn::ImportValue': 'Stack:Bucket' }, '/*'), false],
])('%j is everything: %s', (resource, everything) => {
  expect(texts(resource).some(isEverything)).toBe(everything);
});
