import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { expectStarts, image, patternOf, triggered } from './fixture';
import {
  Dataset, FailStep, InputObject, MlTrainingPipelineProps, PipelineParameter, PipelineTrigger,
  ProcessingInput, ProcessingStep, SageMakerPipeline,
} from '../../../src';
import { errorOf, expectCompliant, recordsOf, statementsOf } from '../../helper';
import { definitionOf } from '../definition-of';
import { trainingPipelineOf } from '../happy-path/training-pipeline-of';

const lake = (scope: Construct) => Dataset.fromBucket(Bucket.fromBucketName(scope, 'Lake', 'lake'), 'raw/');
const PASSED = [{ Name: 'InputBucket', Value: '$.detail.bucket.name' }, { Name: 'InputKey', Value: '$.detail.object.key' }];
const JOINED = { 'Std:Join': { On: '', Values: ['s3://', { Get: 'Parameters.InputBucket' }, '/', { Get: 'Parameters.InputKey' }] } };

function passing(options: { marker?: string } = {}, parameters?: Record<string, string>) {
  const stack = new Stack(new App(), 'Stack');
  const data = lake(stack);
  const object = InputObject.of(data);
  const steps = [new ProcessingStep('Process', { image, inputs: [ProcessingInput.s3('raw', object.uri)] })];
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { steps, triggers: [PipelineTrigger.onNewData({ data, passObject: true, parameters, ...options })] });
  return { stack, pipeline, template: () => Template.fromStack(stack) };
}

describe('the object that starts a pipeline', () => {
  test('is passed as bucket and key, which the pipeline joins', () => {
    const { stack, template } = passing();
    template().hasResourceProperties('AWS::Events::Rule', { Targets: [{ SageMakerPipelineParameters: { PipelineParameterList: PASSED } }] });
    const { Parameters, Steps: [step] } = definitionOf(stack);
    expect(step.Arguments.ProcessingInputs[0].S3Input.S3Uri).toEqual(JOINED);
    expect(Parameters).toEqual([{ Name: 'InputBucket', Type: 'String', DefaultValue: 'lake' }, { Name: 'InputKey', Type: 'String', DefaultValue: 'raw/' }]);
  });

  test('is any that is not empty, so that a folder made in the console starts nothing', () => {
    expect(patternOf(passing().template()).detail).toEqual({ bucket: { name: ['lake'] }, object: { key: [{ wildcard: 'raw/*' }], size: [{ numeric: ['>', 0] }] } });
  });

  test('may have to end with something', () => {
    expect(patternOf(passing({ marker: '.csv' }).template()).detail.object.key).toEqual([{ wildcard: 'raw/*.csv' }]);
  });

  test('may be read by the jobs', () => {
    const found = statementsOf(passing().template(), 'PipelineJobRole').map(s => JSON.stringify(s));
    expect(found.filter(s => s.includes('s3:GetObject') && s.includes('lake/raw/*'))).toHaveLength(1);
  });

  test('may be read by jobs with a role of their own, too', () => {
    const stack = new Stack(new App(), 'Stack');
    const data = lake(stack);
    const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    const steps = [new ProcessingStep('Process', { image, role, inputs: [ProcessingInput.s3('raw', InputObject.of(data).uri)] })];
    new SageMakerPipeline(stack, 'Pipeline', { steps, triggers: [PipelineTrigger.onNewData({ data, passObject: true })] });
    expect(statementsOf(Template.fromStack(stack), 'PipelinePermissionsOfOwn').map(s => JSON.stringify(s)).filter(s => s.includes('s3:GetObject') && s.includes('lake/raw/*'))).toHaveLength(1);
  });

  test.each([['at once', false], ['later', true]])('starts a pipeline without jobs, too, which needs no role of jobs: %s', (_, later) => {
    const stack = new Stack(new App(), 'Stack');
    const data = lake(stack);
    const object = InputObject.of(data);
    const trigger = PipelineTrigger.onNewData({ data, passObject: true });
    const steps = [new FailStep('Fail', { message: `nobody reads ${object.uri}` })];
    const pipeline = new SageMakerPipeline(stack, 'Pipeline', { steps, triggers: later ? [] : [trigger] });
    if (later) { pipeline.addTrigger(trigger); }
    const template = expectCompliant(stack);
    template.hasResourceProperties('AWS::Events::Rule', { Targets: [{ SageMakerPipelineParameters: { PipelineParameterList: PASSED } }] });
    expect(Object.keys(template.findResources('AWS::IAM::Role')).filter(id => id.startsWith('PipelineJobRole'))).toEqual([]);
  });

  test('must have somewhere to go', () => {
    expect(errorOf(() => triggered(s => [PipelineTrigger.onNewData({ data: lake(s), passObject: true })])))
      .toBe("SageMakerPipeline at 'Stack/Pipeline' has 1 problem:\n  - triggers[0].passObject needs a step that reads the object: InputObject.of(data).uri");
  });
});

