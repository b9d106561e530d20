import { writeFileSync } from 'fs';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  ConditionStep, FailStep, Hosting, InferenceEndpoint, InferenceModel, JobDefaults, MlflowTracking, ModelArtifactBucket, PipelineCondition,
  PipelineExecution, PipelineExperiment, PipelineParameter, ProcessingOutput, ProcessingStep, SageMakerImage, SageMakerPipeline, StepCache, StepRetry,
  TrainingChannel, TrainingStep,
} from 'cdk-ml-patterns';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');

/** Variables in texts and as numbers, and maps, whose order each language chooses for itself. */
function steps(app: App): void {
  const stack = new Stack(app, 'Steps');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const rounds = PipelineParameter.integer('Rounds', { defaultValue: 50 });
  const count = PipelineParameter.integer('Count', { defaultValue: 2 });
  const zone = PipelineParameter.text('Zone', { defaultValue: 'a', allowedValues: ['a', 'b'] });
  const fast = PipelineParameter.flag('Fast', { defaultValue: false });
  const prepare = new ProcessingStep('Prepare', {
    displayName: 'Prepare the data',
    image,
    arguments: [`--label=${PipelineExecution.PIPELINE_NAME.asString()}/${stack.region}`, fast.asString()],
    environment: { ZONE: 'a', ALPHA: 'b', MIDDLE: 'c' },
    outputs: [ProcessingOutput.of('train')],
    report: { outputName: 'train', path: 'report.json' },
    instanceCount: count.asNumber(),
    cache: StepCache.expiringAfter(Duration.days(30)),
    retries: [
      StepRetry.onCapacity({ maxAttempts: 3 }),
      StepRetry.onServiceErrors({ interval: Duration.seconds(10), backoffRate: 1.5, expireAfter: Duration.hours(1) }),
    ],
  });
  const fit = new TrainingStep('Fit', {
    image,
    channels: [TrainingChannel.csv('train', prepare.output('train'))],
    hyperparameters: { num_round: rounds.asString(), eta: '0.2', objective: 'reg:linear', alpha: '1' },
    role: Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own', { mutable: false }),
    jobDefaults: JobDefaults.secure({ networkIsolation: false }),
  });
  fit.addOverride('Arguments.CheckpointConfig', { S3Uri: `s3://bucket/${PipelineExecution.ID.asString()}`, LocalPath: '/opt/ml/checkpoints' });
  fit.addOverride('Arguments.RetryStrategy.MaximumRetryAttempts', count);
  fit.addDeletionOverride('Arguments.ResourceConfig.VolumeKmsKeyId');
  const clean = new ProcessingStep('Clean', { image, arguments: [`${prepare.output('train')}/part`] });
  clean.afterFailed(fit);
  const rmse = fit.finalMetric('validation:rmse');
  const rows = prepare.metric('rows.count');
  const check = new ConditionStep('Check', {
    condition: PipelineCondition.all(
      rmse.atMost(3),
      rows.greaterThan(count.asNumber()),
      PipelineCondition.any(zone.oneOf('b', PipelineExecution.PIPELINE_NAME.asString()), rounds.oneOfNumbers(10, 50)),
      PipelineCondition.none(fast.equalToFlag(true)),
    ),
    elseSteps: [new FailStep('Bad', { message: `rmse is ${rmse.asString()} after ${rounds.asString()} rounds over ${rows.asString()} rows` })],
  });
  new SageMakerPipeline(stack, 'Pipeline', {
    artifacts,
    steps: [prepare, fit, clean, check],
    experiment: PipelineExperiment.named(`churn-${zone.asString()}`),
    mlflow: MlflowTracking.appFromArn('arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-1', { experimentName: zone.asString() }),
    maxParallelSteps: 2,
    compliance: { exceptions: ['ML-SM13[Fit]', 'ML-SM32[Fit]'].map(rule => ({ rule, reason: 'Overrides are what is tested.' })) },
  });
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

/** A number that was put into a text without asString(): each language formats it in its own way. */
function mangledNumber(): void {
  const count = PipelineParameter.integer('Count');
  const step = new ProcessingStep('Step', { image, arguments: [`--count=${count.asNumber()}`] });
  new SageMakerPipeline(new Stack(badApp(), 'Bad'), 'Pipeline', { steps: [step] });
}

function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('this should have failed');
}

const mangled = messageOf(mangledNumber).split(', got ')[0];
const [found] = messageOf(finding).split('\n  To mend'); // the ways out are written as in the language
writeFileSync('errors.txt', [messageOf(badInput), found, mangled].join('\n----\n'));
const main = new App();
steps(main);
main.synth();
