import { App, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { image } from './fixture';
import {
  Dataset, FailStep, ModelArtifactBucket, ModelRegistry, PipelineExecution, PipelineParameter, PipelineStep, PipelineTrigger,
  ProcessingOutput, ProcessingStep, RawStep, RegisterModelStep, SageMakerPipeline, TrainingChannel, TrainingStep,
} from '../../../src';
import * as graph from '../../../src/training/definition/graph';
import { warningsOf } from '../../helper';
import { trainingPipelineOf } from '../happy-path/training-pipeline-of';

const process = (name = 'Process', destination?: string) => new ProcessingStep(name, { image, outputs: [ProcessingOutput.of('out', { destination })] });

function fixture() {
  const stack = new Stack(new App({ context: { 'cdk-ml-patterns:compliance': 'off' } }), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const pipeline = (id: string, steps: PipelineStep[] = [process()], ...triggers: PipelineTrigger[]) =>
    new SageMakerPipeline(stack, id, { artifacts, steps, triggers });
  const warnings = () => warningsOf(stack).filter(w => w.includes('endlessTriggers'));
  return { stack, artifacts, pipeline, warnings };
}

const said = (reasons: string) => [`Each execution may start the next, for ever: ${reasons}. Take one of the triggers out, or have a condition among the steps end it. `
  + '[ack: annotation::cdk-ml-patterns:endlessTriggers]'];

describe('a pipeline that writes where it listens', () => {
  const place = (destination: (artifacts: ModelArtifactBucket) => string | undefined, prefix = 'datasets/churn/', marker?: string) => {
    const { artifacts, pipeline, warnings } = fixture();
    pipeline('A', [process('Process', destination(artifacts))], PipelineTrigger.onNewData({ data: Dataset.fromBucket(artifacts.bucket, prefix), marker }));
    return warnings();
  };

  test.each([
    ['the place itself', 'datasets/churn/'], ['without a slash', 'datasets/churn'], ['a place below', 'datasets/churn/clean/'],
  ])('is warned of: %s', (_, key) => {
    const warnings = place(a => a.bucket.s3UrlForObject(key));
    expect(warnings).toEqual([expect.stringMatching(
      new RegExp(`^Each execution may start the next, for ever: 'Stack/A' starts when 'Stack/A' writes an object that ends with '_SUCCESS' to s3://\\{Stack/Artifacts/Bucket\\}/${key}\\. Take`))]);
  });

  test('by a parameter or with what is only known later, too', () => {
    expect(place(a => PipelineParameter.text('Out', { defaultValue: a.bucket.s3UrlForObject('datasets/churn/x') }).asString(), undefined, '.ready'))
      .toEqual([expect.stringContaining("that ends with '.ready' to {Parameters.Out}")]);
    expect(place(a => `${a.bucket.s3UrlForObject('datasets/churn/')}${PipelineParameter.text('Day', { defaultValue: 'today' }).asString()}/`)).toHaveLength(1);
  });

  test('or where all that the artifacts bucket gets is listened to', () => {
    expect(place(() => undefined, 'pipelines/')).toHaveLength(1);
  });

  test.each([
    ['elsewhere', 'datasets/churned/'], ['above', 'datasets/'], ['anywhere', ''],
  ])('is not, if it writes %s', (_, key) => {
    expect(place(a => a.bucket.s3UrlForObject(key))).toEqual([]);
  });

  test('nor, if its arguments hold what is only made at synth', () => {
    const { artifacts, pipeline, warnings } = fixture();
    const raw = new RawStep('Raw', { stepType: 'Athena', arguments: { later: Lazy.any({ produce: () => ({ S3OutputPath: 'x' }) }) } });
    pipeline('A', [raw], PipelineTrigger.onNewData({ data: artifacts.dataset('churn') }));
    expect(warnings()).toEqual([]);
  });

  test('its checkpoints, too', () => {
    const { artifacts, pipeline, warnings } = fixture();
    const train = new TrainingStep('Train', {
      image, channels: [TrainingChannel.s3('train', 's3://others/train/')], checkpoints: { destination: artifacts.bucket.s3UrlForObject('datasets/churn/checkpoints/') },
    });
    pipeline('A', [train], PipelineTrigger.onNewData({ data: artifacts.dataset('churn'), marker: '.ckpt' }));
    expect(warnings()).toEqual([expect.stringContaining("'Stack/A' writes an object that ends with '.ckpt' to s3://{Stack/Artifacts/Bucket}/datasets/churn/checkpoints/")]);
  });

  test.each<[string, string | ((id: string) => string), number]>([
    ['in the place', 'code/', 1], ['in the place, without a slash', 'code', 1], ['elsewhere', 'codes/', 0], ['below it', 'code/app.zip/x/', 0],
    ['below a directory of the execution', id => `code/${id}/`, 0],
  ])('or an object that starts it: %s', (_, key, count) => {
    const { artifacts, pipeline, warnings } = fixture();
    const destination = artifacts.bucket.s3UrlForObject(typeof key === 'string' ? key : key(PipelineExecution.ID.asString()));
    pipeline('A', [process('Process', destination)], PipelineTrigger.onObject(artifacts.bucket, 'code/app.zip'));
    expect(warnings()).toHaveLength(count);
    warnings().forEach(w => expect(w).toContain(`'Stack/A' starts when 'Stack/A' writes to s3://{Stack/Artifacts/Bucket}/${key}, where the object code/app.zip lies.`));
  });

  test('nor to another bucket', () => {
    expect(place(() => 's3://others/datasets/churn/')).toEqual([]);
  });
});

describe('pipelines that start each other', () => {
  test('are warned of once, at the first', () => {
    const { pipeline, warnings } = fixture();
    const a = pipeline('A');
    const b = pipeline('B', undefined, PipelineTrigger.onPipeline(a));
    expect(warnings()).toEqual([]);
    a.addTrigger(PipelineTrigger.onPipeline(b));
    expect(warnings()).toEqual(said("'Stack/B' starts when 'Stack/A' succeeds, and 'Stack/A' starts when 'Stack/B' succeeds"));
  });

  test('in longer circles, by data and by models as well', () => {
    const { stack, artifacts, pipeline, warnings } = fixture();
    const registry = new ModelRegistry(stack, 'Models');
    const register = new RegisterModelStep('Register', { registry, image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'], approvalStatus: 'Approved' });
    const a = pipeline('A', [register]);
    pipeline('B', [process('Process', artifacts.dataset('scores').uri)], PipelineTrigger.onModelApproved(registry));
    const c = pipeline('C', undefined, PipelineTrigger.onNewData({ data: artifacts.dataset('scores'), passObject: false }));
    a.addTrigger(PipelineTrigger.onPipeline(c));
    expect(warnings()).toEqual([expect.stringMatching(
      /^Each execution may start the next, for ever: 'Stack\/B' starts when 'Stack\/A' registers a model as Approved, and 'Stack\/C' starts when 'Stack\/B' writes an object that ends with '_SUCCESS' to .*, and 'Stack\/A' starts when 'Stack\/C' succeeds\. Take/)]);
  });

  test('through the pipeline within an MlTrainingPipeline, by its own name', () => {
    const stack = new Stack(new App({ context: { 'cdk-ml-patterns:compliance': 'off' } }), 'Stack');
    const training = trainingPipelineOf(stack);
    const b = new SageMakerPipeline(stack, 'B', { steps: [new ProcessingStep('P', { image })], triggers: [PipelineTrigger.onPipeline(training.pipeline)] });
    training.addTrigger(PipelineTrigger.onPipeline(b));
    expect(warningsOf(stack)).toEqual(said(`'Stack/B' starts when '${training.node.path}' succeeds, and '${training.node.path}' starts when 'Stack/B' succeeds`));
  });

  test('are looked for once in each synth, and ask each pipeline once where it writes', () => {
    const { artifacts, pipeline, warnings } = fixture();
    const search = jest.spyOn(graph, 'circles');
    const all = ['A', 'B', 'C'].map(id => pipeline(id, [process()], PipelineTrigger.onNewData({ data: artifacts.dataset(id) })));
    const asked = all.map(p => jest.spyOn((p as any).triggers.pipeline, 'writes'));
    expect(warnings()).toEqual([]);
    expect(search.mock.calls.filter(([names]) => names.includes('Stack/A'))).toHaveLength(1); // it also looks for circles of steps
    asked.forEach(writes => expect(writes).toHaveBeenCalledTimes(1));
    search.mockRestore();
  });

  test('in the stage that holds them, and in none from which they were taken out', () => {
    const app = new App({ context: { 'cdk-ml-patterns:compliance': 'off' } });
    const [one, other] = ['One', 'Other'].map(id => new Stack(new Stage(app, id), 'Stack'));
    for (const stack of [one, other]) {
      const make = (id: string, ...triggers: PipelineTrigger[]) => new SageMakerPipeline(stack, id, { steps: [new FailStep('Fail', { message: 'no' })], triggers });
      const a = make('A');
      a.addTrigger(PipelineTrigger.onPipeline(make('B', PipelineTrigger.onPipeline(a))));
    }
    one.node.tryRemoveChild('B');
    expect([one, other].map(stack => warningsOf(stack).filter(w => w.includes('endlessTriggers')).map(w => w.split(',')[0])))
      .toEqual([[], ['Each execution may start the next']]);
  });

  test('a chain is none', () => {
    const { pipeline, warnings } = fixture();
    const a = pipeline('A');
    const b = pipeline('B', undefined, PipelineTrigger.onPipeline(a));
    pipeline('C', undefined, PipelineTrigger.onPipeline(b), PipelineTrigger.onPipeline(a));
    expect(warnings()).toEqual([]);
  });
});
