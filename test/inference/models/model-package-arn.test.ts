import { Fn, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { serving } from './serving';
import { InferenceModel, ModelArtifact, ModelPackageArnOptions, SageMakerImage } from '../../../src';
import { errorOf, statementFor, warningsOf } from '../../helper';

const BOUGHT = 'arn:aws:sagemaker:eu-west-1:865070037744:model-package/translator-1-2abc';
const VERSION = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/7';
const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const ARTIFACT = ModelArtifact.fromBucket(Bucket.fromBucketArn(new Stack(), 'Bucket', 'arn:aws:s3:::artifacts'), 'm.tar.gz');
const ENV = { env: { account: '111122223333', region: 'eu-west-1' } };

const served = (arn: string, options?: ModelPackageArnOptions, env = ENV, networkIsolation?: boolean) =>
  serving(InferenceModel.fromModelPackageArn(arn, options), { networkIsolation }, env);

function warned(fixture: ReturnType<typeof served>): string[] {
  fixture.template();
  return warningsOf(fixture.stack).map(w => /cdk-ml-patterns:(\w+)/.exec(w)![1]);
}

test('a model of AWS Marketplace: isolated, without rights of its own, and not guarded while it is updated (aws-cdk#23158)', () => {
  const fixture = served(BOUGHT, { marketplace: true });
  expect(fixture.rendered()).toMatchObject({ PrimaryContainer: { ModelPackageName: BOUGHT }, EnableNetworkIsolation: true });
  expect(fixture.statements().flatMap(s => s.Action).filter(a => /^(s3|ecr):/.test(a))).toEqual([]);
  expect(warned(fixture)).toEqual(['rolloutFallsBack']);
});

test('it cannot run without isolation', () => {
  expect(errorOf(() => served(BOUGHT, { marketplace: true }, ENV, false))).toContain('model is from AWS Marketplace, which needs networkIsolation, got false');
  expect(() => served(BOUGHT, {}, ENV, false)).not.toThrow();
});

test('of a package of any other kind, artifact and image are named, and may be read', () => {
  const fixture = served(VERSION, { artifact: ARTIFACT, image: IMAGE, environment: { THREADS: '2' }, inferenceSpecificationName: 'gpu' });
  fixture.compliant();
  expect(fixture.rendered().PrimaryContainer).toEqual({ ModelPackageName: VERSION, InferenceSpecificationName: 'gpu', Environment: { THREADS: '2' } });
  expect(statementFor(fixture.statements(), 's3:GetObject').Resource).toBe('arn:aws:s3:::artifacts/m.tar.gz');
  expect(JSON.stringify(statementFor(fixture.statements(), 'ecr:BatchGetImage').Resource)).toContain('repository/churn');
});

test('what is not named is warned of, and so is another account', () => {
  expect(warned(served(VERSION))).toEqual(['modelSourceUnknown']);
  expect(warned(served(BOUGHT)).sort()).toEqual(['modelSourceUnknown', 'registryOfOtherAccount']);
  expect(warned(served(BOUGHT, { artifact: ARTIFACT }))).toEqual(['registryOfOtherAccount']);
  expect(warned(serving(InferenceModel.fromModelPackageArn(BOUGHT, { artifact: ARTIFACT })))).toEqual([]);
});

test('a secret in its environment is warned of', () => {
  expect(warned(served(VERSION, { artifact: ARTIFACT, environment: { HF_TOKEN: 'x' } }))).toEqual(['secretInEnvironment']);
});

test.each([BOUGHT, VERSION, 'arn:aws-cn:sagemaker:eu-west-1:111122223333:model-package/a/999999999', Fn.importValue('Package')])('%s is good', arn => {
  expect(() => served(arn)).not.toThrow();
});

test.each([
  '', 'churn', 'churn/7', `${VERSION}/`, `${VERSION}0000000000`, 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn-', 'arn:aws:sagemaker:eu-west-1:1:model-package/churn/7',
  'arn:aws:sagemaker:eu-west-1:111122223333:model-package-group/churn', `arn:aws:sagemaker:eu-west-1:111122223333:model-package/${'x'.repeat(64)}`,
])("'%s' is no ARN of a package", arn => {
  expect(errorOf(() => served(arn))).toBe(
    `InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - model.modelPackageArn must be the ARN of a model package, 'arn:aws:sagemaker:…:model-package/name' or '…/name/version', got '${arn}'`);
});

test('a package of another Region is an error', () => {
  const env = { env: { account: '111122223333', region: 'us-east-1' } };
  expect(errorOf(() => served(VERSION, { artifact: ARTIFACT }, env))).toContain('model.modelPackageArn must be in the Region of the endpoint, us-east-1, got eu-west-1');
});

test.each<[string, ModelPackageArnOptions, string]>([
  ['a bad specification', { inferenceSpecificationName: 'a b' }, "model.inferenceSpecificationName must be 1 to 63 letters, digits and dashes, got 'a b'"],
  ['a bad environment', { environment: { 1: '' } }, "model.environment key must be letters, digits and _, not beginning with a digit, got '1'"],
  ['an image of a private registry', { image: SageMakerImage.fromPrivateRegistry('x/y:1') }, 'model.image is in a private registry, which only containers of an InferenceModel and training steps can use'],
])('%s is an error', (_, options, problem) => {
  expect(errorOf(() => served(VERSION, options))).toContain(problem);
});
