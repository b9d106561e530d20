import { Duration } from 'aws-cdk-lib';
import { expectSdk } from './equal';
import { image, seedParameters, seedProcess } from './seed';
import {
  FailStep, HyperparameterRange, HyperparameterScaling, ModelStep, StepCache, StepModel, TrainingChannel, TuningObjective, TuningStep,
} from '../../../src';

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
  const best = new ModelStep('Best-CreateModel', {
    model: StepModel.fromContainer({ image: image('inference'), modelArtifact: tune.topModelArtifact(0), environment: {} }),
  });
  expectSdk('v2/tuning', () => ({ parameters: Object.values(parameters), steps: [process, tune, best, fail] }));
});
