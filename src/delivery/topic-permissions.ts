import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { keyThrough } from '../identity/key-permissions';
import { Permission } from '../identity/permission-statement';

/** Publishing to a topic, with the use of its key if the topic tells it. */
export function publishPermissions(topic: ITopicRef): Permission[] {
  const key = 'masterKey' in topic ? topic.masterKey as IKey | undefined : undefined;
  return [
    { actions: ['sns:Publish'], resources: [topic.topicRef.topicArn] },
    ...key === undefined ? [] : [keyThrough(key, 'sns', 'kms:Decrypt', 'kms:GenerateDataKey')],
  ];
}
