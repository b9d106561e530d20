import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from '../compliance/excuses';
import { Permission } from '../identity/permission-statement';

const ID = 'DeadLetters';
const DAYS_14 = 14 * 24 * 60 * 60;
const REASON = 'The queue is itself the dead-letter queue of the triggers.';

/** The queue for what the triggers of one pipeline could not deliver. */
export class DeadLetters extends Construct {
  /** The queue of the pipeline, made when the first trigger needs it. */
  public static of(scope: Construct): DeadLetters {
    return DeadLetters.find(scope) ?? new DeadLetters(scope);
  }

  /** The queue, if a trigger or a notification has needed it. */
  public static find(scope: Construct): DeadLetters | undefined {
    return scope.node.tryFindChild(ID) as DeadLetters | undefined;
  }

  public readonly queueArn: string;

  public readonly queueName: string;

  private readonly statements: object[] = [];

  private constructor(scope: Construct) {
    super(scope, ID);
    const queue = new CfnQueue(this, 'Resource', {
      sqsManagedSseEnabled: true,
      messageRetentionPeriod: DAYS_14,
      redriveAllowPolicy: { redrivePermission: 'allowAll' }, // what holds anyway, said since scanners take it for the mark of a dead-letter queue
    });
    this.queueArn = queue.attrArn;
    this.queueName = queue.attrQueueName;
    this.statements.push({
      Sid: 'DenyInsecureTransport',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sqs:*',
      Resource: this.queueArn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    new CfnQueuePolicy(this, 'Policy', { queues: [queue.ref], policyDocument: { Version: '2012-10-17', Statement: this.statements } });
    accept(queue, 'endOfChain', ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'].map(rule => ({ rule, reason: REASON })));
  }

  /** Lets an EventBridge rule write to the queue. */
  public acceptFrom(ruleArn: string): void {
    this.statements.push({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: this.queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    });
  }

  /** Events that are failures themselves: a rule in `own` brings them to the queue. */
  public take(own: Construct, id: string, events: { readonly description: string; readonly eventPattern: object }): void {
    const rule = new CfnRule(own, id, { ...events, targets: [{ id: ID, arn: this.queueArn }] });
    this.acceptFrom(rule.attrArn);
    accept(rule, 'endOfChain', [{ rule: 'Serverless-EventBusDLQ', reason: 'The target is itself the dead-letter queue.' }]);
  }

  /** What a role needs to write to the queue. */
  public write(): Permission {
    return { actions: ['sqs:SendMessage'], resources: [this.queueArn] };
  }
}
