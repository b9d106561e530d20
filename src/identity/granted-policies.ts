import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct } from 'constructs';
import { PolicySeries } from './policy-series';
import { Statement, Written, written } from './policy-size';
import { judgedByOthers } from '../compliance/ours';

const ID = 'GrantedPolicy';

/** What others grant to a role of the library, in as many managed policies as that takes. */
export class GrantedPolicies {
  private readonly statements: PolicyStatement[] = [];
  private readonly series: PolicySeries;
  private known?: { readonly text: string; readonly all: Written[] };

  constructor(private readonly role: Construct, roleName: string) {
    this.series = new PolicySeries(role, {
      statements: () => this.all(),
      make: (index, part) => {
        const policyDocument = Lazy.uncachedAny({ produce: () => minimized(part().map(({ statement }) => PolicyStatement.fromJson(statement))) });
        const policy = new CfnManagedPolicy(role, index === 0 ? ID : `${ID}${index + 1}`, { policyDocument, roles: [roleName] });
        judgedByOthers(policy);
        return policy;
      },
    });
    const { made } = this.series;
    Dependable.implement(this, { get dependencyRoots() { return made as IConstruct[]; } });
  }

  /** Policies that hold anything. */
  public get needed(): number {
    return this.series.needed;
  }

  public add(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  /** Merged and measured once, unless a statement has changed since. */
  private all(): Written[] {
    const text = JSON.stringify(this.statements);
    if (this.known?.text !== text) { this.known = { text, all: this.merged().flatMap(one => written(one)) }; }
    return this.known.all;
  }

  /** A document merges its statements when it is resolved. Copies are merged: what a template is made of can no longer be changed. */
  private merged(): Statement[] {
    const document = minimized(this.statements.map(s => s.copy()));
    Stack.of(this.role).resolve(document);
    return document.toJSON().Statement;
  }
}

function minimized(statements: PolicyStatement[]): PolicyDocument {
  return new PolicyDocument({ statements, minimize: true });
}
