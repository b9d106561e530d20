import { join } from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import { GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { topicIn, vpcIn } from './endpoints';
import {
  ArtifactPrefix, BatchDataCapture, BatchInput, BatchTransform, ContainerSource, CustomContainerRepo, InferenceModel, MlInstanceType,
  ModelArtifactBucket, ModelRegistry, SageMakerImage, TransformSplit,
} from '../../src';

const DIRECTORY = join(__dirname, '..', '..', 'container-kit', 'template');

/** With every option that a bucket which stays can have. */
export function fullestBucket(stack: Stack): void {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts', {
    enforceEncryptionKey: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(30)),
    intermediateExpiration: Duration.days(10),
    lifecycle: [{ prefix: ArtifactPrefix.CAPTURE, tierAfter: Duration.days(30), expireAfter: Duration.days(90) }],
    perimeter: { organizationId: 'o-a1b2c3d4e5', vpcEndpoints: [GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Gateway', 'vpce-1')] },
    replicas: [{ bucket: Bucket.fromBucketName(stack, 'Other', 'other'), encryptionKey: Key.fromKeyArn(stack, 'OtherKey', 'arn:aws:kms:eu-west-1:111122223333:key/1') }],
  });
  artifacts.grants.readByAccount('999999999999');
  artifacts.grants.readByOrganization('o-a1b2c3d4e5', ArtifactPrefix.BASELINES);
}

/** With every option of a repository, and an image from every source that needs no Docker here. */
export function fullestRepo(stack: Stack): void {
  const topic = topicIn(stack);
  const images = new CustomContainerRepo(stack, 'Images', {
    mutableTags: ['dev-*'],
    untaggedImagesKept: 10,
    expiry: [{ tagPattern: 'dev-*', maxImages: 10 }],
    builds: { vpc: vpcIn(stack), timeout: Duration.minutes(30) },
    criticalFindingsTopic: topic,
  });
  images.addImage('Directory', ContainerSource.fromDirectory(DIRECTORY, { platform: Platform.LINUX_ARM64 }));
  images.addImage('Git', ContainerSource.fromGit('https://github.com/acme/models.git', '3f786850e387550fdab836ed7e6dc881de23001b', {
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b2c3d',
  }));
  images.addImage('Registry', ContainerSource.fromRegistry('public.ecr.aws/docker/library/python:3.12'));
  images.grants.pullByAccount('999999999999');
  images.grants.pullByOrganization('o-a1b2c3d4e5');
}

/** A registry, and a transform by the clock with everything that it takes. */
export function fullestBatch(stack: Stack): void {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new ModelRegistry(stack, 'Models', { modelPackageGroupName: 'churn', description: 'Who leaves' });
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
  const dataCapture: BatchDataCapture = { destination: artifacts.at(ArtifactPrefix.CAPTURE), generateInferenceId: true };
  const topic = topicIn(stack);
  new BatchTransform(stack, 'Batch', {
    model: InferenceModel.fromContainer({ image, artifact: artifacts.artifact('models/churn.tar.gz') }),
    input: BatchInput.dataset(artifacts.dataset('customers')),
    output: artifacts.at(ArtifactPrefix.OUTPUT),
    contentType: 'text/csv',
    split: TransformSplit.lines(),
    schedules: [{ scheduleName: 'nightly', schedule: ScheduleExpression.rate(Duration.days(1)), datedOutput: true }],
    instanceType: MlInstanceType.M5_XLARGE,
    instanceCount: 2,
    dataCapture,
    jobTags: { team: 'churn' },
    jobNamePrefix: 'churn',
    vpc: vpcIn(stack),
    onFailedJob: topic,
    onDeadLetters: topic,
  });
}
