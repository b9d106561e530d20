import { Lazy } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnManagedPolicyProps } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { excusesOf, Permission, renderPermission } from './permission-statement';
import { PolicySeries } from './policy-series';
import { Written, written } from './policy-size';
import { excuse } from '../compliance/excuses';
import { warnLate } from '../compliance/late-warning';
import { madeLate } from '../compliance/ours';

/** Permissions, or a function that is asked at synth, when everything is known. */
export type Permissions = Permission | (() => Permission[]);

/** Managed policies that a role may have, unless AWS raises the quota. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_ATTACHED = 10;

/** Id of the first policy; the others are numbered. */
const FIRST = 'Resource';

const WRITTEN = new WeakMap<Permission, Written[]>();

/** What the library lets a role do, in as many managed policies as that takes, with the reasons for wildcards. */
export class RolePolicy extends Construct {
  private readonly permissions: Permissions[] = [];

  /** `attached` tells how many policies the role has beside these, as far as that is known. */
  constructor(scope: Construct, id: string, private readonly roleName: string, attached: () => number = () => 0) {
    super(scope, id);
    const series = new PolicySeries(this, { statements: () => this.all(), make: (index, part) => this.policy(index, part) });
    this.node.addValidation({
      validate: () => {
        this.count(series.needed + attached());
        return [];
      },
    });
  }

  public allow(...permissions: Permissions[]): void {
    this.permissions.push(...permissions);
  }

  private policy(index: number, part: () => Written[]): CfnManagedPolicy {
    const resource = new NeededPolicy(this, index === 0 ? FIRST : `${FIRST}${index + 1}`, () => part().length > 0, {
      policyDocument: Lazy.uncachedAny({ produce: () => ({ Version: '2012-10-17', Statement: part().map(({ statement }) => statement) }) }),
      roles: [this.roleName],
    });
    if (index > 0) { madeLate(resource, this.node.findChild(FIRST) as CfnManagedPolicy); }
    excuse(resource, 'unknownNames', resolve => part().flatMap(({ statement, reason }) => excusesOf({ resources: [statement.Resource].flat(), reason }, resolve)));
    return resource;
  }

  private count(policies: number): void {
    if (policies <= MAX_ATTACHED) { return; }
    warnLate(this, 'cdk-ml-patterns:manyRolePolicies', `The role has ${policies} managed policies, and IAM attaches ${MAX_ATTACHED} to a role unless its quota is raised: `
      + 'let AWS raise it, or split the work among constructs with roles of their own.');
  }

  /** Each text once, since several parts of a construct may need the same. */
  private all(): Written[] {
    const permissions = this.permissions.flatMap(p => typeof p === 'function' ? p() : [p]);
    return [...new Map(permissions.flatMap(inPolicy).map(one => [one.text, one])).values()];
  }
}

/** IAM takes no policy without a statement, so one is left out that has none when the template is written. */
class NeededPolicy extends CfnManagedPolicy {
  constructor(scope: Construct, id: string, private readonly isNeeded: () => boolean, props: CfnManagedPolicyProps) {
    super(scope, id, props);
  }

  protected shouldSynthesize(): boolean {
    return this.isNeeded();
  }
}

/** Written once, since each pass of a synth asks for it. */
function inPolicy(permission: Permission): Written[] {
  const made = WRITTEN.get(permission) ?? written(renderPermission(permission), permission.reason);
  WRITTEN.set(permission, made);
  return made;
}
