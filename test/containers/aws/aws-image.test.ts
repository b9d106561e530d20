import { readFileSync } from 'fs';
import { join } from 'path';
import { Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsImage, BuiltInAlgorithm, Hosting, InferenceEndpoint, InferenceModel, SageMakerImage } from '../../../src';
import { accountsOf, ImageFamily } from '../../../src/containers/aws/aws-accounts';
import { errorOf, expectCompliant, onlyResource, stackFixture, warning, warningsOf } from '../../helper';

const SDK: Record<ImageFamily, Record<string, string>> = JSON.parse(readFileSync(join(__dirname, 'sdk-accounts.json'), 'utf8'));

const within = (region: string, account = '111122223333') => stackFixture({ stack: { env: { account, region } } }).stack;
const uri = (stack: Stack, image: SageMakerImage) => {
  const resolved = stack.resolve(image.imageUri);
  return typeof resolved === 'string' ? resolved : resolved['Fn::Join'][1].map((p: any) => p.Ref === 'AWS::URLSuffix' ? 'SUFFIX' : p).join('');
};

test.each(Object.entries(SDK))('accounts with %s are those that the SageMaker Python SDK has', (family, expected) => {
  expect(accountsOf(family as ImageFamily)).toEqual(expected);
});

test.each<[string, string, (stack: Stack) => SageMakerImage]>([
  ['eu-west-1', '763104351884.dkr.ecr.eu-west-1.SUFFIX/pytorch-training:2.6.0-gpu', s => AwsImage.deepLearning(s, 'pytorch-training', '2.6.0-gpu')],
  ['us-west-2', '246618743249.dkr.ecr.us-west-2.SUFFIX/sagemaker-xgboost:1.7-1', s => AwsImage.xgboost(s, '1.7-1')],
  ['us-west-2', '246618743249.dkr.ecr.us-west-2.SUFFIX/sagemaker-scikit-learn:1.4-2-cpu-py3', s => AwsImage.scikitLearn(s, '1.4-2')],
  ['us-east-1', '173754725891.dkr.ecr.us-east-1.SUFFIX/sagemaker-spark-processing:3.5-cpu-py39-v1.0', s => AwsImage.spark(s, '3.5-cpu-py39-v1.0')],
  ['us-east-1', '382416733822.dkr.ecr.us-east-1.SUFFIX/kmeans:1', s => AwsImage.algorithm(s, BuiltInAlgorithm.K_MEANS)],
  ['us-east-1', '811284229777.dkr.ecr.us-east-1.SUFFIX/blazingtext:1', s => AwsImage.algorithm(s, BuiltInAlgorithm.BLAZING_TEXT)],
  ['us-east-1', '522234722520.dkr.ecr.us-east-1.SUFFIX/forecasting-deepar:1', s => AwsImage.algorithm(s, BuiltInAlgorithm.DEEP_AR)],
  ['us-east-1', '766337827248.dkr.ecr.us-east-1.SUFFIX/lda:1', s => AwsImage.algorithm(s, BuiltInAlgorithm.LDA)],
  ['eusc-de-east-1', '204133271717.dkr.ecr.eusc-de-east-1.SUFFIX/pytorch-training:1', s => AwsImage.deepLearning(s, 'pytorch-training', '1')],
  ['eu-west-1', '999999999999.dkr.ecr.eu-west-1.SUFFIX/x/y:1', s => AwsImage.of(s, 'x/y', '1', { 'eu-west-1': '999999999999' })],
])('in %s there is %s', (region, expected, make) => {
  const stack = within(region);
  expect(uri(stack, make(stack))).toBe(expected);
});

test.each(Object.values(BuiltInAlgorithm))('the algorithm %s is there in the oldest Regions', algorithm => {
  ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1'].forEach(region => expect(() => AwsImage.algorithm(within(region), algorithm)).not.toThrow());
});

test('whoever runs it may pull from exactly its repository', () => {
  const stack = within('us-west-2');
  expect(stack.resolve(AwsImage.xgboost(stack, '1.7-1')._pull()[1])).toEqual({
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:us-west-2:246618743249:repository/sagemaker-xgboost']] }],
  });
});

