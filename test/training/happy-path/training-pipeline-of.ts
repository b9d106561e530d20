import { Stack } from 'aws-cdk-lib';
import { MlTrainingPipeline, MlTrainingPipelineProps, ModelArtifactBucket, ModelRegistry, ReportMetric } from '../../../src';
import { image } from '../triggers/fixture';

/** The least that a MlTrainingPipeline says; `change` makes it another one. */
export function trainingPipelineOf(
  stack: Stack, change: (props: MlTrainingPipelineProps) => Partial<MlTrainingPipelineProps> = () => ({}),
): MlTrainingPipeline {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const props: MlTrainingPipelineProps = {
    artifacts,
    data: artifacts.dataset('abalone'),
    processing: { image, outputs: ['train', 'test'] },
    training: { image, channels: ['train'] },
    evaluation: { image, report: 'evaluation.json' },
    acceptance: ReportMetric.at('mse').atMost(6),
    registration: { registry: new ModelRegistry(stack, 'Models'), image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
  };
  return new MlTrainingPipeline(stack, 'Pipeline', { ...props, ...change(props) });
}
