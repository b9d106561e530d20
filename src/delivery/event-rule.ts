import { Token } from 'aws-cdk-lib';
import { CfnRule, OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters';
import { MlRole } from '../identity/ml-role';
import { Permission } from '../identity/permission-statement';

/** What could not be delivered is tried again for an hour, not for the day that is the services' default. */
export const RETRIES = { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const MAX_DESCRIPTION = 512;

/** What a token is taken for: few names are longer. */
const TOKEN_LENGTH = 64;

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
    description: shortened(of.description),
    eventPattern: of.eventPattern,
    targets: [{ ...of.target, roleArn: role.roleArn, retryPolicy: of.retries ?? RETRIES, deadLetterConfig: { arn: letters.queueArn } }],
  });
  rule.node.addDependency(role);
  letters.acceptFrom(rule.attrArn);
  return rule;
}

/** Not longer than a description may be, as far as that is known; tokens stay whole, or go. */
function shortened(description: string): string {
  const parts = description.split(/(\$\{Token\[[^\]]*\]\})/);
  const lengthOf = (part: string) => Token.isUnresolved(part) ? TOKEN_LENGTH : part.length;
  if (parts.reduce((sum, part) => sum + lengthOf(part), 0) <= MAX_DESCRIPTION) { return description; }
  let [done, left] = ['', MAX_DESCRIPTION - 1];
  for (const part of parts) {
    const fits = lengthOf(part) <= left;
    if (fits || !Token.isUnresolved(part)) { done += part.slice(0, fits ? undefined : left).replace(/[\uD800-\uDBFF]$/, ''); }
    if (!fits) { break; }
    left -= lengthOf(part);
  }
  return `${done}…`;
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
