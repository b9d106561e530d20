import { Fn } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { keyForVolumes, keyThrough } from '../../src/identity/key-permissions';
import { stackFixture } from '../helper';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1';

test('a key is used through one service of its Region only', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const key = Key.fromKeyArn(stack, 'Key', ARN);
  const { resource, selfArns, ...permission } = keyThrough(key, 's3', 'kms:Decrypt', 'kms:GenerateDataKey');
  expect(resource).toBe(key);
  expect(selfArns).toEqual(['*']);
  expect(stack.resolve(permission)).toEqual({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [ARN],
    conditions: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } },
  });
});

test('grants for volumes are made for AWS resources only', () => {
  const { stack } = stackFixture();
  const permissions = keyForVolumes(Key.fromKeyArn(stack, 'Key', ARN));
  const withGrant = permissions.filter(p => p.actions.includes('kms:CreateGrant'));
  expect(withGrant).toHaveLength(1);
  expect(withGrant[0]).toMatchObject({ actions: ['kms:CreateGrant'], resources: [ARN], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } });
  expect(permissions.flatMap(p => p.resources)).toEqual([ARN, ARN]);
});

test('a key of another Region is used through the service there', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const { conditions } = keyThrough(Key.fromKeyArn(stack, 'Key', ARN.replace('eu-west-1', 'us-east-1')), 's3', 'kms:Decrypt');
  expect(stack.resolve(conditions)).toEqual({ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } } });
});

test('a key whose Region is only known at deployment is taken for one of the stack', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const { conditions } = keyThrough(Key.fromKeyArn(stack, 'Key', Fn.importValue('KeyArn')), 's3', 'kms:Decrypt');
  expect(stack.resolve(conditions)).toEqual({ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } });
});
