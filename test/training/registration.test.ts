import { App, Stack } from 'aws-cdk-lib';
import { definitionOf } from './definition-of';
import { trainingPipelineOf } from './happy-path/training-pipeline-of';
import { TrainingPipelineRegistration } from '../../src';

/** Arguments of the step that registers. */
function registered(props: Partial<TrainingPipelineRegistration>): any {
  const stack = new Stack(new App(), 'Stack');
  trainingPipelineOf(stack, ({ registration }) => ({ registration: { ...registration, ...props } }));
  return definitionOf(stack).Steps.find((s: any) => s.Type === 'Condition').Arguments.IfSteps[0].Arguments;
}

test('a version says what it is, and brings files beside the report of the evaluation', () => {
  const { ModelPackageDescription, CustomerMetadataProperties, ModelMetrics } = registered({
    modelDescription: 'rings of abalone', customerMetadata: { team: 'sea' }, metrics: { biasReport: 's3://reports/bias.json' },
  });
  expect({ ModelPackageDescription, CustomerMetadataProperties }).toEqual({ ModelPackageDescription: 'rings of abalone', CustomerMetadataProperties: { team: 'sea' } });
  expect(ModelMetrics.ModelQuality.Statistics.S3Uri['Std:Join'].Values.at(-1)).toBe('/evaluation.json');
  expect(ModelMetrics.Bias.Report.S3Uri).toBe('s3://reports/bias.json');
});

test('another file may be the statistics of quality', () => {
  const { ModelMetrics } = registered({ metrics: { qualityStatistics: 's3://reports/quality.json' } });
  expect(ModelMetrics.ModelQuality.Statistics.S3Uri).toBe('s3://reports/quality.json');
});
