import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { serving } from './serving';
import { InferenceModel, MultiModelOptions, S3Prefix, SageMakerImage } from '../../../src';
import { errorOf, statementFor } from '../../helper';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const BUCKET = Bucket.fromBucketArn(new Stack(), 'Bucket', 'arn:aws:s3:::artifacts');
const MODELS = S3Prefix.of(BUCKET, 'tenants/');

const model = (options: Partial<MultiModelOptions> = {}) => InferenceModel.multiModel({ image: IMAGE, models: MODELS, ...options });

test('many models behind one container (aws-cdk#23154)', () => {
  const { compliant, rendered, statements } = serving(model());
  compliant();
  expect(rendered().PrimaryContainer).toEqual({ Image: IMAGE.imageUri, Mode: 'MultiModel', ModelDataUrl: 's3://artifacts/tenants/' });
  expect(statementFor(statements(), 's3:GetObject').Resource).toBe('arn:aws:s3:::artifacts/tenants/*');
  expect(statementFor(statements(), 's3:ListBucket')).toMatchObject({ Resource: 'arn:aws:s3:::artifacts', Condition: { StringLike: { 's3:prefix': 'tenants/*' } } });
});

test.each<[boolean, string]>([[true, 'Enabled'], [false, 'Disabled']])('models stay in memory: %s', (cacheModels, setting) => {
  expect(serving(model({ cacheModels })).rendered().PrimaryContainer.MultiModelConfig).toEqual({ ModelCacheSetting: setting });
});

test('it has an environment like any container', () => {
  expect(serving(model({ environment: { B: '1', A: '2' } })).rendered().PrimaryContainer.Environment).toEqual({ A: '2', B: '1' });
});

test('the URI of the models has a length', () => {
  const models = (length: number) => model({ models: S3Prefix.of(BUCKET, 'tenants/'.padStart(length, 'x')) });
  expect(() => serving(models(1000))).not.toThrow();
  expect(errorOf(() => serving(models(1024)))).toContain('  - model.models (URI) must be at most 1024 characters, got');
});

test('all its problems come in one error', () => {
  const bad = model({ image: SageMakerImage.fromUri('a b'), models: S3Prefix.of(BUCKET, 'tenants'), environment: { '1X': '' }, containerHostname: '-' });
  expect(errorOf(() => serving(bad))).toBe([
    "InferenceEndpoint at 'Stack/Endpoint' has 4 problems:",
    "  - model.image must be 1 to 255 characters without spaces, got 'a b'",
    "  - model.models must end with '/', not begin with it, and hold no *, no ? and no empty part, got 'tenants'",
    "  - model.environment key must be letters, digits and _, not beginning with a digit, got '1X'",
    "  - model.containerHostname must be 1 to 63 letters, digits and dashes, got '-'",
  ].join('\n'));
});
