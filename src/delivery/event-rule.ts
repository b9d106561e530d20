import { CfnRule, OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters';
import { MlRole } from '../identity/ml-role';
import { Permission } from '../identity/permission-statement';

/** What could not be delivered is tried again for an hour, not for the day that is the services' default. */
export const RETRIES = { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 };

/** Events, and what gets them by a role of its own. */
export interface EventRule {
  readonly description: string;
  readonly eventPattern: object;
  /** The target without role, retries and queue. */
  readonly target: Omit<CfnRule.TargetProperty, 'roleArn' | 'retryPolicy' | 'deadLetterConfig'>;
  readonly roleDescription: string;
  /** What the role needs for the target. */
  readonly permissions: Permission[];
  readonly roleId?: string;
  readonly retries?: typeof RETRIES;
}

/** Makes the rule and its role in `own`; what cannot be delivered goes to the queue of `scope`. */
export function eventRule(scope: Construct, own: Construct, of: EventRule): CfnRule {
  const role = new MlRole(own, of.roleId ?? 'Role', { service: 'events.amazonaws.com', description: of.roleDescription });
  role.allow(...of.permissions);
  const letters = DeadLetters.of(scope);
  const rule = new CfnRule(own, 'Rule', {
    description: of.description,
    eventPattern: of.eventPattern,
    targets: [{ ...of.target, roleArn: role.roleArn, retryPolicy: of.retries ?? RETRIES, deadLetterConfig: { arn: letters.queueArn } }],
  });
  rule.node.addDependency(role);
  letters.acceptFrom(rule.attrArn);
  return rule;
}

/** What events are of, as a rule says it. */
interface Pattern {
  readonly 'source': string[];
  readonly 'detail-type': string[];
  readonly 'detail': { [key: string]: unknown };
}

/** A rule of the consumer's own, with CDK's options. */
export function consumersRule(scope: Construct, id: string, { source, 'detail-type': detailType, detail }: Pattern, options: OnEventOptions = {}): Rule {
  const { target, ...rest } = options;
  const rule = new Rule(scope, id, rest);
  rule.addEventPattern({ source, detailType, detail });
  rule.addTarget(target);
  return rule;
}