test('a marker passes parameters too', () => {
  const fixture = triggered(s => [PipelineTrigger.onNewData({ data: lake(s), parameters: { Place: '$.detail.object.key' } })]);
  expectStarts(fixture, 'OnNewData', { Place: '$.detail.object.key' });
  expect(patternOf(fixture.template()).detail.object).toEqual({ key: [{ wildcard: 'raw/*_SUCCESS' }] });
});

describe('the data that a trigger passes an object of', () => {
  const made = (stack: Stack, name: string) => new Bucket(stack, name, { eventBridgeEnabled: true });
  const bucketOf = (stack: Stack, name: string) => name === 'Made' ? made(stack, name) : Bucket.fromBucketName(stack, name, name);
  const place = (stack: Stack, name: string, prefix: string) =>
    Dataset.fromBucket(stack.node.tryFindChild(name) as Bucket ?? bucketOf(stack, name), prefix);
  const passes = (reads: [string, string], ...passed: [string, string][]) => () => {
    const stack = new Stack(new App(), 'Stack');
    const steps = [new ProcessingStep('Process', { image, inputs: [ProcessingInput.s3('raw', InputObject.of(place(stack, ...reads)).uri)] })];
    new SageMakerPipeline(stack, 'Pipeline', { steps, triggers: passed.map(p => PipelineTrigger.onNewData({ data: place(stack, ...p), passObject: true })) });
  };

  test.each<[string, [string, string], string]>([
    ['another prefix', ['lake', 'y/'], 's3://lake/y/'],
    ['another bucket', ['sea', 'x/'], 's3://sea/x/'],
    ['a prefix that begins alike', ['lake', 'x2/'], 's3://lake/x2/'],
    ['another prefix of any bucket', ['Made', 'y/'], 's3://{Stack/Made}/y/'],
  ])('is what the steps read, not %s', (_, passed, uri) => {
    expect(errorOf(passes(['lake', 'x/'], passed))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 1 problem:",
      `  - triggers[0] passes objects of ${uri}, and the steps read those of s3://lake/x/ (InputObject): they must be the same data, or a part of it`,
    ].join('\n'));
  });

  test('may be a part of it, and in a bucket whose name is not known', () => {
    expect(passes(['lake', 'x/'], ['lake', 'x/'])).not.toThrow();
    expect(passes(['lake', 'x/'], ['lake', 'x/new/'], ['lake', 'x/more/'])).not.toThrow();
    expect(passes(['lake', 'x/'], ['Made', 'x/'])).not.toThrow();
  });

  test('is not asked of parameters that are made by hand', () => {
    const stack = new Stack(new App(), 'Stack');
    const [bucket, key] = ['InputBucket', 'InputKey'].map(name => PipelineParameter.text(name).asString());
    const steps = [new ProcessingStep('Process', { image, inputs: [ProcessingInput.s3('raw', `s3://${bucket}/${key}`)] })];
    expect(() => new SageMakerPipeline(stack, 'Pipeline', { steps, triggers: [PipelineTrigger.onNewData({ data: lake(stack), passObject: true })] })).not.toThrow();
  });
});

