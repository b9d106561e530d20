import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { directory } from './built';
import {
  CustomContainerRepo, InferenceEndpoint, InferenceModel, ModelArtifactBucket, ProcessingOutput, ProcessingStep, SageMakerImage,
  SageMakerPipeline, TrainingChannel, TrainingStep,
} from '../../../src';
import { expectCompliant, stackFixture, warningsOf } from '../../helper';
import { TemplateGraph } from '../../template-graph';

/** Everything that runs an image of the same stack. */
const USERS: [string, string, (stack: Stack, image: SageMakerImage) => unknown][] = [
  ['an endpoint', 'AWS::SageMaker::Endpoint', (stack, image) => new InferenceEndpoint(stack, 'User', { model: InferenceModel.fromContainer({ image }) })],
  ['a model', 'AWS::SageMaker::Model', (stack, image) => new InferenceEndpoint(stack, 'User', { model: InferenceModel.fromContainer({ image }) })],
  ['the pipeline of a processing step', 'AWS::SageMaker::Pipeline', (stack, image) => new SageMakerPipeline(stack, 'User', {
    artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [new ProcessingStep('Prepare', { image, outputs: [ProcessingOutput.of('train')] })],
  })],
  ['the pipeline of a training step', 'AWS::SageMaker::Pipeline', (stack, image) => new SageMakerPipeline(stack, 'User', {
    artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [new TrainingStep('Fit', { image, channels: [TrainingChannel.s3('train', 's3://bucket/train/')] })],
  })],
  ['an L1 model', 'AWS::SageMaker::Model', (stack, image) => new CfnModel(stack, 'User', { executionRoleArn: 'arn:aws:iam::111122223333:role/r', primaryContainer: { image: image.imageUri } })],
];

test.each(USERS)('%s waits for the image, with no dependency written by the user', (_, type, use) => {
  const { stack } = stackFixture();
  use(stack, new CustomContainerRepo(stack, 'Images').addImage('Abalone', directory()));
  const graph = new TemplateGraph(expectCompliant(stack).toJSON());
  const [[build]] = graph.ofType('Custom::ContainerImage');
  const users = graph.ofType(type);
  expect(users.length).toBeGreaterThan(0);
  users.forEach(([id]) => expect(graph.allBefore(id)).toContain(build));
  expect(graph.cycles()).toEqual([]);
});

test('a stack that uses the image of another waits for that one', () => {
  const { app, stack } = stackFixture();
  const image = new CustomContainerRepo(stack, 'Images').addImage('Abalone', directory());
  const serving = new Stack(app, 'Serving');
  new InferenceEndpoint(serving, 'Endpoint', { model: InferenceModel.fromContainer({ image }) });
  app.synth();
  expect(serving.dependencies).toEqual([stack]);
});

test('an image that others push is still warned of in the stack that makes its repository', () => {
  const { stack } = stackFixture();
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image: new CustomContainerRepo(stack, 'Images').image('1.4.2') }) });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:imageNotYetPushed')]);
});
