import { Duration } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { capturing, monitored } from './fixture';
import { ArtifactPrefix, GroundTruthOptions, MonitorKind, ProblemType, S3Prefix } from '../../../src';
import { errorOf, expectCompliant, onlyResource } from '../../helper';

const files = () => {
  const fixture = capturing();
  const labels = fixture.artifacts.at(ArtifactPrefix.of('labels/'));
  const add = (kind: MonitorKind, type: string) => {
    fixture.endpoint.addMonitor('Drift', { kind });
    expectCompliant(fixture.stack);
    return onlyResource(fixture.template(), `AWS::SageMaker::${type}JobDefinition`).Properties;
  };
  const uri = (path: string) => ({ 'Fn::Join': ['', ['s3://', fixture.stack.resolve(fixture.artifacts.bucket.bucketName), path]] });
  return { ...fixture, labels, add, uri };
};

test('data quality, fully configured', () => {
  const { baseline, add, uri } = files();
  const properties = add(MonitorKind.dataQuality({
    constraints: baseline.file('constraints.json'),
    statistics: baseline.file('statistics.json'),
    excludedFeatures: ['id', '3'],
    preprocessor: baseline.file('pre.py'),
    postprocessor: baseline.file('post.py'),
    entrypoint: ['python3', 'monitor.py'],
    arguments: ['--fast'],
  }), 'DataQuality');
  expect(properties.DataQualityBaselineConfig).toEqual({
    ConstraintsResource: { S3Uri: uri('/baselines/constraints.json') }, StatisticsResource: { S3Uri: uri('/baselines/statistics.json') },
  });
  expect(properties.DataQualityAppSpecification).toMatchObject({
    ContainerEntrypoint: ['python3', 'monitor.py'],
    ContainerArguments: ['--fast'],
    RecordPreprocessorSourceUri: uri('/baselines/pre.py'),
    PostAnalyticsProcessorSourceUri: uri('/baselines/post.py'),
  });
  expect(properties.DataQualityJobInput.EndpointInput.ExcludeFeaturesAttribute).toBe('id,3');
});

test('model quality, fully configured', () => {
  const { baseline, labels, add, uri } = files();
  const properties = add(MonitorKind.modelQuality({
    problemType: ProblemType.BINARY_CLASSIFICATION,
    groundTruth: labels,
    startOffset: Duration.days(8),
    endOffset: Duration.days(1),
    inferenceAttribute: '0',
    probabilityAttribute: '1',
    probabilityThreshold: 0,
    constraints: baseline.file('constraints.json'),
    postprocessor: baseline.file('post.py'),
  }), 'ModelQuality');
  expect(properties.ModelQualityBaselineConfig).toEqual({ ConstraintsResource: { S3Uri: uri('/baselines/constraints.json') } });
  expect(properties.ModelQualityAppSpecification).toMatchObject({ ProblemType: 'BinaryClassification', PostAnalyticsProcessorSourceUri: uri('/baselines/post.py') });
  expect(properties.ModelQualityJobInput).toEqual({
    GroundTruthS3Input: { S3Uri: uri('/labels') },
    EndpointInput: {
      EndpointName: expect.anything(),
      LocalPath: '/opt/ml/processing/input/endpoint',
      StartTimeOffset: '-PT192H',
      EndTimeOffset: '-PT24H',
      InferenceAttribute: '0',
      ProbabilityAttribute: '1',
      ProbabilityThresholdAttribute: 0,
    },
  });
});

test('bias, fully configured', () => {
  const { baseline, labels, add, uri } = files();
  const properties = add(MonitorKind.modelBias({
    groundTruth: labels,
    startOffset: Duration.hours(1),
    endOffset: Duration.hours(0),
    featuresAttribute: 'features',
    inferenceAttribute: 'label',
    analysisConfig: baseline.file('analysis_config.json'),
    constraints: baseline.file('analysis.json'),
  }), 'ModelBias');
  expect(properties.ModelBiasBaselineConfig).toEqual({ ConstraintsResource: { S3Uri: uri('/baselines/analysis.json') } });
  expect(properties.ModelBiasAppSpecification).toMatchObject({ ConfigUri: uri('/baselines/analysis_config.json') });
  expect(properties.ModelBiasJobInput).toMatchObject({
    GroundTruthS3Input: { S3Uri: uri('/labels') },
    EndpointInput: { FeaturesAttribute: 'features', InferenceAttribute: 'label', StartTimeOffset: '-PT1H', EndTimeOffset: '-PT0H' },
  });
});

