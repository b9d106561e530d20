import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { eventRule } from './event-rule';
import { publishPermissions } from './topic-permissions';
import { warnOfTopic } from './topic-warnings';

/** Events that a topic gets. */
export interface Announcement {
  readonly topic: ITopicRef;
  readonly description: string;
  readonly eventPattern: object;
  /** What the topic gets in place of the event: a text, in which `<name>` stands for what is at a path of the event. */
  readonly message?: { readonly text: string; readonly paths: Record<string, string> };
}

/**
 * Sends events to a topic, as they are or as a text; those that could not be delivered go to the queue of `scope`.
 *
 * By a role, so that neither the policy of the topic nor that of its key must name EventBridge: both may be imported, and EventBridge brings no context
 * for conditions in the policy of a topic.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export function announce(scope: Construct, id: string, { topic, description, eventPattern, message }: Announcement): CfnRule {
  const own = new Construct(scope, id);
  warnOfTopic(own, topic, 'the role of the rule');
  return eventRule(scope, own, {
    description,
    eventPattern,
    target: {
      id: 'Topic',
      arn: topic.topicRef.topicArn,
      inputTransformer: message && { inputPathsMap: message.paths, inputTemplate: `"${message.text}"` },
    },
    roleDescription: description,
    permissions: publishPermissions(topic),
  });
}