test('a stack without a Region looks its account up while it is deployed, in one mapping', () => {
  const { stack } = stackFixture();
  const images = [AwsImage.xgboost(stack, '1.7-1'), AwsImage.scikitLearn(stack, '1.4-2')];
  images.forEach((image, i) => new InferenceEndpoint(stack, `Endpoint${i}`, { model: InferenceModel.fromContainer({ image }) }));
  const { Mappings } = expectCompliant(stack).toJSON();
  expect(Object.keys(Mappings)).toEqual(['MlImagesFrameworks']);
  expect(Mappings.MlImagesFrameworks['us-west-2']).toEqual({ account: '246618743249' });
  expect(Object.keys(Mappings.MlImagesFrameworks)).toEqual(Object.keys(SDK.frameworks).sort());
  expect(stack.resolve(images[0].imageUri)['Fn::Join'][1][0]).toEqual({ 'Fn::FindInMap': ['MlImagesFrameworks', { Ref: 'AWS::Region' }, 'account'] });
});

test('a Region without the image is one error at synth', () => {
  const stack = within('eu-north-1');
  expect(errorOf(() => AwsImage.algorithm(stack, BuiltInAlgorithm.LDA))).toBe(
    "AwsImage at 'Stack' has 1 problem:\n  - Region eu-north-1 has no account with images of lda that is known here: give it to AwsImage.of, or the whole name to SageMakerImage.fromUri");
  expect(errorOf(() => AwsImage.of(stack, 'x', '1', { 'us-east-1': '999999999999' }))).toContain('Region eu-north-1 has no account');
});

test.each<[Record<string, string>, string]>([[{ 'us-east-1': '1' }, "accounts.us-east-1 must be 12 digits, got '1'"], [{}, 'accounts must have an entry for each Region']])('wrong accounts are an error (case %#)', (accounts, message) => {
  expect(errorOf(() => AwsImage.of(stackFixture().stack, 'x', '1', accounts))).toContain(message);
});

test('a wrong tag is an error', () => {
  expect(errorOf(() => AwsImage.xgboost(within('us-east-1'), '1.7 1'))).toContain('image (tag or digest) must be a tag of up to 128');
});

test.each<[string, (stack: Stack) => SageMakerImage]>([
  ["'1.7' does not look like a tag of sagemaker-xgboost, which AWS writes like '1.7-1'", s => AwsImage.xgboost(s, '1.7')],
  ["'latest' does not look like a tag of sagemaker-xgboost", s => AwsImage.xgboost(s, 'latest')],
  ["'1.4-cpu-py3' does not look like a tag of sagemaker-scikit-learn, which AWS writes like '1.4-2-cpu-py3'", s => AwsImage.scikitLearn(s, '1.4')],
  ["'3.5' does not look like a tag of sagemaker-spark-processing, which AWS writes like '3.5-cpu-py39-v1.0'", s => AwsImage.spark(s, '3.5')],
])('a tag that is written as AWS writes none is warned of: %s', (text, make) => {
  const stack = within('us-west-2');
  make(stack);
  expect(warningsOf(stack)).toEqual([warning('imageTagUnlikely', text)]);
});

test('a tag that may be there is not warned of, be it newer than the library, longer, a digest or not known yet', () => {
  const stack = within('us-west-2');
  ['1.2-1', '9.9-9', '10.12-3', '1.0-1-cpu-py3', `sha256:${'a'.repeat(64)}`, Fn.importValue('Tag')].forEach(tag => AwsImage.xgboost(stack, tag));
  ['0.20.0', '0.23-1', '1.4-2', Fn.importValue('Tag')].forEach(version => AwsImage.scikitLearn(stack, version));
  ['3.5-cpu-py39-v1.0', '3.1-cpu-py37-v1', '3.5-cpu-py39'].forEach(tag => AwsImage.spark(stack, tag));
  expect(warningsOf(stack)).toEqual([]);
});

test('a serverless endpoint takes it without a warning, since it takes images of AWS', () => {
  const stack = within('us-west-2');
  const model = InferenceModel.fromContainer({ image: AwsImage.xgboost(stack, '1.7-1') });
  new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.serverless({ model }) });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([]);
});

test('a serverless endpoint warns of an image of another Region, too', () => {
  const stack = within('us-west-2');
  const image = SageMakerImage.fromUri('999999999999.dkr.ecr.us-east-1.amazonaws.com/churn:1');
  new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.serverless({ model: InferenceModel.fromContainer({ image }) }) });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/The image is in the Region us-east-1.*imageOfOtherRegion/));
});

test('an image of another Region is warned of, in whatever way it is named', () => {
  const stack = within('us-west-2');
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:1');
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image }) });
  expect(onlyResource(Template.fromStack(stack), 'AWS::SageMaker::Model').Properties.PrimaryContainer.Image).toContain('us-east-1');
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/The image is in the Region us-east-1.*imageOfOtherRegion/)]);
});
