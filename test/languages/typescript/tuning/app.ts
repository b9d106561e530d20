import { App, Duration, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  HyperparameterRange, HyperparameterScaling, InputObject, ModelArtifactBucket, ModelRegistry, PipelineTrigger, ProcessingInput, ProcessingOutput,
  ProcessingStep, RegisterModelStep, SageMakerImage, SageMakerPipeline, TrainingChannel, TuningObjective, TuningStep,
} from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** The pipeline that the pages of Python, Java and Go show. */
class ChurnStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const artifacts = new ModelArtifactBucket(this, 'Artifacts');
    const data = artifacts.dataset('churn');
    const object = InputObject.of(data);
    const team = new Topic(this, 'Team');
    const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');

    const prepare = new ProcessingStep('Prepare', {
      image,
      entrypoint: ['python3', '/opt/ml/code/prepare.py'],
      inputs: [ProcessingInput.s3('raw', object.uri)],
      outputs: [ProcessingOutput.of('train'), ProcessingOutput.of('validation')],
      maxRuntime: Duration.hours(1),
    });
    const tune = new TuningStep('Tune', {
      trainingJobs: [{
        image,
        channels: ['train', 'validation'].map(name => TrainingChannel.csv(name, prepare.output(name))),
        hyperparameters: { num_round: '100' },
        metricDefinitions: { 'validation:rmse': 'rmse=([0-9.]+)' },
        objective: TuningObjective.minimize('validation:rmse'),
        ranges: [
          HyperparameterRange.continuous('eta', 0.01, 0.5, HyperparameterScaling.LOGARITHMIC),
          HyperparameterRange.integer('max_depth', 2, 10),
        ],
        maxRuntime: Duration.hours(2),
      }],
      maxJobs: 20,
      maxParallelJobs: 4,
    });
    const register = new RegisterModelStep('Register', {
      registry: new ModelRegistry(this, 'Models'),
      image,
      modelArtifact: tune.topModelArtifact(0),
      contentTypes: ['text/csv'],
      instanceTypes: ['ml.m5.large'],
    });
    new SageMakerPipeline(this, 'Pipeline', {
      artifacts,
      steps: [prepare, tune, register],
      triggers: [PipelineTrigger.onNewData({ data, passObject: true, marker: '.csv' })],
      notifications: { onFailure: team, onStepFailure: team, onApprovalNeeded: team },
      guardRails: { instanceTypes: ['ml.m5.*'], requireNetworkIsolation: true, maxRuntime: Duration.hours(12), requireManualApproval: true },
    });
  }
}

const app = new App();
new ChurnStack(app, 'Churn');
app.synth();
