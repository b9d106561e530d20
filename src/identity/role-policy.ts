import { Aspects, Lazy, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnManagedPolicyProps } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { excusesOf, Permission, renderPermission } from './permission-statement';
import { MAX_SIZE, sizeOf, TOO_LATE } from './policy-size';
import { excuse } from '../compliance/excuses';
import { madeLate } from '../compliance/ours';

/** Permissions, or a function that is asked at synth, when everything is known. */
export type Permissions = Permission | (() => Permission[]);

/** Managed policies that a role may have, unless AWS raises the quota. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_ATTACHED = 10;

/** A permission as a policy holds it. */
interface Written {
  readonly permission: Permission;
  readonly text: string;
  readonly size: number;
}

const WRITTEN = new WeakMap<Permission, Written[]>();

/** What the library lets a role do, in as many managed policies as that takes, with the reasons for wildcards. */
export class RolePolicy extends Construct {
  private readonly permissions: Permissions[] = [];
  private readonly made: CfnManagedPolicy[] = [];

  constructor(scope: Construct, id: string, private readonly roleName: string) {
    super(scope, id);
    this.policy(0, 'Resource');
    Aspects.of(this).add({ visit: node => { if (node === this) { this.split(); } } });
    this.node.addValidation({ validate: () => [...this.parts().length <= this.made.length ? [] : [TOO_LATE], ...this.tooLarge()] });
  }

  public allow(...permissions: Permissions[]): void {
    this.permissions.push(...permissions);
  }

  private policy(index: number, id: string): void {
    // the last one takes what comes when no more can be made, so that nothing is lost without a word
    const part = () => index === this.made.length - 1 ? this.parts().slice(index).flat() : this.parts()[index] ?? [];
    const resource = new NeededPolicy(this, id, () => part().length > 0, {
      policyDocument: Lazy.uncachedAny({ produce: () => ({ Version: '2012-10-17', Statement: part().map(renderPermission) }) }),
      roles: [this.roleName],
    });
    this.made.push(resource);
    if (index > 0) { madeLate(resource, this.made[0]); }
    excuse(resource, 'unknownNames', resolve => part().flatMap(p => excusesOf(p, resolve)));
  }

  /** At synth, since only then all permissions are known. */
  private split(): void {
    this.parts().forEach((_, i) => {
      const id = i === 0 ? 'Resource' : `Resource${i + 1}`;
      if (this.node.tryFindChild(id) === undefined) { this.policy(i, id); }
    });
    if (this.made.length > MAX_ATTACHED) {
      Validations.of(this).addWarning('cdk-ml-patterns:manyRolePolicies', `What is needed fills ${this.made.length} managed policies, and IAM attaches ${MAX_ATTACHED} to a role unless `
        + 'its quota is raised: let AWS raise it, or split the work among constructs with roles of their own.');
    }
  }

  /** What no policy holds: a single resource, or conditions, of that length. */
  private tooLarge(): string[] {
    const large = [...this.all().values()].filter(({ size }) => size > MAX_SIZE);
    return large.map(({ permission, size }) => `A statement with ${permission.actions.join(', ')} takes about ${size} characters, and IAM takes ${MAX_SIZE} in a policy.`);
  }

  private parts(): Permission[][] {
    const parts: Permission[][] = [[]];
    let size = 0;
    for (const { permission, size: more } of this.all().values()) {
      if (size + more > MAX_SIZE && parts.at(-1)!.length > 0) {
        parts.push([]);
        size = 0;
      }
      parts.at(-1)!.push(permission);
      size += more;
    }
    return parts;
  }

  /** By their text, since several parts of a construct may need the same. */
  private all(): Map<string, Written> {
    const all = new Map<string, Written>();
    for (const p of this.permissions) {
      for (const permission of typeof p === 'function' ? p() : [p]) {
        written(permission).forEach(as => all.set(as.text, as));
      }
    }
    return all;
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

/** Written once, since each pass of a synth asks for it; in parts, if its resources do not fit one policy. */
function written(permission: Permission): Written[] {
  const known = WRITTEN.get(permission);
  if (known !== undefined) { return known; }
  const text = JSON.stringify(renderPermission(permission));
  const size = sizeOf(text);
  const { resources } = permission;
  const half = Math.ceil(resources.length / 2);
  const made = size <= MAX_SIZE || resources.length < 2 ? [{ permission, text, size }]
    : [resources.slice(0, half), resources.slice(half)].flatMap(part => written({ ...permission, resources: part }));
  WRITTEN.set(permission, made);
  return made;
}
