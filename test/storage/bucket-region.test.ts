import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import {
  BatchInput, BatchTransform, DataCapture, EndpointConfigStep, FailStep, Hosting, InferenceEndpoint, InferenceModel, ModelArtifact,
  ModelArtifactBucket, S3Prefix, SageMakerImage, SageMakerPipeline, StepVariant,
} from '../../src';
import { errorOf, stackFixture, warning, warningsOf } from '../helper';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const MODEL = InferenceModel.fromContainer({ image });
const PACKAGE = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/1';
const here = () => stackFixture({ stack: { env: ENV } });
const bucketIn = (stack: Stack, region?: string): IBucket =>
  Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'lake', region, encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/abc') });

test.each<[string, (bucket: IBucket) => InferenceModel]>([
  ['model.artifact', bucket => InferenceModel.fromContainer({ image, artifact: ModelArtifact.fromBucket(bucket, 'm.tar.gz') })],
  ['model.artifact', bucket => InferenceModel.fromModelPackageArn(PACKAGE, { artifact: ModelArtifact.fromPrefix(bucket, 'm/') })],
  ['model.models', bucket => InferenceModel.multiModel({ image, models: S3Prefix.of(bucket, 'models/') })],
  ['model.containers[1].artifact', bucket => InferenceModel.serial([MODEL, InferenceModel.fromContainer({ image, artifact: ModelArtifact.fromBucket(bucket, 'm.tar.gz') })])],
])('what SageMaker loads, as %s, is in the Region of what serves it', (name, modelOf) => {
  const made = (region?: string) => { const { stack } = here(); return () => new InferenceEndpoint(stack, 'Endpoint', { model: modelOf(bucketIn(stack, region)) }); };
  expect(errorOf(made('us-east-1'))).toContain(`- ${name} must be in a bucket of the Region of what serves the model, eu-west-1, got one in us-east-1`);
  for (const region of [undefined, 'eu-west-1', new CfnParameter(new Stack(), 'Region').valueAsString]) { expect(made(region)).not.toThrow(); }
});

test('so it is for a batch transform', () => {
  const { stack } = here();
  const model = InferenceModel.fromContainer({ image, artifact: ModelArtifact.fromBucket(bucketIn(stack, 'us-east-1'), 'm.tar.gz') });
  const place = S3Prefix.of(Bucket.fromBucketName(stack, 'Own', 'own'), 'in/');
  expect(errorOf(() => new BatchTransform(stack, 'Batch', { model, input: BatchInput.prefix(place), output: place.below('out') }))).toContain('model.artifact must be in a bucket');
});

