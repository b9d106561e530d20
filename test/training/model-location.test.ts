import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  InferenceEndpoint, InferenceModel, ModelRegistry, PipelineStep, RegisterModelStep, SageMakerImage, SageMakerPipeline, TrainingChannel, TrainingStep,
} from '../../src';
import { statementsOf } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const train = new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://lake/a/')], destination: 's3://models/out' });

test.each<[string, PipelineStep[], string]>([
  ['a URI', [], 's3://models/out/model.tar.gz'],
  ['the destination of a training', [train], train.modelArtifact],
])('a model that is outside the prefix of the pipeline can be registered and served: %s', (_, steps, modelArtifact) => {
  const stack = new Stack(new App(), 'Stack');
  const registry = new ModelRegistry(stack, 'Models');
  const register = new RegisterModelStep('Register', { registry, image, modelArtifact, contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'] });
  new SageMakerPipeline(stack, 'Pipeline', { steps: [...steps, register] });
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromModelPackage(registry, { version: 1 }) });
  const template = Template.fromStack(stack);
  for (const role of ['PipelineRolePolicy', 'EndpointRolePolicy']) {
    const read = statementsOf(template, role).filter(s => s.Action === 's3:GetObject').map(s => JSON.stringify(s.Resource));
    expect(read).toEqual([expect.stringContaining(':s3:::models/out')]);
  }
});
