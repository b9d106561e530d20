import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable, IResourceWithPolicyV2, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { needOfFixedRole } from './fixed-role';
import { MlRole } from './ml-role';
import { Permission } from './permission-statement';
import { Permissions, RolePolicy } from './role-policy';
import { pathHash } from '../core/names';
import { isElsewhere } from '../core/stacks';

/** Gives `permissions` to roles of the library (with their reasons) and to any other principal (as ordinary grants). */
export function permit(grantee: IGrantable, permissions: Permission[]): Grant {
  const grants = permissions.map(permission => {
    const { actions, resources, conditions, resource, selfArns } = permission;
    const principal = grantee.grantPrincipal;
    const to = principal instanceof MlRole ? principal.reasoned(permission) : grantee;
    const options = { grantee: to, actions, resourceArns: resources, conditions };
    if (resource === undefined) { return Grant.addToPrincipal(options); }
    return Grant.addToPrincipalOrResource({ ...options, resource: withConditions(resource, conditions), resourceSelfArns: selfArns });
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

/**
 * Gives a role, made here or brought along, what a construct needs, and returns what must be there before the role can be used.
 *
 * A role that is brought along gets a policy below `scope`, so that its own stack need not wait for this one, and so that the reasons for
 * wildcards stay. A role that CDK may not change is left as it is, with a warning that says what it needs.
 */
export function permitRole(scope: Construct, role: IRole, ...permissions: Permissions[]): IDependable[] {
  if (role instanceof MlRole && Stack.of(role) === Stack.of(scope)) {
    role.allow(...permissions);
    return [role];
  }
  if (isFixed(scope, role)) {
    needOfFixedRole(scope, role, permissions);
    return [role];
  }
  const policy = policyBelow(scope, role);
  policy.allow(...permissions);
  return [role, policy];
}

const POLICIES = Symbol.for('cdk-ml-patterns.policies-of-brought-roles');

function policyBelow(scope: Construct, role: IRole): RolePolicy {
  const holder = scope as { [POLICIES]?: Map<IRole, RolePolicy> };
  holder[POLICIES] ??= new Map();
  const policy = holder[POLICIES].get(role) ?? new RolePolicy(scope, `PermissionsOf${role.node.id}${pathHash(role)}`, role.roleName);
  holder[POLICIES].set(role, policy);
  return policy;
}

/** Imported with `mutable: false`, which only the name of CDK's class tells, or in another account. */
function isFixed(scope: Construct, role: IRole): boolean {
  return isElsewhere(scope, { account: role.env.account }) || role.constructor.name.startsWith('ImmutableRole');
}
