import { Fn, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ModelAccessOptions, ModelArtifact } from '../../src';
import { errorOf, stackFixture } from '../helper';

function artifactFixture(key: string) {
  const { stack } = stackFixture();
  const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  const artifact = ModelArtifact.fromBucket(Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::bucket', encryptionKey }), key);
  return { stack, artifact };
}

test('reading it takes exactly this object, and the key', () => {
  const { stack, artifact } = artifactFixture('models/churn/1/model.tar.gz');
  expect(artifact.uri).toBe('s3://bucket/models/churn/1/model.tar.gz');
  expect(artifact._read().map(p => [p.actions, p.resources])).toEqual([
    [['s3:GetObject'], ['arn:aws:s3:::bucket/models/churn/1/model.tar.gz']],
    [['kms:Decrypt'], ['arn:aws:kms:eu-west-1:111122223333:key/1']],
  ]);
  expect(artifact._madeBeside(stack)).toBe(false);
});

test.each(['model.tar.gz', 'a/b.tar.gz', 'm', Fn.importValue('x')])('%s is a key', key => {
  expect(() => artifactFixture(key)).not.toThrow();
});

test.each(['', '/', '/model.tar.gz', 'models/', 'models/*', '*', 'mod?l.tar.gz', 's3://bucket/model.tar.gz'])("'%s' is no key of one file", key => {
  expect(errorOf(() => artifactFixture(key))).toBe([
    "ModelArtifact at 'Stack/Bucket' has 1 problem:",
    `  - key must be the object key of a file (no URI), without '/' at either end and without * or ?, got '${key}'`,
  ].join('\n'));
});

test('URIs have a length', () => {
  expect(() => artifactFixture('x'.repeat(1024 - 's3://bucket/'.length))).not.toThrow();
  expect(errorOf(() => artifactFixture('x'.repeat(1020)))).toContain("  - key (URI) must be at most 1024 characters, got 's3://bucket/xxx");
  expect(errorOf(() => prefixFixture(`${'x'.repeat(1020)}/`))).toContain("  - prefix (URI) must be at most 1024 characters, got 's3://bucket/xxx");
});

test('a file in a bucket that the stack makes cannot be there on its first deployment', () => {
  const { stack } = stackFixture();
  const artifact = ModelArtifact.fromBucket(new Bucket(stack, 'Made'), 'models/m.tar.gz');
  expect([artifact._madeBeside(stack), artifact._madeBeside(new Stack(stack.node.root, 'Other'))]).toEqual([true, false]);
});

const HUB = 'arn:aws:sagemaker:eu-west-1:111122223333:hub-content/Models/Model/llama/1.0.0';

function prefixFixture(prefix: string, access?: ModelAccessOptions) {
  return ModelArtifact.fromPrefix(Bucket.fromBucketName(stackFixture().stack, 'Bucket', 'bucket'), prefix, access);
}

test('reading what is not compressed takes its objects, and listing exactly their prefix', () => {
  const { stack } = stackFixture();
  const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  const artifact = ModelArtifact.fromPrefix(Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::bucket', encryptionKey }), 'models/llama/');
  expect(artifact.uri).toBe('s3://bucket/models/llama/');
  expect(artifact._read().map(p => [p.actions, p.resources, p.conditions])).toEqual([
    [['s3:GetObject'], ['arn:aws:s3:::bucket/models/llama/*'], undefined],
    [['s3:ListBucket'], ['arn:aws:s3:::bucket'], { StringLike: { 's3:prefix': 'models/llama/*' } }],
    [['kms:Decrypt'], ['arn:aws:kms:eu-west-1:111122223333:key/1'], expect.anything()],
  ]);
});

test('what is compressed is said, never guessed from a suffix (aws-cdk PR 30949, aws-cdk#30257)', () => {
  expect(artifactFixture('models/weights.bin').artifact._uncompressed).toBe(false);
  expect(prefixFixture('models/model.tar.gz/')._uncompressed).toBe(true);
  expect(artifactFixture('models/model.tar.gz').artifact.uri).toBe('s3://bucket/models/model.tar.gz');
});

test.each(['', '/', 'models', '/models/', 'models//', 'models/*/', 's3://bucket/models/'])("'%s' is no prefix of a model", prefix => {
  expect(errorOf(() => prefixFixture(prefix))).toContain('ModelArtifact at \'Stack/Bucket\' has 1 problem:\n  - prefix must end with \'/\'');
});

test.each([HUB, 'arn:aws:sagemaker:us-west-2:aws:hub-content/SageMakerPublicHub/Model/llama/1', 'arn:aws-cn:sagemaker:cn-north-1:111122223333:hub-content/a', Fn.importValue('x')])(
  '%s is a hub content', hubContentArn => {
    expect(prefixFixture('m/', { hubContentArn })._access).toEqual({ hubContentArn });
  });

test.each(['', 'llama', 'arn:aws:sagemaker:eu-west-1:111122223333:hub/Models', 'arn:aws:s3:::bucket', `${HUB}${'x'.repeat(255)}`])("'%s' is none", hubContentArn => {
  expect(errorOf(() => prefixFixture('m/', { hubContentArn }))).toContain("hubContentArn must be the ARN of a hub content, 'arn:aws:sagemaker:…:hub-content/…' of up to 255 characters, got");
});

test('a license is accepted in so many words, or not at all', () => {
  expect(prefixFixture('m/')._access).toBeUndefined();
  expect(prefixFixture('m/', {})._access).toBeUndefined();
  expect(prefixFixture('m/', { acceptEula: true })._access).toEqual({ acceptEula: true });
  expect(errorOf(() => prefixFixture('m', { acceptEula: false }))).toContain('has 2 problems:');
  expect(errorOf(() => prefixFixture('m/', { acceptEula: false }))).toContain('acceptEula must be true, or be left out for a model without a license agreement, got false');
});
