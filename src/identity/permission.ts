import { Stack } from 'aws-cdk-lib';
import { CfnRole, Grant, IGrantable, IResourceWithPolicyV2, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { MlRole } from './ml-role';
import { Permission } from './permission-statement';
import { Permissions, RolePolicy } from './role-policy';

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
 * A role that another stack of the app makes gets a policy in the stack of `scope`: its own stack would otherwise have to wait for this one.
 */
export function permitRole(scope: Construct, role: IRole, ...permissions: Permissions[]): IDependable[] {
  if (role instanceof MlRole) {
    role.allow(...permissions);
    return [role];
  }
  if (Stack.of(role) !== Stack.of(scope) && role.node.defaultChild instanceof CfnRole) {
    const policy = policyHere(scope, role);
    policy.allow(...permissions);
    return [policy.resource];
  }
  permit(role, permissions.flatMap(p => typeof p === 'function' ? p() : [p]));
  return [role];
}

const POLICIES = Symbol.for('cdk-ml-patterns.policies-of-brought-roles');

function policyHere(scope: Construct, role: IRole): RolePolicy {
  const holder = scope as { [POLICIES]?: Map<IRole, RolePolicy> };
  holder[POLICIES] ??= new Map();
  const policy = holder[POLICIES].get(role) ?? new RolePolicy(scope, `PermissionsOf${role.node.id}${role.node.addr.slice(-8)}`, role.roleName);
  holder[POLICIES].set(role, policy);
  return policy;
}
