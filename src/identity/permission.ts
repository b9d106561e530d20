import { Grant, IGrantable, IResourceWithPolicyV2, IRole } from 'aws-cdk-lib/aws-iam';
import { MlRole } from './ml-role';
import { Excuse, wildcardRule } from '../compliance/excuses';

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

/** Gives `permissions` to roles of the library (with their reasons) and to any other principal (as ordinary grants). */
export function permit(grantee: IGrantable, permissions: Permission[]): Grant {
  const grants = permissions.map(permission => {
    const { actions, resources, conditions, resource, selfArns } = permission;
    const principal = grantee.grantPrincipal;
    const options = { grantee: principal instanceof MlRole ? principal.reasoned(permission) : grantee, actions, resourceArns: resources, conditions };
    return resource === undefined ? Grant.addToPrincipal(options) : Grant.addToPrincipalOrResource({ ...options, resource: withConditions(resource, conditions), resourceSelfArns: selfArns });
  });
  return grants.reduce((all, one) => all.combine(one), Grant.drop(grantee, 'nothing'));
}

/** CDK leaves the conditions of a grant out of what it adds to a resource's own policy. */
function withConditions(resource: IResourceWithPolicyV2, conditions: Permission['conditions'] = {}): IResourceWithPolicyV2 {
  return {
    env: resource.env,
    addToResourcePolicy: statement => {
      statement.addConditions(conditions);
      return resource.addToResourcePolicy(statement);
    },
  };
}

/** Gives a role, made here or brought along, what a construct needs; functions are asked when all is known, if the role allows. */
export function permitRole(role: IRole, ...permissions: (Permission | (() => Permission[]))[]): void {
  if (role instanceof MlRole) {
    role.allow(...permissions);
  } else {
    permit(role, permissions.flatMap(p => typeof p === 'function' ? p() : [p]));
  }
}

/** The statement as it stands in a policy. */
export function renderPermission({ actions, resources, conditions }: Permission): object {
  const one = (list: string[]) => list.length === 1 ? list[0] : list;
  return { Effect: 'Allow', Action: one(actions), Resource: one(resources), ...(conditions && { Condition: conditions }) };
}

/** What AwsSolutions would say of the wildcards that have a reason. */
export function excusesOf(permission: Permission, resolve: (value: unknown) => any): Excuse[] {
  const { resources, reason } = permission;
  if (reason === undefined) { return []; }
  return resources.map(r => wildcardRule(resolve(r))).filter(rule => rule.includes('*')).map(rule => ({ rule, reason }));
}