test('explainability, fully configured', () => {
  const { baseline, add, uri } = files();
  const properties = add(MonitorKind.modelExplainability({
    analysisConfig: baseline.file('analysis_config.json'),
    modelName: 'Churn',
    featuresAttribute: 'features',
    inferenceAttribute: '0',
    probabilityAttribute: '1',
    constraints: baseline.file('analysis.json'),
  }), 'ModelExplainability');
  expect(properties.ModelExplainabilityBaselineConfig).toEqual({ ConstraintsResource: { S3Uri: uri('/baselines/analysis.json') } });
  expect(properties.ModelExplainabilityAppSpecification).toMatchObject({ ConfigUri: uri('/baselines/analysis_config.json') });
  expect(properties.ModelExplainabilityJobInput.EndpointInput).toMatchObject({ FeaturesAttribute: 'features', InferenceAttribute: '0', ProbabilityAttribute: '1' });
});

test('a baseline may be half', () => {
  const { baseline, add } = files();
  expect(add(MonitorKind.dataQuality({ statistics: baseline.file('statistics.json') }), 'DataQuality').DataQualityBaselineConfig).toEqual({ StatisticsResource: expect.anything() });
});

const lake = (prefix: string) => S3Prefix.of(Bucket.fromBucketName(capturing().stack, 'Lake', 'lake'), prefix);
const quality = (options: Partial<GroundTruthOptions>) => MonitorKind.modelQuality({ problemType: ProblemType.REGRESSION, groundTruth: lake('labels/'), ...options });

test.each<[string, () => MonitorKind, string]>([
  ['labels in no place', () => quality({ groundTruth: lake('/labels') }), "kind.groundTruth must end with '/'"],
  ['labels too deep', () => quality({ groundTruth: lake(`${'x'.repeat(512)}/`) }), 'kind.groundTruth (URI) must be at most 512 characters'],
  ['a start after the end', () => quality({ startOffset: Duration.hours(1), endOffset: Duration.hours(2) }), 'kind.endOffset (hours), which must come after kind.startOffset, must be between 0 and 0, got 2'],
  ['half an hour', () => quality({ startOffset: Duration.minutes(30) }), 'kind.startOffset (hours) must be a whole number of at least 0, got 0.5'],
  ['a threshold that is none', () => quality({ probabilityThreshold: 1.5 }), 'kind.probabilityThreshold must be between 0 and 1, got 1.5'],
  ['too many arguments', () => MonitorKind.dataQuality({ arguments: Array(51).fill('x') }), 'kind.arguments must hold 1 to 50 entries, got 51'],
  ['a long word', () => MonitorKind.dataQuality({ entrypoint: ['x'.repeat(257)] }), 'kind.entrypoint[0] must be up to 256 characters in one line'],
  ['a script that is none', () => MonitorKind.dataQuality({ preprocessor: lake('a/').file('') }), 'kind.preprocessor must be the object key of a file'],
  ['no analysis', () => MonitorKind.modelBias({ groundTruth: lake('labels/'), analysisConfig: lake('a/').file('*') }), 'kind.analysisConfig must be the object key of a file'],
  ['a model that is none', () => MonitorKind.modelExplainability({ analysisConfig: lake('a/').file('b'), modelName: 'a_b' }), "kind.modelName must be 1 to 63 letters, digits and dashes, got 'a_b'"],
  ['a list of features too long', () => MonitorKind.dataQuality({ excludedFeatures: ['x'.repeat(60), 'y'.repeat(60)] }), 'kind.excludedFeatures must be 1 to 100 characters with commas between'],
])('%s is an error', (_, kind, problem) => {
  expect(errorOf(() => monitored(kind()))).toContain(`has 1 problem:\n  - ${problem}`);
});
