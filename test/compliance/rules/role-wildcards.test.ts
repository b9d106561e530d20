import { allow, nothing, roleWith } from './role-fixture';
import { roleWildcards } from '../../../src/compliance/rules/role-wildcards';

test.each<[string, any, string[]]>([
  ['names action and resource', allow('s3:GetObject'), []],
  ['names a prefix', allow('s3:GetObject', 'arn:aws:s3:::b/models/*'), []],
  ['allows everything', allow('*'), ['*']],
  ['allows all of one service', allow(['s3:*', 's3:GetObject']), ['s3:*']],
  ['allows an action on everything', allow(['s3:GetObject', 'kms:Decrypt'], '*'), ['s3:GetObject', 'kms:Decrypt']],
  ['allows all of one service on everything, told once', allow('s3:*', ['*']), ['s3:*']],
  ['allows actions by their beginning', allow(['s3:Put*', 'sagemaker:Describe*', 's3:Ge?Object']), ['s3:Put*', 'sagemaker:Describe*', 's3:Ge?Object']],
  ['allows an action on everything of one service', allow('s3:GetObject', 'arn:aws:s3:::*'), ['s3:GetObject']],
  ['allows it through CDK', allow('s3:GetObject', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] }), ['s3:GetObject']],
  ['names what is below a bucket', allow('s3:GetObject', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] }), []],
  ['allows all but one action', { Effect: 'Allow', NotAction: 's3:GetObject', Resource: 'arn:aws:s3:::b' }, ['NotAction']],
  ['allows an action on all but one resource', { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::b' }, ['NotResource']],
  ['allows what knows no resources, in other letters', allow('ECR:getauthorizationtoken', '*'), []],
  ['forbids everything', { ...allow('*', '*'), Effect: 'Deny' }, []],
  ['allows what knows no resources', allow([
    'ecr:GetAuthorizationToken', 'cloudwatch:PutMetricData', 'ec2:DescribeSubnets', 'logs:CreateLogDelivery', 'xray:PutTraceSegments', 'sagemaker:ListModelPackages', 'sagemaker:Search',
    'redshift-data:DescribeStatement',
  ], '*'), []],
  ['only begins like what knows no resources', allow(['cloudwatch:PutMetricDataX', 'ec2:DescribeX:*'], '*'), ['ec2:DescribeX:*', 'cloudwatch:PutMetricDataX']],
  ['runs statements of Redshift anywhere', allow('redshift-data:ExecuteStatement', '*'), ['redshift-data:ExecuteStatement']],
])('a statement that %s is judged by its actions', (_, statement, found) => {
  expect(roleWildcards.check(roleWith(statement), nothing, () => [])).toEqual(found);
});

test('what a role of another service may do is left alone', () => {
  const role = roleWith(allow('*', '*'));
  role.AssumeRolePolicyDocument.Statement[0].Principal.Service = 'lambda.amazonaws.com';
  expect(roleWildcards.check(role, nothing, () => [])).toEqual([]);
});
