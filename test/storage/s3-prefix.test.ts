import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArtifactPrefix, ModelArtifactBucket, S3Prefix } from '../../src';
import { Problems } from '../../src/core/problems';
import { renderPermission } from '../../src/identity/permission-statement';
import { errorOf, stackFixture } from '../helper';

test('a place of an artifact bucket knows the key, also that of a bucket that something else makes', () => {
  const { stack } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  expect(artifacts.at(ArtifactPrefix.CAPTURE)).toMatchObject({ prefix: 'capture/', encryptionKey: artifacts.encryptionKey });
  const key = new Key(stack, 'Key');
  const brought = ModelArtifactBucket.fromBucket(stack, 'Brought', Bucket.fromBucketName(stack, 'Bucket', 'models'), key);
  expect(brought.at(ArtifactPrefix.CAPTURE).encryptionKey).toBe(key);
});

test('a place below another keeps bucket and key', () => {
  const { stack } = stackFixture();
  const place = new ModelArtifactBucket(stack, 'Artifacts').at(ArtifactPrefix.ASYNC_OUTPUT);
  const lower = place.below('failures');
  expect(lower).toMatchObject({ prefix: 'async/output/failures/', bucket: place.bucket, encryptionKey: place.encryptionKey });
  expect(stack.resolve(lower.uri)).toEqual({ 'Fn::Join': ['', ['s3://', expect.anything(), '/async/output/failures/']] });
});

test('reading and writing reach no further than the place, and the key only through S3', () => {
  const { stack } = stackFixture();
  const place = new ModelArtifactBucket(stack, 'Artifacts').at(ArtifactPrefix.CAPTURE);
  const statements: any[] = stack.resolve([...place._read(), ...place._write()].map(renderPermission));
  const of = (action: string) => statements.filter(s => [s.Action].flat().includes(action));
  [...of('s3:GetObject'), ...of('s3:PutObject')].forEach(s => expect(JSON.stringify(s.Resource)).toContain('/capture/*'));
  expect(of('s3:ListBucket').map(s => s.Condition)).toEqual([{ StringLike: { 's3:prefix': 'capture/*' } }]);
  expect([...of('kms:Decrypt'), ...of('kms:GenerateDataKey')].map(s => Object.keys(s.Condition.StringEquals))).toEqual(Array(3).fill(['kms:ViaService']));
});

test('a bucket that does not tell its key brings none', () => {
  const { stack } = stackFixture();
  const place = S3Prefix.of(Bucket.fromBucketName(stack, 'Bucket', 'models'), 'in/');
  expect(place.encryptionKey).toBeUndefined();
  expect(place._read().flatMap(p => p.actions)).toEqual(['s3:GetObject', 's3:ListBucket']);
});

test('a prefix that is none is refused where it is used', () => {
  const { stack } = stackFixture();
  const problems = new Problems();
  S3Prefix.of(Bucket.fromBucketName(stack, 'Bucket', 'models'), 'in')._check('input', problems);
  expect(errorOf(() => problems.throwIfAny(stack))).toContain("input must end with '/', not begin with it, and hold no *, no ? and no empty part, got 'in'");
});
