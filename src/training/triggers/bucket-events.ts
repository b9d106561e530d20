import { Stack } from 'aws-cdk-lib';
import { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { warnLate } from '../../compliance/late-warning';

/** Warns at synth if the bucket is made in this app and certainly sends no events to EventBridge. */
export function warnOfSilence(trigger: Construct, bucket: IBucket): void {
  trigger.node.addValidation({
    validate: () => {
      if (isSilent(bucket)) {
        warnLate(trigger, 'cdk-ml-patterns:noBucketEvents',
          `The bucket at '${bucket.node.path}' sends no events to EventBridge, so new data does not start the pipeline: eventBridgeEnabled of the bucket.`);
      }
      return [];
    },
  });
}

/** What the child 'Notifications' sets up is done by a custom resource, which cannot be looked into. */
function isSilent(bucket: IBucket): boolean {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket) || bucket.node.tryFindChild('Notifications') !== undefined) { return false; }
  const template = Stack.of(resource).resolve((resource as any)._toCloudFormation());
  const [{ Properties }] = Object.values<any>(template.Resources);
  const events = Properties?.NotificationConfiguration?.EventBridgeConfiguration;
  return events === undefined || events.EventBridgeEnabled === false;
}
