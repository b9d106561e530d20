import { App, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { definitionOf } from './definition-of';
import {
  AwsImage, BuiltInAlgorithm, FailStep, ModelArtifactBucket, PipelineParameter, SageMakerImage, SageMakerPipeline, ScriptCode,
  TrainingChannel, TrainingStep, TrainingStepProps,
} from '../../src';
import { errorOf, warning, warningsOf } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

function fixture(metricDefinitions?: { [name: string]: string }, asked = 'validation:rmse') {
  const stack = new Stack(new App(), 'Stack');
  const train = new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://lake/a/')], metricDefinitions });
  const fail = new FailStep('Bad', { message: `it is ${train.finalMetric(asked).asString()}` });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [train, fail] });
  return { algorithm: definitionOf(stack).Steps[0].Arguments.AlgorithmSpecification, warnings: warningsOf(stack) };
}

test('SageMaker is told how to find the metric, in the order of names', () => {
  const { algorithm, warnings } = fixture({ 'validation:rmse': 'rmse=(.*)', 'a': 'a=(.*)' });
  expect(algorithm.MetricDefinitions).toEqual([{ Name: 'a', Regex: 'a=(.*)' }, { Name: 'validation:rmse', Regex: 'rmse=(.*)' }]);
  expect(warnings).toEqual([]);
});

test('what means the same in a string and in an expression may stand in either', () => {
  expect(fixture({ 'validation:rmse': '\\brmse\t\\x1b(.*)\r?\n' }).warnings).toEqual([]);
});

test('a metric that nothing defines is a warning, since algorithms of AWS define theirs', () => {
  const { algorithm, warnings } = fixture();
  expect(Object.keys(algorithm)).not.toContain('MetricDefinitions');
  expect(warnings).toEqual([expect.stringMatching(/Step 'Train' has no metricDefinitions, so validation:rmse stays without a value.*cdk-ml-patterns:metricNotDefined/)]);
});

describe('an image that the library knows', () => {
  const within = (make: (stack: Stack) => SageMakerImage, more: Partial<TrainingStepProps> = {}) => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-west-2' } });
    const train = new TrainingStep('Train', { image: make(stack), channels: [TrainingChannel.s3('train', 's3://lake/a/')], ...more });
    const fail = new FailStep('Bad', { message: `it is ${train.finalMetric('validation:rmse').asString()}` });
    new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [train, fail] });
    return warningsOf(stack);
  };
  const xgboost = (stack: Stack) => AwsImage.xgboost(stack, '1.7-1');

  test.each<[string, (stack: Stack) => SageMakerImage]>([
    ['XGBoost', xgboost],
    ['XGBoost of a known platform', s => xgboost(s).builtFor(Platform.LINUX_AMD64)],
    ['another algorithm', s => AwsImage.algorithm(s, BuiltInAlgorithm.LINEAR_LEARNER)],
  ])('as an algorithm of AWS defines its metrics itself: %s', (_, make) => {
    expect(within(make)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => SageMakerImage, Partial<TrainingStepProps>]>([
    ['XGBoost with code', xgboost, { code: ScriptCode.fromFile(__filename) }],
    ['XGBoost with a command', xgboost, { entrypoint: ['python3', 'train.py'] }],
    ['Scikit-learn', s => AwsImage.scikitLearn(s, '1.4-2'), {}],
    ['a deep learning container', s => AwsImage.deepLearning(s, 'pytorch-training', '2.6.0-gpu-py312-cu126-ubuntu22.04-sagemaker'), {}],
    ['one of another account', s => AwsImage.of(s, 'sagemaker-xgboost', '1.7-1', { 'us-west-2': '999999999999' }), {}],
  ])('as none of these knows no metric: %s', (_, make, more) => {
    expect(within(make, more)).toEqual([warning('metricNotDefined', "Step 'Train' has no metricDefinitions, so validation:rmse stays without a value")]);
  });
});

test('a metric beside those that are defined is a problem that names them', () => {
  expect(() => fixture({ b: 'b', a: 'a' }, 'c')).toThrow("step 'Train' has no metric 'c'; it has: b, a");
});

test.each<[string, { [name: string]: string }, string]>([
  ['none', {}, 'metricDefinitions must hold 1 to 40 entries, got 0'],
  ['too many', Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`m${i}`, 'x'])), 'metricDefinitions must hold 1 to 40 entries, got 41'],
  ['a long name', { ['x'.repeat(256)]: 'x' }, 'must be between 1 and 255, got 256'],
  ['a backspace', { a: '\brmse=(.*)' }, "step 'Train'.metricDefinitions.a holds a backspace (U+0008), which is what '\\b' is in a string: write '\\\\b', or a raw string"],
  ['a character of an escape', { a: '(?x) \x1b(.*)' }, "holds the control character (U+001B), which is what '\\x1b' is in a string"],
  ['a long expression', { a: 'x'.repeat(501) }, 'metricDefinitions.a (characters) must be between 1 and 500, got 501'],
])('definitions are checked: %s', (_, definitions, message) => {
  expect(() => fixture(definitions)).toThrow(message);
});

test.each<[string, string]>([
  ["a'b", "a'b"],
  [PipelineParameter.text('Metric').asString(), '{Parameters.Metric}'],
])('a metric whose name breaks the path by which it is asked for is refused at once: %s', (asked, shown) => {
  expect(errorOf(() => fixture({}, asked))).toBe(
    `Step 'Train': the name of a metric that is asked for must hold no quotes and no variables, since it stands in a path, got "${shown}"`,
  );
});
