import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { permit } from '../../src/identity/permission';
import { excusesOf, renderPermission } from '../../src/identity/permission-statement';
import { consumerRole, stackFixture, statementsOf } from '../helper';

const READ = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'], reason: 'Keys are not known.' };

test.each<[string, any, object]>([
  ['one action and resource', { actions: ['a:B'], resources: ['r'] }, { Effect: 'Allow', Action: 'a:B', Resource: 'r' }],
  ['several, with a condition', { actions: ['a:B', 'a:C'], resources: ['r', 's'], conditions: { Bool: { x: 'true' } } },
    { Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: ['r', 's'], Condition: { Bool: { x: 'true' } } }],
  ['a reason, which is not for IAM', { actions: ['a:B'], resources: ['r'], reason: 'because' }, { Effect: 'Allow', Action: 'a:B', Resource: 'r' }],
])('a permission of %s is rendered', (_, permission, statement) => {
  expect(renderPermission(permission)).toEqual(statement);
});

test('the reason excuses wildcard resources, and only those', () => {
  const resolve = (v: unknown) => v;
  expect(excusesOf({ resources: ['r', 's/*', '*'], reason: 'Why.' }, resolve)).toEqual([
    { rule: 'AwsSolutions-IAM5[Resource::s/*]', reason: 'Why.' }, { rule: 'AwsSolutions-IAM5[Resource::*]', reason: 'Why.' },
  ]);
  expect(excusesOf({ resources: ['*'] }, resolve)).toEqual([]);
});

test('a role of the consumer gets ordinary statements', () => {
  const { stack, template } = stackFixture();
  expect(permit(consumerRole(stack), [READ]).success).toBe(true);
  expect(statementsOf(template(), 'Consumer')).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }]);
});

test('a grant of nothing is no success', () => {
  const { stack } = stackFixture();
  expect(permit(consumerRole(stack), []).success).toBe(false);
});

test('the resource itself admits who belongs to another account', () => {
  const { stack, template } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const bucket = new Bucket(stack, 'Bucket');
  const stranger = Role.fromRoleArn(stack, 'Stranger', 'arn:aws:iam::999999999999:role/x');
  permit(stranger, [{ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('k')], resource: bucket }]);
  template().hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Principal: { AWS: 'arn:aws:iam::999999999999:role/x' } }] },
  });
});
