import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArtifactPrefix, ModelArtifactBucket } from '../../../src';

const stack = new Stack(new App(), 'Storage');
new ModelArtifactBucket(stack, 'Artifacts', {
  lifecycle: [{ prefix: ArtifactPrefix.CAPTURE, tierAfter: Duration.days(9), oldVersionsTierAfter: Duration.days(9) }],
  replicas: [{ bucket: Bucket.fromBucketName(stack, 'Other', 'other'), encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1') }],
  removalPolicy: RemovalPolicy.DESTROY,
  deleteObjects: false,
});
const template = Template.fromStack(stack);
const found = (type: string): any => Object.entries(template.findResources(type)).find(([id]) => id.startsWith('ArtifactsBucket'))![1];
const bucket = found('AWS::S3::Bucket').Properties;
const [, , rule] = bucket.LifecycleConfiguration.Rules;
const [replica] = bucket.ReplicationConfiguration.Rules;

export const ROWS = [
  ['ArtifactLifecycle.tier', 'StorageClass.INTELLIGENT_TIERING', rule.Transitions[0].StorageClass, 'INTELLIGENT_TIERING'],
  ['ArtifactLifecycle.oldVersionsTier', 'StorageClass.GLACIER_INSTANT_RETRIEVAL', rule.NoncurrentVersionTransitions[0].StorageClass, 'GLACIER_IR'],
  ['ArtifactReplica.deleteMarkers', 'false', replica.DeleteMarkerReplication.Status, 'Disabled'],
  ['ArtifactReplica.timeControl', 'false', replica.Destination.ReplicationTime, undefined],
  ['ModelArtifactBucketProps.enforceEncryptionKey', 'false', found('AWS::S3::BucketPolicy').Properties.PolicyDocument.Statement.length, 2],
];
