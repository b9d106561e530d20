import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { InferenceModel, MlInstanceType, ModelArtifact, ModelRegistry, S3Prefix, SageMakerImage } from '../../../src';
import { Problems } from '../../../src/core/problems';
import {
  ASYNCHRONOUS_EXCLUDES, BATCH_EXCLUDES, checkModelFitsKind, checkPlatform, checkSurroundings, SERVERLESS_EXCLUDES, SHADOW_EXCLUDES,
} from '../../../src/inference/models/model-fit';

const stack = new Stack();
const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const BUCKET = Bucket.fromBucketName(stack, 'Bucket', 'artifacts');
const PLAIN = InferenceModel.fromContainer({ image: IMAGE, artifact: ModelArtifact.fromBucket(BUCKET, 'm.tar.gz') });
const UNCOMPRESSED = InferenceModel.fromContainer({ image: IMAGE, artifact: ModelArtifact.fromPrefix(BUCKET, 'm/') });
const LICENSED = InferenceModel.fromContainer({ image: IMAGE, artifact: ModelArtifact.fromBucket(BUCKET, 'm.tar.gz', { acceptEula: true }) });
const MANY = InferenceModel.multiModel({ image: IMAGE, models: S3Prefix.of(BUCKET, 'm/') });
const PRIVATE = InferenceModel.fromContainer({ image: SageMakerImage.fromPrivateRegistry('x/y:1') });
const BOUGHT = InferenceModel.fromModelPackageArn('arn:aws:sagemaker:eu-west-1:865070037744:model-package/x', { marketplace: true });
const REGISTERED = InferenceModel.fromModelPackage(ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'm'), { version: 1, image: IMAGE });
const PIPELINE = InferenceModel.serial([PLAIN, UNCOMPRESSED]);

/** The problems that a check finds. */
function problemsOf(check: (problems: Problems) => void): string[] {
  const problems = new Problems();
  check(problems);
  try {
    problems.throwIfAny(stack);
    return [];
  } catch (e) {
    return (e as Error).message.split('\n').slice(1).map(line => line.slice('  - '.length));
  }
}

test('everything that keeps a model from a kind is one problem', () => {
  const model = InferenceModel.direct([MANY, PRIVATE, UNCOMPRESSED, LICENSED, BOUGHT]);
  expect(problemsOf(p => checkModelFitsKind('hosting.model', model, 'a serverless endpoint', SERVERLESS_EXCLUDES, p))).toEqual([
    'hosting.model cannot be served by a serverless endpoint: it has several containers, a multi-model container, uncompressed data, '
    + 'data with hub access or a license agreement, an image in a private registry, a model package of AWS Marketplace',
  ]);
  expect(problemsOf(p => checkModelFitsKind('hosting.model', PIPELINE, 'a serverless endpoint', SERVERLESS_EXCLUDES, p)))
    .toEqual(['hosting.model cannot be served by a serverless endpoint: it has several containers, uncompressed data']);
});

test.each<[string, string[], InferenceModel[], InferenceModel[]]>([
  ['a serverless endpoint', SERVERLESS_EXCLUDES, [PIPELINE, MANY, UNCOMPRESSED, LICENSED, PRIVATE, BOUGHT], [PLAIN, REGISTERED]],
  ['an asynchronous endpoint', ASYNCHRONOUS_EXCLUDES, [BOUGHT], [PLAIN, REGISTERED, PIPELINE, MANY, UNCOMPRESSED, PRIVATE]],
  ['a shadow', SHADOW_EXCLUDES, [PIPELINE, MANY, BOUGHT], [PLAIN, REGISTERED, UNCOMPRESSED, PRIVATE]],
  ['batch transform', BATCH_EXCLUDES, [UNCOMPRESSED, LICENSED, PIPELINE, MANY, PRIVATE], [PLAIN, REGISTERED]],
])('what %s cannot serve, and what it can', (kind, excluded, bad, good) => {
  const found = (model: InferenceModel) => problemsOf(p => checkModelFitsKind('model', model, kind, excluded as any, p)).length;
  expect([bad.map(found), good.map(found)]).toEqual([bad.map(() => 1), good.map(() => 0)]);
});

test('the artifact that is named for a package tells of its data', () => {
  const model = InferenceModel.fromModelPackageArn('arn:aws:sagemaker:eu-west-1:111122223333:model-package/x/1', { artifact: ModelArtifact.fromPrefix(BUCKET, 'm/') });
  expect(problemsOf(p => checkModelFitsKind('model', model, 'a serverless endpoint', SERVERLESS_EXCLUDES, p))).toHaveLength(1);
});

const ARM = InferenceModel.fromContainer({ image: IMAGE.builtFor(Platform.LINUX_ARM64) });
const X86 = InferenceModel.fromContainer({ image: IMAGE.builtFor(Platform.LINUX_AMD64) });
const GRAVITON = MlInstanceType.of('ml.m7g.large');

test('an image for other processors than those of the instances is an error that names both (exec format error)', () => {
  expect(problemsOf(p => checkPlatform('model', ARM, [MlInstanceType.M5_LARGE, GRAVITON, MlInstanceType.G4DN_XLARGE], p))).toEqual([
    'model.image is built for arm64, but instances of ml.m5.large have processors for amd64',
    'model.image is built for arm64, but instances of ml.g4dn.xlarge have processors for amd64',
  ]);
  expect(problemsOf(p => checkPlatform('model', InferenceModel.serial([PLAIN, X86]), [GRAVITON], p)))
    .toEqual(['model.containers[1].image is built for amd64, but instances of ml.m7g.large have processors for arm64']);
});

test('where image or type do not tell their processors, nothing is wrong', () => {
  const token = MlInstanceType.of(new CfnParameter(stack, 'Type').valueAsString);
  const good: [InferenceModel, MlInstanceType][] = [[ARM, GRAVITON], [X86, MlInstanceType.M5_LARGE], [PLAIN, GRAVITON], [ARM, token], [ARM, MlInstanceType.of('ml.zz9.large')], [BOUGHT, GRAVITON]];
  expect(good.flatMap(([model, type]) => problemsOf(p => checkPlatform('model', model, [type], p)))).toEqual([]);
});

const around = (model: InferenceModel, networkIsolation: boolean, vpc = false) => problemsOf(p => checkSurroundings('model', model, { networkIsolation, vpc }, p));
const HUB = InferenceModel.fromContainer({ image: IMAGE, environment: { HF_MODEL_ID: 'gpt2' } });

test('a download from a hub and network isolation exclude each other (aws-cdk#23157)', () => {
  expect(around(HUB, true)).toEqual([
    "model.environment.HF_MODEL_ID makes the container download 'gpt2', which network isolation forbids: "
    + 'bring the model as artifact and name its directory /opt/ml/model, or set networkIsolation to false',
  ]);
  expect(around(InferenceModel.serial([PLAIN, HUB]), true)[0]).toContain('model.containers[1].environment.HF_MODEL_ID');
  expect(around(HUB, false)).toEqual([]);
});

test('a private registry needs a VPC', () => {
  expect(around(PRIVATE, true)).toEqual(['model.image is in a private registry, which SageMaker reaches through a VPC only: give the endpoint vpc']);
  expect(around(PRIVATE, true, true)).toEqual([]);
});

test('a model of AWS Marketplace needs isolation', () => {
  expect([around(BOUGHT, true), around(BOUGHT, false)]).toEqual([[], ['model is from AWS Marketplace, which needs networkIsolation, got false']]);
});
