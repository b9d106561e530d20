import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ModelArtifactBucket, PipelineStep, SageMakerPipeline, SageMakerPipelineProps } from '../../../src';
import { statementsOf } from '../../helper';
import { definitionOf } from '../definition-of';

/** A pipeline with an artifact bucket of its own, in a stack of its own. */
export function pipelineOf(steps: (stack: Stack) => PipelineStep[], props: Partial<SageMakerPipelineProps> = {}) {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: steps(stack), ...props });
  return {
    stack,
    pipeline,
    artifacts,
    definition: () => definitionOf(stack),
    step: (index = 0) => definitionOf(stack).Steps[index],
    /** What the role that starts jobs may do. */
    statements: () => statementsOf(Template.fromStack(stack), 'PipelineRole'),
    /** What the role of the containers may do. */
    jobStatements: () => statementsOf(Template.fromStack(stack), 'PipelineJobRole'),
  };
}
