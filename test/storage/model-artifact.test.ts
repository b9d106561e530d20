import { Fn, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ModelArtifact } from '../../src';
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

test('a file in a bucket that the stack makes cannot be there on its first deployment', () => {
  const { stack } = stackFixture();
  const artifact = ModelArtifact.fromBucket(new Bucket(stack, 'Made'), 'models/m.tar.gz');
  expect([artifact._madeBeside(stack), artifact._madeBeside(new Stack(stack.node.root, 'Other'))]).toEqual([true, false]);
});
