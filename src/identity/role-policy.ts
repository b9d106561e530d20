import { Lazy } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { excusesOf, Permission, renderPermission } from './permission-statement';
import { excuse } from '../compliance/excuses';

/** Permissions, or a function that is asked at synth, when everything is known. */
export type Permissions = Permission | (() => Permission[]);

/** The policy that the library writes for a role, with the reasons for its wildcards. */
export class RolePolicy {
  public readonly resource: CfnManagedPolicy;
  private readonly permissions: Permissions[] = [];

  constructor(scope: Construct, id: string, roleName: string) {
    this.resource = new CfnManagedPolicy(scope, id, {
      policyDocument: Lazy.any({ produce: () => ({ Version: '2012-10-17', Statement: this.all().map(renderPermission) }) }),
      roles: [roleName],
    });
    excuse(this.resource, resolve => this.all().flatMap(p => excusesOf(p, resolve)));
  }

  public allow(...permissions: Permissions[]): void {
    this.permissions.push(...permissions);
  }

  /** Several parts of a construct may need the same. */
  private all(): Permission[] {
    const all = this.permissions.flatMap(p => typeof p === 'function' ? p() : [p]);
    return [...new Map(all.map(p => [JSON.stringify(renderPermission(p)), p])).values()];
  }
}
