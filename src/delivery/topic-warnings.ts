import { Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** `publisher` is who must be allowed to publish. */
export function warnOfOtherAccount(scope: Construct, topic: ITopicRef, publisher: string): void {
  if (Token.compareStrings(topic.env.account, Stack.of(scope).account) !== TokenComparison.DIFFERENT) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:topicOfOtherAccount',
    `The topic belongs to another account: its policy, and that of its key, must let ${publisher} publish.`);
}

/** `what` says which key it is, and what to do. */
export function warnOfKey(scope: Construct, topic: ITopicRef, what: string): void {
  Validations.of(scope).addWarning('cdk-ml-patterns:topicKeyUnknown', `The topic at '${topic.node.path}' is encrypted with a key ${what}.`);
}
