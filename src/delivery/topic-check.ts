import { Stack, Token } from 'aws-cdk-lib';
import { CfnTopic, ITopicRef } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { Problems } from '../core/problems';
import { isElsewhere } from '../core/stacks';

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]{1,256}(\.fifo)?$/;

/**
 * A standard topic. Only SNS's own callers can say the group of a message, without which SNS refuses to publish to a FIFO topic.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function checkTopic(name: string, topic: ITopicRef | undefined, problems: Problems): void {
  if (topic === undefined) { return; }
  problems.pattern(name, topic.topicRef.topicArn, ARN, "be an SNS topic, with an ARN like 'arn:aws:sns:eu-west-1:111122223333:operators'");
  problems.check(!isFifo(topic), `${name} must be a standard topic, since SageMaker, EventBridge and CloudWatch do not say the group that a FIFO topic needs of each message`);
}

/**
 * The same, in the Region of `scope`: rules and alarms reach no other.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function checkTopicHere(name: string, topic: ITopicRef | undefined, scope: IConstruct, problems: Problems): void {
  checkTopic(name, topic, problems);
  problems.check(!isElsewhere(scope, { region: topic?.env.region }), `${name} must be in the Region of what tells it, ${Stack.of(scope).region}, got a topic in ${topic?.env.region}`);
}

function isFifo(topic: ITopicRef): boolean {
  if (topic instanceof CfnTopic) { return topic.fifoTopic === true; }
  const { topicArn } = topic.topicRef;
  return ('fifo' in topic && topic.fifo === true) || (!Token.isUnresolved(topicArn) && topicArn.endsWith('.fifo'));
}
