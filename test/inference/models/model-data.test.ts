import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ModelArtifact } from '../../../src';
import { renderModelData } from '../../../src/inference/models/model-data';
import { stackFixture } from '../../helper';

const BUCKET = Bucket.fromBucketName(stackFixture().stack, 'Bucket', 'bucket');
const HUB = 'arn:aws:sagemaker:eu-west-1:111122223333:hub-content/Models/Model/llama/1.0.0';

test('nothing, and a plain gzipped file, are rendered as ever', () => {
  expect(renderModelData(undefined)).toEqual({});
  expect(renderModelData(ModelArtifact.fromBucket(BUCKET, 'm.tar.gz'))).toEqual({ modelDataUrl: 's3://bucket/m.tar.gz' });
});

test('data that is not compressed is a prefix', () => {
  expect(renderModelData(ModelArtifact.fromPrefix(BUCKET, 'm/'))).toEqual({
    modelDataSource: { s3DataSource: { s3Uri: 's3://bucket/m/', s3DataType: 'S3Prefix', compressionType: 'None' } },
  });
});

test('what a hub asks for comes along, and only what was said', () => {
  expect(renderModelData(ModelArtifact.fromPrefix(BUCKET, 'm/', { hubContentArn: HUB, acceptEula: true })).modelDataSource).toEqual({
    s3DataSource: {
      s3Uri: 's3://bucket/m/', s3DataType: 'S3Prefix', compressionType: 'None', hubAccessConfig: { hubContentArn: HUB }, modelAccessConfig: { acceptEula: true },
    },
  });
  const gzip = renderModelData(ModelArtifact.fromBucket(BUCKET, 'm.tar.gz', { acceptEula: true }));
  expect(gzip).toEqual({
    modelDataSource: { s3DataSource: { s3Uri: 's3://bucket/m.tar.gz', s3DataType: 'S3Object', compressionType: 'Gzip', modelAccessConfig: { acceptEula: true } } },
  });
  expect(JSON.stringify(gzip)).not.toContain('hub');
});
