import { CfnTopic, ITopicRef } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { warnLate } from '../compliance/late-warning';
import { isElsewhere } from '../core/stacks';

/** What a role may not know of a topic that it publishes to; `role` says which. */
export function warnOfTopic(scope: IConstruct, topic: ITopicRef, role: string): void {
  warnOfOtherAccount(scope, topic, role);
  if (hasUnknownKey(topic)) {
    warnOfKey(scope, topic, `that it does not tell: allow ${role} kms:Decrypt and kms:GenerateDataKey, or take a Topic with masterKey`);
  }
}

/** `publisher` is who must be allowed to publish. */
export function warnOfOtherAccount(scope: IConstruct, topic: ITopicRef, publisher: string): void {
  if (!isElsewhere(scope, { account: topic.env.account })) { return; }
  warnLate(scope, 'cdk-ml-patterns:topicOfOtherAccount',
    `The topic belongs to another account: its policy, and that of its key, must let ${publisher} publish.`);
}

/** `what` says which key it is, and what to do. */
export function warnOfKey(scope: IConstruct, topic: ITopicRef, what: string): void {
  warnLate(scope, 'cdk-ml-patterns:topicKeyUnknown', `The topic at '${topic.node.path}' is encrypted with a key ${what}.`);
}

/** An L1 topic has a name of its key at best; the key of SNS itself needs no permission. */
function hasUnknownKey(topic: ITopicRef): boolean {
  return topic instanceof CfnTopic && topic.kmsMasterKeyId !== undefined && topic.kmsMasterKeyId !== 'alias/aws/sns';
}