describe('a bucket of a stack in another Region', () => {
  const WAY_OUT = 'CDK takes an import for a bucket of the Region of its stack: if it is of eu-west-1, import it with Bucket.fromBucketAttributes and its region.';

  function served(modelOf: (there: Stack) => InferenceModel): { stack: Stack; serve: () => unknown } {
    const { app, stack } = here();
    const there = new Stack(app, 'There', { env: { ...ENV, region: 'us-east-1' } });
    return { stack, serve: () => new InferenceEndpoint(stack, 'Endpoint', { model: modelOf(there) }) };
  }
  const artifactIn = (bucketOf: (there: Stack) => IBucket) => (there: Stack) =>
    InferenceModel.fromContainer({ image, artifact: ModelArtifact.fromBucket(bucketOf(there), 'm.tar.gz') });
  const imported = (there: Stack) => bucketIn(there);

  test.each<[string, (there: Stack) => IBucket]>([
    ['is made there', there => new Bucket(there, 'Lake', { bucketName: 'lake' })],
    ['is made there by the library', there => new ModelArtifactBucket(there, 'Lake').bucket],
    ['is made there as L1', there => Bucket.fromCfnBucket(new CfnBucket(there, 'Lake', { bucketName: 'lake' }))],
    ['is imported there, from yet another', there => bucketIn(there, 'us-west-2')],
  ])('that %s is an error', (_, bucketOf) => {
    expect(errorOf(served(artifactIn(bucketOf)).serve)).toContain('- model.artifact must be in a bucket of the Region of what serves the model, eu-west-1, got one in us-');
  });

  test('that CDK uploads to is an error', () => {
    const modelOf = (there: Stack) => InferenceModel.fromContainer({ image, artifact: ModelArtifact.fromAsset(there, 'Model', __dirname) });
    expect(errorOf(served(modelOf).serve)).toContain('- model.artifact must be in a bucket of the Region of what serves the model, eu-west-1, got one in us-east-1');
  });

  test.each<[string, (there: Stack) => InferenceModel]>([
    ['model.artifact', artifactIn(imported)],
    ['model.models', there => InferenceModel.multiModel({ image, models: S3Prefix.of(imported(there), 'models/') })],
  ])('that is imported there may be of any: a warning of %s', (name, modelOf) => {
    const { stack, serve } = served(modelOf);
    serve();
    expect(warningsOf(stack)).toEqual([
      warning('artifactsOfOtherRegion', `What serves the model is in eu-west-1, and ${name} in us-east-1: it loads models of its own Region only. Take a bucket of eu-west-1. ${WAY_OUT}`),
    ]);
  });

  test('that is imported there with its Region is not', () => {
    const { stack, serve } = served(artifactIn(there => bucketIn(there, 'eu-west-1')));
    serve();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('has the same way out where an endpoint captures or a pipeline keeps artifacts', () => {
    const { stack, serve } = served(() => MODEL);
    serve();
    const place = S3Prefix.of(imported(new Stack(stack.node.root, 'Other', { env: { ...ENV, region: 'us-east-1' } })), 'a/');
    new InferenceEndpoint(stack, 'Capturing', { hosting: Hosting.realTime({ model: MODEL, dataCapture: DataCapture.to(place) }) });
    const artifacts = ModelArtifactBucket.fromBucket(stack, 'Artifacts', place.bucket, Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/abc'));
    new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [new FailStep('Fail', { message: 'no' })] });
    expect(warningsOf(stack).filter(w => w.includes(WAY_OUT))).toEqual([
      warning('artifactsOfOtherRegion', 'The endpoint is in eu-west-1, and dataCapture in us-east-1'),
      warning('artifactsOfOtherRegion', 'The pipeline is in eu-west-1, and artifacts in us-east-1'),
    ]);
  });
});

test('an app for no Region in particular may take a bucket of any', () => {
  const { stack } = stackFixture();
  const artifact = ModelArtifact.fromBucket(bucketIn(stack, 'us-east-1'), 'm.tar.gz');
  expect(() => new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image, artifact }) })).not.toThrow();
});

test.each<[string, string, (stack: Stack, place: S3Prefix) => unknown]>([
  ['captures', 'dataCapture in us-east-1', (stack, place) =>
    new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model: MODEL, dataCapture: DataCapture.to(place) }) })],
  ['answers later', 'input in us-east-1, output in us-east-1', (stack, place) =>
    new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.asynchronous({ model: MODEL, input: place.below('in'), output: place.below('out') }) })],
  ['is made by a step', 'dataCapture in us-east-1', (stack, place) =>
    new SageMakerPipeline(stack, 'Pipeline', { steps: [new EndpointConfigStep('Config', { variants: [StepVariant.instances('churn')], dataCapture: DataCapture.to(place) })] })],
])('what an endpoint writes that %s is warned of, if it is elsewhere', (_, places, make) => {
  const warned = (region?: string) => {
    const { stack, template } = here();
    make(stack, S3Prefix.of(bucketIn(stack, region), 'a/'));
    template();
    return warningsOf(stack);
  };
  expect(warned('us-east-1')).toEqual([warning('artifactsOfOtherRegion', `The endpoint is in eu-west-1, and ${places}: AWS does not say`)]);
  expect(warned()).toEqual([]);
});
