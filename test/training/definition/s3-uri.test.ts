import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ConditionStep, Dataset, FailStep, ModelRegistry, PipelineExecution, PipelineParameter, PipelineStep,
  ProcessingInput, ProcessingOutput, ProcessingStep, RegisterModelStep, ReportMetric, SageMakerImage,
} from '../../../src';
import { statementsOf } from '../../helper';
import { trainingPipelineOf } from '../happy-path/training-pipeline-of';
import { pipelineOf } from '../steps/pipeline-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const parameter = (name: string, defaultValue?: string) => PipelineParameter.text(name, { defaultValue }).asString();

/** Keys and buckets outside the pipeline's own that statements allow an action on. */
function lakes(statements: any[], action: string): string[] {
  const text = (value: any): string => typeof value === 'string' ? value : value['Fn::Join'] ? value['Fn::Join'][1].map(text).join('') : `<${Object.values(value).flat()[0]}>`;
  const all: string[] = statements.filter(s => [s.Action].flat().includes(action)).flatMap(s => [s.Resource].flat().map(text));
  return all.map(r => r.replace(/^.*:s3:::/, '')).filter(r => r.includes('lake'));
}

const reading = (uri: string) => pipelineOf(() => [new ProcessingStep('Prep', { image, inputs: [ProcessingInput.s3('raw', uri)] })]).jobStatements();
const writing = (destination: string) => pipelineOf(() => [new ProcessingStep('Prep', { image, outputs: [ProcessingOutput.of('raw', { destination })] })]).jobStatements();

test.each<[string, string, string[]]>([
  ['a parameter with a default', parameter('InputData', 's3://my-lake/raw'), ['my-lake/raw*']],
  ['a parameter at the beginning', `${parameter('Lake', 's3://my-lake')}/day/1`, ['my-lake/day/1*']],
  ['what follows a parameter at the beginning', `${parameter('Lake', 's3://my-lake')}/${parameter('Day', '7')}/x`, ['my-lake/*']],
  ['a parameter later on, which an execution may change', `s3://my-lake/${parameter('Day', '7')}/x`, ['my-lake/*']],
  ['a parameter without a default', parameter('InputData'), []],
  ['a parameter whose default is no URI', `${parameter('Lake', 'lake')}/x`, []],
])('the right to read and to write comes from the default of a parameter: %s', (_, uri, expected) => {
  expect(lakes(reading(uri), 's3:GetObject')).toEqual(expected);
  expect(lakes(writing(uri), 's3:PutObject')).toEqual(expected);
});

test('a default may be in a bucket of the stack', () => {
  const { jobStatements } = pipelineOf(stack => {
    const uri = parameter('InputData', new Bucket(stack, 'lake').s3UrlForObject('raw'));
    return [new ProcessingStep('Prep', { image, inputs: [ProcessingInput.s3('raw', uri)] })];
  });
  expect(lakes(jobStatements(), 's3:GetObject')).toEqual([expect.stringMatching(/^<lake[0-9A-F]{8}>\/raw\*$/)]);
});

test.each<[string, string, string[], string[]]>([
  ['a file', 's3://my-lake/model.tar.gz', ['my-lake/model.tar.gz'], []],
  ['a parameter', parameter('Model', 's3://my-lake/model.tar.gz'), ['my-lake/model.tar.gz'], []],
  ['a prefix, uncompressed', 's3://my-lake/model/', ['my-lake/model/*'], ['my-lake']],
  ['what ends with a value of CloudFormation, which may be a prefix', `s3://my-lake/${Aws.STACK_NAME}`, ['my-lake/<AWS::StackName>*'], ['my-lake']],
  ['what a variable is in', `s3://my-lake/${parameter('Day', '7')}/model.tar.gz`, ['my-lake/*'], ['my-lake']],
])('of a model artifact that is %s, no more is read than it names', (_, modelArtifact, read, listed) => {
  const { statements } = pipelineOf(stack => [new RegisterModelStep('Register', {
    registry: new ModelRegistry(stack, 'Models'), image, modelArtifact, contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'], uncompressed: modelArtifact.endsWith('/') || undefined,
  })]);
  expect([lakes(statements(), 's3:GetObject'), lakes(statements(), 's3:ListBucket')]).toEqual([read, listed]);
});

test('the parameter of an MlTrainingPipeline adds nothing to what its data set grants', () => {
  const stack = new Stack(new App(), 'Stack');
  trainingPipelineOf(stack, () => ({ data: Dataset.fromBucket(new Bucket(stack, 'lake'), 'raw/') }));
  const statements = statementsOf(Template.fromStack(stack), 'PipelineJobRole');
  expect(statements.filter(s => s.Action === 's3:GetObject' && JSON.stringify(s.Resource).includes('lake'))).toHaveLength(1);
  expect(statements.filter(s => s.Action === 's3:ListBucket' && JSON.stringify(s.Resource).includes('lake'))).toHaveLength(1);
});

test.each<[string, (metric: ReportMetric) => PipelineStep[]]>([
  ['a condition', metric => [new ConditionStep('Check', { condition: metric.atMost(6) })]],
  ['a text in a branch', metric => [new ConditionStep('Check', {
    condition: PipelineExecution.PIPELINE_NAME.equalTo('x'), elseSteps: [new FailStep('Stop', { message: `got ${metric.asString()}` })],
  })]],
])('the pipeline may read the file of a metric, wherever the metric is used: %s', (_, steps) => {
  const of = (uri: string) => lakes(pipelineOf(() => steps(ReportMetric.inFile(uri, 'm.mse'))).statements(), 's3:GetObject');
  expect(of('s3://my-lake/r.json')).toEqual(['my-lake/r.json']);
  expect(of(`s3://my-lake/${PipelineExecution.ID.asString()}/r.json`)).toEqual(['my-lake/*']);
  expect(of(parameter('Report', 's3://my-lake/r.json'))).toEqual(['my-lake/r.json']);
});

test('a metric that an override writes later counts, too', () => {
  const step = new FailStep('Stop', { message: 'x' });
  const { statements } = pipelineOf(() => [step]);
  step.addOverride('Arguments.ErrorMessage', ReportMetric.inFile('s3://my-lake/r.json', 'm').asString());
  expect(lakes(statements(), 's3:GetObject')).toEqual(['my-lake/r.json']);
});
