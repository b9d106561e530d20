import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  CleanupSource, CleanupStep, JobDefaults, PipelineExecution, PipelineParameter, ProcessingOutput, ProcessingStep, RawStep, SageMakerImage,
  TrainingChannel, TrainingStep,
} from '../../../../src';
import { errorOf, expectCompliant, statementFor, warning, warningsOf } from '../../../helper';
import { pipelineOf } from '../pipeline-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const train = (destination?: string) => new TrainingStep('Train', { image, channels: [TrainingChannel.csv('train', 's3://lake/in/')], destination });
const process = (destination?: string) => new ProcessingStep('Process', { image, outputs: [ProcessingOutput.of('out', { destination })] });
const deletes = (statements: any[]) => statementFor(statements, 's3:DeleteObject').Resource;

describe('deleting is allowed exactly there', () => {
  test('below the output of a training', () => {
    const step = train(`s3://lake/models/${PipelineExecution.ID.asString()}/train/`);
    const { statements } = pipelineOf(() => [step, new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(step)] })]);
    expect(deletes(statements())).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::lake/models/*/train/*']] });
  });

  test('where a step writes if it is not told where', () => {
    const step = train();
    const { statements, stack } = pipelineOf(() => [step, new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(step)] })], { pipelineName: 'churn' });
    expect(JSON.stringify(deletes(statements()))).toMatch(/:s3:::",\{"Ref":"Artifacts\w+"\},"\/pipelines\/churn\/\*\/Train\/\*"/);
    expectCompliant(stack);
  });

  test('for objects by their keys', () => {
    const step = process('s3://lake/out');
    const sources = [CleanupSource.objectsOf(step, `${step.output('out')}/a.csv`, 's3://lake/out/b.csv', `s3://lake/out/${PipelineExecution.ID.asString()}.csv`)];
    const { statements } = pipelineOf(() => [step, new CleanupStep('Clean', { sources })]);
    expect(deletes(statements())).toEqual(['a.csv', 'b.csv', '*.csv'].map(key => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::lake/out/${key}`]] })));
  });

  test('and nowhere where the bucket is only known while the pipeline runs', () => {
    const step = train(PipelineParameter.text('Place').asString());
    const { statements } = pipelineOf(() => [step, new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(step)] })]);
    expect(statements().filter(s => JSON.stringify(s.Action).includes('DeleteObject'))).toEqual([]);
  });

  test('for a step of Athena', () => {
    const query = new RawStep('Query', { stepType: 'Athena', arguments: { QueryString: 'SELECT 1', ResultConfiguration: { OutputLocation: 's3://lake/athena/' } } });
    const { statements } = pipelineOf(() => [query, new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(query)] })]);
    expect(deletes(statements())).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::lake/athena/*']] });
  });
});

test('it runs after its sources, unless it is told how', () => {
  const [a, b] = [train('s3://lake/a'), process('s3://lake/b')];
  const clean = new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(a), CleanupSource.objectsOf(b, 's3://lake/b/x')] });
  clean.afterEnded(b);
  const { step } = pipelineOf(() => [a, b, clean]);
  expect(step(2).DependsOn).toEqual([{ Step: 'Process', Trigger: 'Any' }, 'Train']);
});

test('a source that is not in the pipeline is an error', () => {
  expect(errorOf(() => pipelineOf(() => [new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(train())] })]))).toContain("step 'Clean' runs after 'Train', which the pipeline does not have");
});

test('bad input is one error', () => {
  const step = process();
  const sources = [CleanupSource.outputsOf(step), CleanupSource.objectsOf(step), CleanupSource.objectsOf(step, 'lake/out')];
  expect(errorOf(() => pipelineOf(() => [step, new CleanupStep('Clean', { sources }), new CleanupStep('None', { sources: [] })]))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 5 problems:",
    "  - steps of step 'Clean'.sources must be unique, used twice: Process",
    "  - step 'Clean'.sources[0] must name the objects of step 'Process' (CleanupSource.objectsOf), since SageMaker finds those of Training and Athena steps only",
    "  - step 'Clean'.sources[1] must name at least 1 object of step 'Process', got none",
    "  - step 'Clean'.sources[2].uris[0] must begin with 's3://' and a bucket, or be a variable, got 'lake/out'",
    "  - step 'None'.sources must hold 1 to 9007199254740991 entries, got 0",
  ].join('\n'));
});

test('a job in a VPC is warned of', () => {
  const { stack } = pipelineOf(s => {
    const channels = [TrainingChannel.csv('train', 's3://lake/in/')];
    const step = new TrainingStep('Train', { image, channels, destination: 's3://lake/a', jobDefaults: JobDefaults.secure({ vpc: new Vpc(s, 'Vpc') }) });
    return [step, new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(step)] })];
  });
  expect(warningsOf(stack)).toContainEqual(warning('cleanupInVpc', "Step 'Clean' cannot delete what step 'Train' wrote, since its job is in a VPC."));
});

test('also if the job was put there after the pipeline was made', () => {
  const step = new TrainingStep('Train', { image, channels: [TrainingChannel.csv('train', 's3://lake/in/')], destination: 's3://lake/a' });
  const { stack } = pipelineOf(() => [step, new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(step)] })]);
  step.addOverride('Arguments.VpcConfig', { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] });
  expect(warningsOf(stack).join()).toContain("Step 'Clean' cannot delete what step 'Train' wrote, since its job is in a VPC.");
});
