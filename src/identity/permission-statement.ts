import { Token } from 'aws-cdk-lib';
import { IResourceWithPolicyV2 } from 'aws-cdk-lib/aws-iam';
import { oneOf, Statement } from './policy-size';
import { Excuse } from '../compliance/excuses';
import { wildcardRule } from '../compliance/rule-ids';

/** One least-privilege statement of the library. */
export interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
  /** Why a wildcard in `resources` cannot be avoided; stands in the compliance report. */
  readonly reason?: string;
  /** Whose resource policy is used when the grantee belongs to another account. */
  readonly resource?: IResourceWithPolicyV2;
  /** How `resource` names itself in its own policy, where that is not `resources`: a key cannot refer to itself. */
  readonly selfArns?: string[];
}

/** The statement as it stands in a policy. */
export function renderPermission({ actions, resources, conditions }: Permission): Statement {
  return { Effect: 'Allow', Action: oneOf(actions), Resource: oneOf(resources), ...(conditions && { Condition: conditions }) };
}

/** What AwsSolutions would say of the wildcards that have a reason. */
export function excusesOf({ resources, reason }: Pick<Permission, 'resources' | 'reason'>, resolve: (value: unknown) => any): Excuse[] {
  if (reason === undefined) { return []; }
  return (resources.some(r => Token.isUnresolved(r)) ? resolve(resources) as unknown[] : resources).map(wildcardRule).filter(rule => rule.includes('*')).map(rule => ({ rule, reason }));
}
