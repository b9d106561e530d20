import { App, AppProps, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import {
  CustomContainerRepo, InferenceEndpoint, InferenceModel, MlTrainingPipeline, ModelArtifactBucket, ModelRegistry, PipelineTrigger, ReportMetric,
} from '../src';

/** Every construct, in the two stacks of the first example: one that trains, one that serves. */
export function sample(props: AppProps & { stack?: StackProps } = {}) {
  const app = new App(props);
  const training = new Stack(app, 'Training', props.stack);
  const artifacts = new ModelArtifactBucket(training, 'Artifacts');
  const images = new CustomContainerRepo(training, 'Images');
  const models = new ModelRegistry(training, 'Models');
  const image = images.image('1.4.2');
  const pipeline = new MlTrainingPipeline(training, 'Pipeline', {
    artifacts,
    data: artifacts.dataset('abalone'),
    processing: { image, outputs: ['train', 'validation', 'test'] },
    training: { image, channels: ['train', 'validation'], hyperparameters: { objective: 'reg:squarederror', num_round: '50' } },
    evaluation: { image, report: 'evaluation.json' },
    acceptance: ReportMetric.at('regression_metrics.mse.value').atMost(6),
    registration: { registry: models, image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
    triggers: [PipelineTrigger.onNewData(), PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(7)))],
  });
  const serving = new Stack(app, 'Serving', props.stack);
  const endpoint = new InferenceEndpoint(serving, 'Endpoint', { model: InferenceModel.fromModelPackage(models, { version: 1 }) });
  return { app, training, serving, artifacts, images, models, image, pipeline, endpoint };
}