describe('a MlTrainingPipeline', () => {
  function training(change: Partial<MlTrainingPipelineProps>) {
    const stack = new Stack(new App(), 'Stack');
    return { stack, pipeline: trainingPipelineOf(stack, () => change) };
  }

  test('has the object in place of InputData', () => {
    const { stack } = training({ triggers: [PipelineTrigger.onNewData({ passObject: true })] });
    const { Parameters, Steps: [process] } = definitionOf(stack);
    expect(Parameters.map((p: any) => p.Name).slice(0, 3)).toEqual(['InputBucket', 'InputKey', 'ProcessingInstanceType']);
    expect(Parameters[1].DefaultValue).toBe('datasets/abalone/');
    expect(process.Arguments.ProcessingInputs[0].S3Input.S3Uri).toEqual(JOINED);
    expect(process.Arguments.AppSpecification.ContainerArguments).toEqual(['--input-data', JOINED]);
    expectCompliant(stack);
  });

  test('knows its parameters, thresholds too', () => {
    const event = { source: ['my.app'] };
    expect(() => training({ triggers: [PipelineTrigger.onEvent(event, { parameters: { MseThreshold: '5', InputData: '$.detail.uri' } })] })).not.toThrow();
    expect(errorOf(() => training({ triggers: [PipelineTrigger.onEvent(event, { parameters: { RmseThreshold: '5' } })] })))
      .toContain("MlTrainingPipeline at 'Stack/Pipeline' has 1 problem:\n  - triggers[0].parameters.RmseThreshold is no parameter of the pipeline; it has: InputData, ");
  });

  test('cannot be given the object later', () => {
    const { pipeline } = training({});
    expect(errorOf(() => pipeline.addTrigger(PipelineTrigger.onNewData({ passObject: true })))).toContain('has 1 problem:\n  - triggers[0].passObject must be given to the constructor of the pipeline, whose steps then read the object');
  });
});

describe('one object', () => {
  test('starts it whenever it is written', () => {
    const fixture = triggered(s => [PipelineTrigger.onObject(Bucket.fromBucketName(s, 'Code', 'code'), 'app/source.zip', { parameters: { Place: '$.detail.object.version-id' } })]);
    expect(patternOf(fixture.template())).toEqual({
      'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: ['code'] }, object: { key: ['app/source.zip'] } },
    });
    expectStarts(fixture, 'OnObject', { Place: '$.detail.object.version-id' });
  });

  test('may have a key that is longer than a description may be', () => {
    const fixture = triggered(s => [PipelineTrigger.onObject(Bucket.fromBucketName(s, 'Code', 'code'), 'k'.repeat(1000))]);
    const [{ Properties: { Description } }] = Object.values<any>(fixture.template().findResources('AWS::Events::Rule'));
    expect(Description).toMatch(/^Starts a pipeline when the object k+…$/);
    expect(Description).toHaveLength(512);
  });

  test('must be one', () => {
    expect(errorOf(() => triggered(s => [PipelineTrigger.onObject(Bucket.fromBucketName(s, 'Code', 'code'), 'app/')]))).toContain('triggers[0] key must be the object key of a file');
  });
});

describe('a trigger that comes later', () => {
  test('is like one of the constructor, and judged like it', () => {
    const trigger = () => PipelineTrigger.onEvent({ source: ['my.app'] }, { parameters: { Place: 'x' } });
    const fixture = triggered(() => []);
    fixture.pipeline.addTrigger(trigger());
    expectStarts(fixture, 'OnEvent', { Place: 'x' });
    const early = triggered(() => [trigger()]);
    [fixture, early].forEach(({ stack }) => expectCompliant(stack));
    expect(recordsOf(fixture.stack).map(r => r.resources)).toEqual(recordsOf(early.stack).map(r => r.resources));
  });

  test('must differ from the others', () => {
    const trigger = () => PipelineTrigger.onEvent({ source: ['my.app'] });
    const { pipeline } = triggered(() => [trigger()]);
    expect(errorOf(() => pipeline.addTrigger(trigger()))).toBe("SageMakerPipeline at 'Stack/Pipeline' has 1 problem:\n  - triggers[1] must differ from triggers[0]");
  });
});
