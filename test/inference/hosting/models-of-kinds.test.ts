import { Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Hosting, InferenceEndpoint, InferenceModel, MlInstanceType, ModelArtifact, S3Prefix, SageMakerImage } from '../../../src';
import { stackFixture, warningsOf } from '../../helper';
import { MODEL, problemsOf } from '../hosted';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const BUCKET = Bucket.fromBucketName(new Stack(), 'Bucket', 'artifacts');
const PLACES = { input: S3Prefix.of(BUCKET, 'in/'), output: S3Prefix.of(BUCKET, 'out/') };
const BOUGHT = InferenceModel.fromModelPackageArn('arn:aws:sagemaker:eu-west-1:865070037744:model-package/x', { marketplace: true });
const UNCOMPRESSED = InferenceModel.fromContainer({ image: IMAGE, artifact: ModelArtifact.fromPrefix(BUCKET, 'm/') });
const PIPELINE = InferenceModel.serial([UNCOMPRESSED, MODEL]);
const ARM = InferenceModel.fromContainer({ image: IMAGE.builtFor(Platform.LINUX_ARM64) });
const HUB = InferenceModel.fromContainer({ image: IMAGE, environment: { HF_MODEL_ID: 'gpt2' } });

const component = (model: InferenceModel) => ({ model, componentName: 'llama', memorySize: Size.gibibytes(1) });
const components = (model: InferenceModel) => Hosting.components({ components: [component(model)] });

test('serverless endpoints serve no model with what they exclude, and say all of it at once', () => {
  expect(problemsOf(Hosting.serverless({ model: PIPELINE }))).toEqual(['model cannot be served by a serverless endpoint: it has several containers, uncompressed data']);
});

test('models of AWS Marketplace are not served asynchronously; uncompressed ones are', () => {
  expect(problemsOf(Hosting.asynchronous({ ...PLACES, model: BOUGHT }))).toEqual(['model cannot be served by an asynchronous endpoint: it has a model package of AWS Marketplace']);
  expect(problemsOf(Hosting.asynchronous({ ...PLACES, model: UNCOMPRESSED }))).toEqual([]);
});

test('with a shadow, neither it nor the production variant has several containers', () => {
  const words = 'cannot be served by an endpoint with a shadow: it has several containers';
  expect(problemsOf(Hosting.realTime({ model: PIPELINE, shadow: { model: MODEL } }))).toEqual([`model ${words}`]);
  expect(problemsOf(Hosting.realTime({ model: MODEL, shadow: { model: PIPELINE } }))).toEqual([`shadow.model ${words}`]);
  expect(problemsOf(Hosting.realTime({ model: PIPELINE }))).toEqual([]);
});

test.each<[string, (model: InferenceModel) => Hosting, string]>([
  ['real-time', model => Hosting.realTime({ model }), 'model'],
  ['of a variant', model => Hosting.realTime({ variants: [{ variantName: 'a', model: MODEL }, { variantName: 'b', model }] }), 'variants[1].model'],
  ['asynchronous', model => Hosting.asynchronous({ ...PLACES, model }), 'model'],
  ['components', components, 'components[0].model'],
])('%s: the image fits the instances, and the environment the network', (_, hosting, place) => {
  expect(problemsOf(hosting(ARM))).toEqual([expect.stringMatching(/\.image is built for arm64, but instances of ml\.\S+ have processors for amd64$/)]);
  expect(problemsOf(hosting(ARM))[0].startsWith(`${place}.image`)).toBe(true);
  expect(problemsOf(hosting(HUB))).toEqual([expect.stringContaining('environment.HF_MODEL_ID makes the container download')]);
  expect(problemsOf(hosting(HUB))[0].startsWith(`${place}.environment`)).toBe(true);
});

test('a serverless endpoint may download from a hub, since it knows no isolation', () => {
  expect(problemsOf(Hosting.serverless({ model: HUB }))).toEqual([]);
});

test('Graviton instances take an image that was built for them', () => {
  expect(problemsOf(Hosting.realTime({ model: ARM, instanceType: MlInstanceType.of('ml.c7g.large') }))).toEqual([]);
});

test('a serverless endpoint warns of an image of another account (amazon-sagemaker-feedback#181)', () => {
  const { stack } = stackFixture({ stack: { env: { account: '999999999999', region: 'eu-west-1' } } });
  new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.serverless({ model: MODEL }) });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:imageOfOtherAccount')]);
});

test('an adapter is one gzipped file', () => {
  const adapters = (artifact: ModelArtifact) => problemsOf(Hosting.components({ components: [{ ...component(MODEL), adapters: [{ artifact, componentName: 'law' }] }] }));
  const problem = 'components[0].adapters must have artifacts of one gzipped tar file, without access options';
  expect(adapters(ModelArtifact.fromPrefix(BUCKET, 'law/'))).toEqual([problem]);
  expect(adapters(ModelArtifact.fromBucket(BUCKET, 'law.tar.gz', { acceptEula: true }))).toEqual([problem]);
  expect(adapters(ModelArtifact.fromBucket(BUCKET, 'law.tar.gz'))).not.toContain(problem);
});
