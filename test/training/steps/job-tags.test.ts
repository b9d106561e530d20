import { Size } from 'aws-cdk-lib';
import { InstanceProfile, Role } from 'aws-cdk-lib/aws-iam';
import { pipelineOf } from './pipeline-of';
import {
  AutoMLChannel, AutoMLStep, EmrServerlessApplication, EmrServerlessJob, EmrServerlessStep, EmrStep, EmrStepCluster, EndpointConfigStep, EndpointStep,
  InferenceComponentStep, LineageEntity, LineageStep, ModelStep, PipelineStep, ProcessingStep, SageMakerImage, StepModel, StepVariant,
  TrainingChannel, TrainingStep,
  TransformStep,
} from '../../../src';
import { errorOf } from '../../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const tags = { 'aws:owner': 'x', 'team': 'a|b' };
const job = EmrServerlessJob.spark({ entryPoint: 's3://lake/app.py' });
const application = EmrServerlessApplication.existingFromId('00f1r2s3t4u5v6w7');

test.each<[string, (role: Role) => PipelineStep, string]>([
  ['processing', () => new ProcessingStep('S', { image, tags }), '.tags'],
  ['training', () => new TrainingStep('S', { image, channels: [TrainingChannel.s3('a', 's3://lake/a/')], tags }), '.tags'],
  ['transform', () => new TransformStep('S', { modelName: 'm', input: 's3://lake/a/', tags }), '.tags'],
  ['AutoML', () => new AutoMLStep('S', { channels: [AutoMLChannel.training('s3://lake/a/', { targetAttributeName: 'y' })], tags }), '.tags'],
  ['model', () => new ModelStep('S', { model: StepModel.fromContainer({ image }), tags }), '.tags'],
  ['configuration of an endpoint', () => new EndpointConfigStep('S', { variants: [StepVariant.instances('m')], tags }), '.tags'],
  ['endpoint', () => new EndpointStep('S', { endpointName: 'e', endpointConfigName: 'c', tags }), '.tags'],
  ['inference component', () => new InferenceComponentStep('S', { inferenceComponentName: 'i', endpointName: 'e', modelName: 'm', memorySize: Size.gibibytes(1), tags }), '.tags'],
  ['cluster of EMR', role => new EmrStep('S', {
    jar: 'command-runner.jar',
    cluster: EmrStepCluster.ownCluster({
      releaseLabel: 'emr-7.1.0', serviceRole: role, instanceProfile: new InstanceProfile(role, 'Profile', { role }), primary: { instanceType: 'm5.xlarge' }, tags,
    }),
  }), '.cluster.tags'],
  ['job of EMR Serverless', executionRole => new EmrServerlessStep('S', { application, job, executionRole, tags }), '.tags'],
  ['application of EMR Serverless', executionRole => new EmrServerlessStep('S', {
    application: EmrServerlessApplication.ownApplication({ releaseLabel: 'emr-7.1.0', tags }), job, executionRole,
  }), '.application.tags'],
  ['entity of the lineage', () => new LineageStep('S', { entities: [LineageEntity.action('a', { sourceUri: 's3://b/x', actionType: 't', tags })] }), " action 'a'.tags"],
])('tags that AWS would refuse are refused before: %s', (_, make, place) => {
  const run = () => pipelineOf(stack => [make(Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111122223333:role/R') as Role)]);
  expect(errorOf(run).split('\n').slice(1)).toEqual([
    `  - step 'S'${place} key must be 1 to 128 letters, digits, spaces and any of _.:/=+-@, and not begin with 'aws:', got 'aws:owner'`,
    `  - step 'S'${place}.team must be up to 256 letters, digits, spaces and any of _.:/=+-@, got 'a|b'`,
  ]);
});
