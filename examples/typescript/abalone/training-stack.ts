import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import {
  CustomContainerRepo, MlTrainingPipeline, ModelArtifactBucket, ModelRegistry, PipelineTrigger, ReportMetric,
} from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** Where the age of abalone is learnt. */
export class TrainingStack extends Stack {
  public readonly models: ModelRegistry;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const artifacts = new ModelArtifactBucket(this, 'Artifacts');
    const images = new CustomContainerRepo(this, 'Images');
    const image = images.image('1.4.2');
    this.models = new ModelRegistry(this, 'Models');

    new MlTrainingPipeline(this, 'Pipeline', {
      artifacts,
      data: artifacts.dataset('abalone'),
      processing: { image, outputs: ['train', 'validation', 'test'] },
      training: { image, channels: ['train', 'validation'], hyperparameters: { objective: 'reg:squarederror', num_round: '50' } },
      evaluation: { image, report: 'evaluation.json' },
      acceptance: ReportMetric.at('regression_metrics.mse.value').atMost(6),
      registration: { registry: this.models, image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
      triggers: [PipelineTrigger.onNewData(), PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(7)))],
    });
  }
}
