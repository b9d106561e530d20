import { writeFileSync } from 'fs';
import { App, Stack } from 'aws-cdk-lib';
import {
  ConditionStep, FailStep, Hosting, InferenceEndpoint, InferenceModel, ModelArtifactBucket, PipelineExecution, PipelineParameter, ProcessingOutput,
  ProcessingStep, SageMakerImage, SageMakerPipeline, TrainingChannel, TrainingStep,
} from 'cdk-ml-patterns';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');

/** Variables in texts and as numbers, and maps, whose order each language chooses for itself. */
function steps(app: App): void {
  const stack = new Stack(app, 'Steps');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const rounds = PipelineParameter.integer('Rounds', { defaultValue: 50 });
  const count = PipelineParameter.integer('Count', { defaultValue: 2 });
  const prepare = new ProcessingStep('Prepare', {
    image,
    arguments: [`--label=${PipelineExecution.ID.asString()}/${stack.region}`],
    environment: { ZONE: 'a', ALPHA: 'b', MIDDLE: 'c' },
    outputs: [ProcessingOutput.of('train')],
    instanceCount: count.asNumber(),
  });
  const fit = new TrainingStep('Fit', {
    image,
    channels: [TrainingChannel.csv('train', prepare.output('train'))],
    hyperparameters: { num_round: rounds.asString(), eta: '0.2', objective: 'reg:linear', alpha: '1' },
  });
  const rmse = fit.finalMetric('validation:rmse');
  const check = new ConditionStep('Check', {
    condition: rmse.atMost(3),
    elseSteps: [new FailStep('Bad', { message: `rmse is ${rmse.asString()} after ${rounds.asString()} rounds` })],
  });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [prepare, fit, check] });
}

/** An app that CDK does not synthesise by itself when the program ends. */
function badApp(context?: { [key: string]: string }): App {
  return new App({ autoSynth: false, outdir: 'bad.out', context });
}

function badInput(): void {
  const model = InferenceModel.fromContainer({ image });
  new InferenceEndpoint(new Stack(badApp(), 'Bad'), 'Churn', { endpointName: 'my_endpoint', hosting: Hosting.realTime({ model, instanceCount: 0 }) });
}

function finding(): void {
  const app = badApp({ 'cdk-ml-patterns:complianceLevel': 'warning' });
  const model = InferenceModel.fromContainer({ image });
  new InferenceEndpoint(new Stack(app, 'Bad'), 'Churn', { hosting: Hosting.realTime({ model, instanceCount: 1 }) });
  app.synth();
}

function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('this should have failed');
}

writeFileSync('errors.txt', [badInput, finding].map(messageOf).join('\n----\n'));
const main = new App();
steps(main);
main.synth();
