import { Duration } from 'aws-cdk-lib';
import { expectSdk, ROLE } from './equal';
import { image, seedParameters, seedProcess } from './seed';
import { FailStep, HyperparameterRange, HyperparameterScaling, PipelineStep, StepCache, TrainingChannel, TuningObjective, TuningStep } from '../../../src';

/** Step `Best-CreateModel` of the reference, whose own options have tests of their own. */
class ModelOfBest extends PipelineStep {
  constructor(private readonly artifact: string) {
    super('Best-CreateModel', 'Model', {});
  }

  protected _arguments(): object {
    return { ExecutionRoleArn: ROLE, PrimaryContainer: { Image: image('inference').imageUri, Environment: {}, ModelDataUrl: this.artifact } };
  }
}

test('a tuning, and the model of its best training', () => {
  const parameters = seedParameters();
  const process = seedProcess(parameters);
  const tune = new TuningStep('Tune', {
    trainingJobs: [{
      image: image('train'),
      channels: [TrainingChannel.csv('train', process.output('train'))],
      hyperparameters: { objective: 'reg:linear', num_round: '50' },
      destination: 's3://ml-bucket/AbalonePipeline/train',
      metricDefinitions: { 'validation:rmse': 'rmse=([0-9.]+)' },
      instanceType: parameters.trainingType.asString(),
      objective: TuningObjective.minimize('validation:rmse'),
      ranges: [
        HyperparameterRange.continuous('eta', 0.01, 0.5, HyperparameterScaling.LOGARITHMIC),
        HyperparameterRange.integer('max_depth', 2, 10),
        HyperparameterRange.categorical('booster', ['gbtree', 'dart']),
      ],
    }],
    maxJobs: 6,
    maxParallelJobs: 2,
    earlyStopping: true,
    cache: StepCache.expiringAfter(Duration.hours(12)),
  });
  const fail = new FailStep('F', { message: `${tune.bestTrainingJobName},${tune.trainingJobName(1)}` });
  expectSdk('v2/tuning', () => ({ parameters: Object.values(parameters), steps: [process, tune, new ModelOfBest(tune.topModelArtifact(0)), fail] }));
});
