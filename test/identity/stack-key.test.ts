import { NestedStack, Stack } from 'aws-cdk-lib';
import { CfnKey, IKeyRef, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { encryptionKey } from '../../src/identity/stack-key';
import { expectCompliant, onlyResource, stackFixture } from '../helper';

const use = (stack: Stack, id: string, given: IKeyRef | undefined, holdsData: boolean) => encryptionKey(new Construct(stack, id), given, holdsData);

test('the constructs of one stack share one key, which is rotated', () => {
  const { stack, template } = stackFixture();
  expect(use(stack, 'A', undefined, false)).toBe(use(stack, 'B', undefined, true));
  expect(onlyResource(template(), 'AWS::KMS::Key').Properties).toMatchObject({ EnableKeyRotation: true, Description: 'Data and volumes of machine learning in Stack' });
});

test('another stack has another key', () => {
  const { app, stack } = stackFixture();
  expect(use(new Stack(app, 'Other'), 'A', undefined, false)).not.toBe(use(stack, 'A', undefined, false));
});

test('a nested stack has a key of its own', () => {
  const { stack } = stackFixture();
  const nested = new NestedStack(stack, 'Nested');
  expect(use(nested, 'A', undefined, true)).not.toBe(use(stack, 'A', undefined, true));
  expectCompliant(stack);
});

test.each<[string, boolean[], string]>([
  ['no data', [false, false], 'Delete'],
  ['data', [true], 'Retain'],
  ['data, asked for last', [false, true], 'Retain'],
  ['data, asked for first', [true, false], 'Retain'],
])('a key for %s has the removal policy that fits', (_, uses, policy) => {
  const { stack, template } = stackFixture();
  uses.forEach((holdsData, i) => use(stack, `C${i}`, undefined, holdsData));
  expect(onlyResource(template(), 'AWS::KMS::Key')).toMatchObject({ DeletionPolicy: policy, UpdateReplacePolicy: policy });
});

test('IAM decides who may use the key, but only AWS services hand it on', () => {
  const { stack, template } = stackFixture();
  use(stack, 'A', undefined, true);
  const { Statement } = onlyResource(template(), 'AWS::KMS::Key').Properties.KeyPolicy;
  expect(Statement).toEqual([{
    Effect: 'Allow',
    Action: 'kms:*',
    Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } },
    Resource: '*',
  }, {
    Sid: 'GrantsForServicesOnly',
    Effect: 'Deny',
    Action: 'kms:CreateGrant',
    Principal: { AWS: '*' },
    Resource: '*',
    Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  }]);
});

test('a key brought along is used as it is, and no other is made', () => {
  const { stack, template } = stackFixture();
  const key = new Key(stack, 'Own');
  expect(use(stack, 'A', key, true)).toBe(key);
  template().resourceCountIs('AWS::KMS::Key', 1);
});

test('an imported key is used as it is', () => {
  const { stack } = stackFixture();
  const key = Key.fromKeyArn(stack, 'Imported', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  expect(use(stack, 'A', key, true)).toBe(key);
});

test('an L1 key brought along is used by its ARN, by two constructs', () => {
  const { stack, template } = stackFixture();
  const own = new CfnKey(stack, 'Own', { keyPolicy: {} });
  for (const id of ['A', 'B']) {
    expect(stack.resolve(use(stack, id, own, true).keyArn)).toEqual({ 'Fn::GetAtt': ['Own', 'Arn'] });
  }
  template().resourceCountIs('AWS::KMS::Key', 1);
});
