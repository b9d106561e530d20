import { Fn } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ModelArtifact } from '../../src';
import { Problems } from '../../src/core/problems';
import { errorOf, stackFixture } from '../helper';

function artifactFixture(key: string) {
  const { stack } = stackFixture();
  const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  const artifact = ModelArtifact.fromBucket(Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::bucket', encryptionKey }), key);
  const check = () => {
    const problems = new Problems();
    artifact._check('artifact', problems);
    problems.throwIfAny(new Construct(stack, 'Sample'));
  };
  return { artifact, check };
}

test('reading it takes exactly this object, and the key', () => {
  const { artifact } = artifactFixture('models/churn/1/model.tar.gz');
  expect(artifact.uri).toBe('s3://bucket/models/churn/1/model.tar.gz');
  expect(artifact._read().map(p => [p.actions, p.resources])).toEqual([
    [['s3:GetObject'], ['arn:aws:s3:::bucket/models/churn/1/model.tar.gz']],
    [['kms:Decrypt'], ['arn:aws:kms:eu-west-1:111122223333:key/1']],
  ]);
  expect(artifact._maker).toBeUndefined();
});

test.each(['model.tar.gz', 'a/b.tar.gz', 'm', Fn.importValue('x')])('%s is a key', key => {
  expect(artifactFixture(key).check).not.toThrow();
});

test.each(['', '/', '/model.tar.gz', 'models/', 'models/*', '*', 'mod?l.tar.gz'])("'%s' is no key of one file", key => {
  expect(errorOf(artifactFixture(key).check)).toContain(`artifact.key must be the object key of a file, without '/' at either end and without * or ?, got '${key}'`);
});
