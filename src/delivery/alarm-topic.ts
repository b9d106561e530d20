import { Aspects, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, ITopicRef, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { warnOfKey, warnOfOtherAccount } from './topic-warnings';

/**
 * Lets the CloudWatch alarms of `scope` publish to a topic, as far as the program can: alarms have no role. CDK writes equal statements once, however
 * many sets of alarms ask for them, and these name nothing but the account, so that no stack waits for another.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function letAlarmsPublish(scope: Construct, topic: ITopicRef): void {
  const { account } = Stack.of(scope);
  warnOfOtherAccount(scope, topic, 'cloudwatch.amazonaws.com');
  if (!keyAllows(topic, account)) {
    warnOfKey(scope, topic, 'whose policy this program cannot change: let cloudwatch.amazonaws.com use kms:Decrypt and kms:GenerateDataKey* there, or no alarm is told of; '
      + 'alias/aws/sns cannot let it');
  }
  // the default policy of SNS lets the alarms of the account publish, and any other policy replaces it; that may come later in the program
  Aspects.of(topic).add({
    visit: node => {
      if (node instanceof TopicPolicy) { node.document.addStatements(cloudWatchMay(account, topic.topicRef.topicArn, 'sns:Publish')); }
    },
  });
}

/** Whether the key, if there is one, now lets CloudWatch use it. A topic that is imported by its ARN does not tell whether it has one. */
function keyAllows(topic: ITopicRef, account: string): boolean {
  if (topic instanceof CfnTopic) { return topic.kmsMasterKeyId === undefined; }
  const key = 'masterKey' in topic ? topic.masterKey as IKey | undefined : undefined;
  return key === undefined || key.addToResourcePolicy(cloudWatchMay(account, '*', 'kms:Decrypt', 'kms:GenerateDataKey*')).statementAdded;
}

function cloudWatchMay(account: string, resource: string, ...actions: string[]): PolicyStatement {
  return new PolicyStatement({
    actions,
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
}
