import { Aspects, Lazy, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct } from 'constructs';
import { MAX_SIZE, resolvedSize, TOO_LATE } from './policy-size';
import { judgedByOthers } from '../compliance/ours';

const ID = 'GrantedPolicy';

/** What others grant to a role of the library, in as many managed policies as that takes. */
export class GrantedPolicies {
  private readonly statements: PolicyStatement[] = [];
  private readonly made: CfnManagedPolicy[] = [];

  constructor(private readonly role: Construct, private readonly roleName: string) {
    const made = this.made;
    Dependable.implement(this, { get dependencyRoots() { return made as IConstruct[]; } });
    this.policy(ID);
    Aspects.of(role).add({ visit: node => { if (node === role) { this.split(); } } });
    role.node.addValidation({ validate: () => this.parts().length <= this.made.length ? [] : [TOO_LATE] });
  }

  public add(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  private policy(id: string): void {
    const index = this.made.length;
    const policyDocument = Lazy.uncachedAny({ produce: () => this.document(index) });
    const policy = new CfnManagedPolicy(this.role, id, { policyDocument, roles: [this.roleName] });
    judgedByOthers(policy);
    this.made.push(policy);
  }

  /** At synth, since only then all that was granted is known. */
  private split(): void {
    while (this.made.length < this.parts().length) { this.policy(`${ID}${this.made.length + 1}`); }
  }

  /** The last one takes what comes when no more can be made, so that nothing is lost without a word. */
  private document(index: number): PolicyDocument {
    const last = index === this.made.length - 1;
    return minimized(last ? this.parts().slice(index).flat() : this.parts()[index] ?? []);
  }

  private parts(): PolicyStatement[][] {
    if (this.fits(this.statements)) { return [this.statements]; }
    const parts: PolicyStatement[][] = [[]];
    for (const statement of this.statements) {
      const part = parts.at(-1)!;
      if (part.length === 0 || this.fits([...part, statement])) {
        part.push(statement);
      } else {
        parts.push([statement]);
      }
    }
    return parts;
  }

  /** Copies are measured: what a template is made of can no longer be changed. */
  private fits(statements: PolicyStatement[]): boolean {
    const { Statement } = Stack.of(this.role).resolve(minimized(statements.map(s => s.copy()))) ?? {};
    return resolvedSize(Statement ?? []) <= MAX_SIZE;
  }
}

function minimized(statements: PolicyStatement[]): PolicyDocument {
  return new PolicyDocument({ statements, minimize: true });
}
