import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArtifactPrefix, ModelArtifactBucket, S3File } from '../../src';
import { Problems } from '../../src/core/problems';
import { errorOf } from '../helper';

const problemsOf = (file: S3File) => {
  const problems = new Problems();
  file._check('file', problems);
  return errorOf(() => problems.throwIfAny(new Stack(undefined, 'Stack')));
};

test('a file below a place may be read there, and no other', () => {
  const stack = new Stack();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const file = artifacts.at(ArtifactPrefix.BASELINES).file('churn/constraints.json');
  const bucket = stack.resolve(artifacts.bucket.bucketArn);
  expect(stack.resolve(file.uri)).toEqual({ 'Fn::Join': ['', ['s3://', stack.resolve(artifacts.bucket.bucketName), '/baselines/churn/constraints.json']] });
  expect(stack.resolve(file._read().map(({ actions, resources, conditions }) => ({ actions, resources, conditions })))).toEqual([
    { actions: ['s3:GetObject'], resources: [{ 'Fn::Join': ['', [bucket, '/baselines/churn/constraints.json']] }] },
    { actions: ['s3:ListBucket'], resources: [bucket], conditions: { StringEquals: { 's3:prefix': 'baselines/churn/constraints.json' } } },
    { actions: ['kms:Decrypt'], resources: [stack.resolve(artifacts.encryptionKey.keyArn)], conditions: expect.anything() },
  ]);
});

test('a file of a bucket whose key is not known comes without a key', () => {
  const stack = new Stack();
  const file = S3File.of(Bucket.fromBucketName(stack, 'Lake', 'lake'), 'a.json');
  expect(file.uri).toBe('s3://lake/a.json');
  expect(file._read().flatMap(p => p.actions)).toEqual(['s3:GetObject', 's3:ListBucket']);
});

test.each(['', '/a.json', 'a/', 's3://lake/a.json', 'a*.json'])("'%s' is no file", key => {
  const file = S3File.of(Bucket.fromBucketName(new Stack(), 'Lake', 'lake'), key);
  expect(problemsOf(file)).toContain(`  - file must be the object key of a file (no URI), without '/' at either end and without * or ?, got '${key}'`);
});

test('a URI has a length', () => {
  const file = S3File.of(Bucket.fromBucketName(new Stack(), 'Lake', 'lake'), 'x'.repeat(1024));
  expect(problemsOf(file)).toContain('file (URI) must be at most 1024 characters, got');
});

test('a key that is known at deployment passes', () => {
  const stack = new Stack();
  const problems = new Problems();
  S3File.of(Bucket.fromBucketName(stack, 'Lake', 'lake'), new CfnParameter(stack, 'Key').valueAsString)._check('file', problems);
  problems.throwIfAny(stack);
});
