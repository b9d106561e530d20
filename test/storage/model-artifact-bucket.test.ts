import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ModelArtifactBucket } from '../../src';

test('keeps the data', () => {
  const stack = new Stack(new App(), 'Stack');
  new ModelArtifactBucket(stack, 'Artifacts');
  Template.fromStack(stack).allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});
