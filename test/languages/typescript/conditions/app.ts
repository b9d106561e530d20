import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  ConditionStep, FailStep, ModelArtifactBucket, ModelRegistry, PipelineExecution, PipelineParameter, ProcessingInput, ProcessingOutput,
  ProcessingStep, RegisterModelStep, SageMakerImage, SageMakerPipeline, StepCache, TrainingChannel, TrainingStep,
} from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** The pipeline that the page of Python begins with. */
class ChurnStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const artifacts = new ModelArtifactBucket(this, 'Artifacts');
    const models = new ModelRegistry(this, 'Models');
    const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');

    const rounds = PipelineParameter.integer('Rounds', { defaultValue: 50 });
    const maxRmse = PipelineParameter.number('MaxRmse', { defaultValue: 3 });

    const prepare = new ProcessingStep('Prepare', {
      image,
      entrypoint: ['python3', '/opt/ml/code/prepare.py'],
      inputs: [ProcessingInput.dataset('raw', artifacts.dataset('churn'))],
      outputs: [ProcessingOutput.of('train'), ProcessingOutput.of('test')],
      cache: StepCache.expiringAfter(Duration.days(30)),
    });
    const fit = new TrainingStep('Fit', {
      image,
      channels: [TrainingChannel.csv('train', prepare.output('train'))],
      hyperparameters: { num_round: rounds.asString() },
    });
    const score = new ProcessingStep('Score', {
      image,
      entrypoint: ['python3', '/opt/ml/code/score.py'],
      inputs: [ProcessingInput.s3('model', fit.modelArtifact), ProcessingInput.s3('test', prepare.output('test'))],
      outputs: [ProcessingOutput.of('report')],
      report: { outputName: 'report', path: 'report.json' },
    });
    const rmse = score.metric('metrics.rmse');
    const register = new RegisterModelStep('Register', {
      registry: models,
      image,
      modelArtifact: fit.modelArtifact,
      contentTypes: ['text/csv'],
      instanceTypes: ['ml.m5.large'],
      qualityReport: `${score.output('report')}/report.json`,
      customerMetadata: { execution: PipelineExecution.ID.asString() },
    });
    const check = new ConditionStep('GoodEnough', {
      condition: rmse.atMost(maxRmse.asNumber()),
      ifSteps: [register],
      elseSteps: [new FailStep('TooBad', { message: `rmse is ${rmse.asString()}, more than ${maxRmse.asString()}` })],
    });
    new SageMakerPipeline(this, 'Pipeline', { artifacts, steps: [prepare, fit, score, check] });
  }
}

const app = new App();
new ChurnStack(app, 'Churn');
app.synth();
