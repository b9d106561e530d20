import { Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import { CfnTopic, ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { isElsewhere } from './topic-check';

/** What a role may not know of a topic that it publishes to; `role` says which. */
export function warnOfTopic(scope: Construct, topic: ITopicRef, role: string): void {
  warnOfOtherAccount(scope, topic, role);
  if (hasUnknownKey(topic)) {
    warnOfKey(scope, topic, `that it does not tell: allow ${role} kms:Decrypt and kms:GenerateDataKey, or take a Topic with masterKey`);
  }
}

/** `publisher` is who must be allowed to publish. */
export function warnOfOtherAccount(scope: Construct, topic: ITopicRef, publisher: string): void {
  if (Token.compareStrings(topic.env.account, Stack.of(scope).account) !== TokenComparison.DIFFERENT) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:topicOfOtherAccount',
    `The topic belongs to another account: its policy, and that of its key, must let ${publisher} publish.`);
}

/** AWS does not say that an asynchronous endpoint reaches other Regions, nor that it does not. */
export function warnOfOtherRegion(scope: Construct, topic: ITopicRef): void {
  if (!isElsewhere(topic, scope)) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:topicOfOtherRegion',
    `The topic is in ${topic.env.region} and the endpoint in ${Stack.of(scope).region}; AWS does not say that answers are told there: take a topic of ${Stack.of(scope).region}.`);
}

/** `what` says which key it is, and what to do. */
export function warnOfKey(scope: Construct, topic: ITopicRef, what: string): void {
  Validations.of(scope).addWarning('cdk-ml-patterns:topicKeyUnknown', `The topic at '${topic.node.path}' is encrypted with a key ${what}.`);
}

/** An L1 topic has a name of its key at best; the key of SNS itself needs no permission. */
function hasUnknownKey(topic: ITopicRef): boolean {
  return topic instanceof CfnTopic && topic.kmsMasterKeyId !== undefined && topic.kmsMasterKeyId !== 'alias/aws/sns';
}
