import { CfnParameter, Size, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ArtifactPrefix, ClarifyExplainer, ClarifyExplainerOptions, ClarifyFeatureType, Hosting, InferenceEndpoint, InferenceModel, ModelArtifactBucket,
  S3File, SageMakerImage, ShapBaseline, TextGranularity,
} from '../../../src';
import { errorOf, expectCompliant, onlyResource, stackFixture, statementsOf } from '../../helper';

const model = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });
const INLINE = ShapBaseline.inline('0.4,0.5,0.2');

function explained(options: ClarifyExplainerOptions) {
  const fixture = stackFixture();
  new InferenceEndpoint(fixture.stack, 'Endpoint', { hosting: Hosting.realTime({ model, explainer: ClarifyExplainer.shap(options) }) });
  return { ...fixture, config: () => onlyResource(fixture.template(), 'AWS::SageMaker::EndpointConfig').Properties.ExplainerConfig };
}

test('a baseline is all it takes', () => {
  const { stack, config } = explained({ baseline: INLINE });
  expect(config()).toEqual({ ClarifyExplainerConfig: { ShapConfig: { ShapBaselineConfig: { ShapBaseline: '0.4,0.5,0.2' } } } });
  expectCompliant(stack);
});

test('everything may be said', () => {
  const { config } = explained({
    baseline: INLINE,
    baselineMimeType: 'application/jsonlines',
    enableExplanations: 'probability>`0.5`',
    numberOfSamples: 100,
    seed: -7,
    useLogit: true,
    textLanguage: 'en',
    textGranularity: TextGranularity.SENTENCE,
    featuresAttribute: 'myfeatures',
    contentTemplate: '{"myfeatures":$features}',
    maxRecordCount: 10,
    maxPayload: Size.mebibytes(25),
    probabilityIndex: 0,
    probabilityAttribute: 'probability',
    labelIndex: 0,
    labelAttribute: 'labels',
    labelHeaders: ['cat', 'dog'],
    featureHeaders: ['age', 'review'],
    featureTypes: [ClarifyFeatureType.NUMERICAL, ClarifyFeatureType.TEXT],
  });
  expect(config().ClarifyExplainerConfig).toEqual({
    EnableExplanations: 'probability>`0.5`',
    InferenceConfig: {
      FeaturesAttribute: 'myfeatures',
      ContentTemplate: '{"myfeatures":$features}',
      MaxRecordCount: 10,
      MaxPayloadInMB: 25,
      ProbabilityIndex: 0,
      ProbabilityAttribute: 'probability',
      LabelIndex: 0,
      LabelAttribute: 'labels',
      LabelHeaders: ['cat', 'dog'],
      FeatureHeaders: ['age', 'review'],
      FeatureTypes: ['numerical', 'text'],
    },
    ShapConfig: {
      NumberOfSamples: 100,
      Seed: -7,
      UseLogit: true,
      ShapBaselineConfig: { MimeType: 'application/jsonlines', ShapBaseline: '0.4,0.5,0.2' },
      TextConfig: { Language: 'en', Granularity: 'sentence' },
    },
  });
});

test('a baseline in a file may be read by the role', () => {
  const { stack, template } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const file = artifacts.at(ArtifactPrefix.BASELINES).file('shap.csv');
  new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model, explainer: ClarifyExplainer.shap({ baseline: ShapBaseline.fromFile(file) }) }) });
  const { ShapConfig } = onlyResource(template(), 'AWS::SageMaker::EndpointConfig').Properties.ExplainerConfig.ClarifyExplainerConfig;
  expect(ShapConfig).toEqual({ ShapBaselineConfig: { ShapBaselineUri: stack.resolve(file.uri) } });
  const [get] = statementsOf(template(), 'EndpointRole').filter(s => s.Action === 's3:GetObject');
  expect(get.Resource).toEqual({ 'Fn::Join': ['', [stack.resolve(artifacts.bucket.bucketArn), '/baselines/shap.csv']] });
});

test('values known at deployment pass', () => {
  const stack = new Stack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
  const explainer = ClarifyExplainer.shap({
    baseline: ShapBaseline.inline(text),
    baselineMimeType: text,
    enableExplanations: text,
    numberOfSamples: count,
    seed: count,
    featureHeaders: [text],
  });
  new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model, explainer }) });
});

test('all problems come in one error', () => {
  const long = 'x'.repeat(65);
  const error = errorOf(() => explained({
    baseline: ShapBaseline.inline(''),
    baselineMimeType: 'text/plain',
    enableExplanations: '',
    numberOfSamples: 0,
    seed: 0.5,
    textLanguage: 'English',
    featuresAttribute: long,
    contentTemplate: '',
    maxRecordCount: 0,
    maxPayload: Size.mebibytes(26),
    probabilityIndex: -1,
    labelIndex: -1,
    labelHeaders: [],
    featureHeaders: [long],
    featureTypes: [ClarifyFeatureType.NUMERICAL],
  }));
  expect(error.split(long).join('xxx')).toBe([
    "InferenceEndpoint at 'Stack/Endpoint' has 16 problems:",
    "  - explainer.baseline must be 1 to 4096 characters; a longer one goes into a file, got ''",
    "  - explainer.featuresAttribute must be 1 to 64 characters in one line, got 'xxx'",
    "  - explainer.contentTemplate must be 1 to 64 characters in one line, got ''",
    '  - explainer.labelHeaders must hold 1 to 16 entries, got 0',
    "  - explainer.featureHeaders[0] must be 1 to 64 characters in one line, got 'xxx'",
    '  - explainer.featureTypes must hold TEXT at least once: others need no types',
    '  - explainer.maxRecordCount must be a whole number of at least 1, got 0',
    '  - explainer.maxPayload (MiB) must be a whole number between 1 and 25, got 26',
    '  - explainer.probabilityIndex must be a whole number of at least 0, got -1',
    '  - explainer.labelIndex must be a whole number of at least 0, got -1',
    "  - explainer.baselineMimeType must be one of text/csv, application/jsonlines, got 'text/plain'",
    "  - explainer.enableExplanations must be 1 to 64 characters in one line, got ''",
    '  - explainer.numberOfSamples must be a whole number between 1 and 2147483647, got 0',
    '  - explainer.seed must be a whole number between -2147483648 and 2147483647, got 0.5',
    "  - explainer.textLanguage must be a code of ISO 639 like 'en', got 'English'",
    '  - explainer.textLanguage and explainer.textGranularity go together',
  ].join('\n'));
});

test.each<[string, ClarifyExplainerOptions, string]>([
  ['text without a language', { baseline: INLINE, featureTypes: [ClarifyFeatureType.TEXT] }, 'explainer.featureTypes holds TEXT, which needs textLanguage and textGranularity'],
  ['a granularity alone', { baseline: INLINE, textGranularity: TextGranularity.TOKEN }, 'explainer.textLanguage and explainer.textGranularity go together'],
  ['half a megabyte', { baseline: INLINE, maxPayload: Size.kibibytes(512) }, 'explainer.maxPayload (MiB) must be a whole number between 1 and 25, got 0.5'],
  ['a baseline that is no file', { baseline: ShapBaseline.fromFile(S3File.of(Bucket.fromBucketName(new Stack(), 'Lake', 'lake'), 'a/')) }, 'explainer.baseline must be the object key of a file'],
])('%s is an error', (_, options, problem) => {
  expect(errorOf(() => explained(options))).toContain(`InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - ${problem}`);
});
