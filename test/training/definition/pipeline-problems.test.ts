import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { HyperparameterRange, ModelArtifactBucket, PipelineParameter, PipelineStep, ProcessingStep, SageMakerImage, SageMakerPipeline, TrainingChannel, TuningObjective, TuningStep } from '../../../src';
import { errorOf } from '../../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const integer = (name: string, defaultValue?: number) => PipelineParameter.integer(name, { defaultValue }).asNumber();

function made(...steps: PipelineStep[]) {
  const stack = new Stack(new App(), 'Stack');
  return new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps });
}

const tuning = (limits: { maxJobs: number; maxParallelJobs: number }) => new TuningStep('Tune', {
  ...limits,
  trainingJobs: [{
    image,
    channels: [TrainingChannel.s3('train', 's3://lake/a/')],
    objective: TuningObjective.minimize('loss'),
    metricDefinitions: { loss: 'loss=(.*)' },
    ranges: [HyperparameterRange.continuous('eta', 0, 1)],
  }],
});

describe('defaults of numeric parameters are checked where they are used', () => {
  test.each<[string, () => PipelineStep, string]>([
    ['numbers', () => new ProcessingStep('Process', { image, instanceCount: integer('Count', 0) }),
      "step 'Process'.instanceCount (default of the parameter 'Count') must be a whole number between 1 and 100, got 0"],
    ['parts of numbers', () => new ProcessingStep('Process', { image, instanceCount: PipelineParameter.number('Count', { defaultValue: 1.5 }).asNumber() }),
      "step 'Process'.instanceCount (default of the parameter 'Count') must be a whole number between 1 and 100, got 1.5"],
    ['sizes', () => new ProcessingStep('Process', { image, volumeSize: Size.gibibytes(integer('Volume', 99_999)) }),
      "step 'Process'.volumeSize (GiB) (default of the parameter 'Volume') must be a whole number between 1 and 16384, got 99999"],
    ['durations', () => new ProcessingStep('Process', { image, maxRuntime: Duration.seconds(integer('Runtime', 0)) }),
      "step 'Process'.maxRuntime (seconds) (default of the parameter 'Runtime') must be a whole number between 1 and 432000, got 0"],
    ['limits', () => tuning({ maxJobs: integer('Jobs', 0), maxParallelJobs: 1 }),
      "step 'Tune'.maxJobs (default of the parameter 'Jobs') must be a whole number of at least 1, got 0"],
    ['numbers that limit each other', () => tuning({ maxJobs: integer('Jobs', 2), maxParallelJobs: integer('Parallel', 3) }),
      "step 'Tune'.maxParallelJobs (default of the parameter 'Parallel') must be at most maxJobs (default of the parameter 'Jobs'), which is 2, got 3"],
    ['a number that a parameter limits', () => tuning({ maxJobs: integer('Jobs', 2), maxParallelJobs: 3 }),
      "step 'Tune'.maxParallelJobs must be at most maxJobs (default of the parameter 'Jobs'), which is 2, got 3"],
  ])('%s', (_, step, problem) => {
    expect(errorOf(() => made(step()))).toContain(problem);
  });

  test('those that fit, and parameters without, pass', () => {
    expect(() => made(
      new ProcessingStep('A', { image, instanceCount: integer('Count', 2), volumeSize: Size.gibibytes(integer('Volume')), maxRuntime: Duration.seconds(integer('Runtime', 60)) }),
      tuning({ maxJobs: integer('Jobs', 2), maxParallelJobs: integer('Parallel') }),
    )).not.toThrow();
  });
});
