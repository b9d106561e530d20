import { Duration } from 'aws-cdk-lib';
import { CfnAlarm, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { letAlarmsPublish } from './alarm-topic';
import { DeadLetters } from './dead-letters';
import { Problems } from '../core/problems';

const PERIOD = Duration.minutes(5);

/** How many messages wait. */
const WAITING = { namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' };

/** What waits in the queue of `scope`; an error that says `why` if there is no queue. */
export function deadLettersMetric(scope: IConstruct, why: string, options?: MetricOptions): Metric {
  const problems = new Problems();
  const letters = DeadLetters.find(scope);
  problems.check(letters !== undefined, `it has no dead-letter queue, since ${why}`);
  problems.throwIfAny(scope);
  return new Metric({
    ...WAITING,
    dimensionsMap: { QueueName: letters!.queueName },
    period: PERIOD,
    ...options,
  }).attachTo(scope);
}

/** Tells a topic that something could not be delivered: one alarm, which lasts until the queue is empty. Makes the queue if nothing has needed it yet. */
export function announceDeadLetters(scope: Construct, topic: ITopicRef, words: string): void {
  letAlarmsPublish(scope, topic);
  new CfnAlarm(scope, 'DeadLettersAlarm', {
    alarmDescription: `${words}: it waits in the dead-letter queue for up to 14 days`,
    ...WAITING,
    dimensions: [{ name: 'QueueName', value: DeadLetters.of(scope).queueName }],
    period: PERIOD.toSeconds(),
    evaluationPeriods: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    treatMissingData: 'notBreaching',
    alarmActions: [topic.topicRef.topicArn],
  });
}
