import { sagemakerStatements, trustsSagemaker } from '../../../src/compliance/rules/sagemaker-role';

const trusting = (Service: unknown, Effect = 'Allow') => ({ AssumeRolePolicyDocument: { Statement: [{ Effect, Principal: { Service } }] } });
const policies = (statement: unknown) => ({ Policies: [{ PolicyDocument: { Statement: statement } }] });
const OURS = trusting('sagemaker.amazonaws.com');
const find = (reference: any) => ({
  M: { type: 'AWS::IAM::Role', properties: OURS },
  L: { type: 'AWS::IAM::Role', properties: trusting('lambda.amazonaws.com') },
}[reference?.Ref as string]);

test.each<[string, any, boolean]>([
  ['SageMaker', OURS, true],
  ['SageMaker among others', trusting(['lambda.amazonaws.com', 'sagemaker.amazonaws.com']), true],
  ['SageMaker, put together', trusting({ 'Fn::Join': ['', ['sagemaker.', { Ref: 'AWS::URLSuffix' }]] }), true],
  ['Lambda', trusting('lambda.amazonaws.com'), false],
  ['everybody but SageMaker', trusting('sagemaker.amazonaws.com', 'Deny'), false],
  ['an account', { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: '1' } } } }, false],
])('a role that trusts %s is recognised', (_, role, trusts) => {
  expect(trustsSagemaker(role)).toBe(trusts);
});

test('the inline policies of a role of SageMaker count, those of others do not', () => {
  expect(sagemakerStatements({ ...OURS, ...policies({ Action: 'a' }) }, find)).toEqual([{ Action: 'a' }]);
  expect(sagemakerStatements({ ...trusting('lambda.amazonaws.com'), ...policies({ Action: 'a' }) }, find)).toEqual([]);
});

test('a policy counts as soon as one of its roles is of SageMaker', () => {
  const statementsFor = (...Roles: unknown[]) => sagemakerStatements({ Roles, PolicyDocument: { Statement: [{ Action: 'a' }] } }, find);
  expect(statementsFor({ Ref: 'L' }, { Ref: 'M' })).toEqual([{ Action: 'a' }]);
  expect(statementsFor({ Ref: 'L' })).toEqual([]);
  expect(statementsFor('imported', { Ref: 'Unknown' })).toEqual([]);
  expect(statementsFor()).toEqual([]);
});
