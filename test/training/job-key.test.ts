import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  InferenceEndpoint, InferenceModel, JobDefaults, ModelArtifactBucket, ModelRegistry, ProcessingOutput, ProcessingStep, RegisterModelStep,
  SageMakerImage, SageMakerPipeline, TrainingChannel, TrainingStep,
} from '../../src';
import { statementsOf } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const JOBS = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function fixture(jobDefaults: (stack: Stack) => JobDefaults) {
  const stack = new Stack(new App(), 'Stack');
  const registry = new ModelRegistry(stack, 'Models');
  const train = new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://lake/a/')] });
  const register = new RegisterModelStep('Register', {
    registry, image, modelArtifact: train.modelArtifact, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'],
  });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [train, register], jobDefaults: jobDefaults(stack) });
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromModelPackage(registry, { version: 1 }) });
  return Template.fromStack(stack);
}

/** Decrypting through S3 with the key of the jobs. */
const decrypts = (template: Template, role: string) =>
  statementsOf(template, role).filter(s => [s.Action].flat().includes('kms:Decrypt') && s.Resource === JOBS && s.Condition?.StringEquals['kms:ViaService']);

test.each(['PipelineRolePolicy', 'EndpointRolePolicy'])('%s may decrypt what jobs encrypt with a key of their own', role => {
  const template = fixture(stack => JobDefaults.secure({ encryptionKey: Key.fromKeyArn(stack, 'Jobs', JOBS) }));
  expect(decrypts(template, role)).toHaveLength(1);
});

test.each(['PipelineRolePolicy', 'EndpointRolePolicy'])('%s gets nothing twice if the key is that of the bucket', role => {
  const through = statementsOf(fixture(() => JobDefaults.secure()), role).filter(s => s.Condition?.StringEquals?.['kms:ViaService'] && s.Action === 'kms:Decrypt');
  expect(through).toHaveLength(1);
});

test('the key of the stack is kept, since it encrypts data', () => {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { steps: [new ProcessingStep('Process', { image, outputs: [ProcessingOutput.of('a', { destination: 's3://lake/a' })] })] });
  Template.fromStack(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
});
