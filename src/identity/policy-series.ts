import { Aspects } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IAM_SIZE, leastSize, MAX_SIZE, Written } from './policy-size';
import { warnLate } from '../compliance/late-warning';

/** Said where aspects grant so much that no policy is left for it. */
const TOO_LATE = 'So much was granted while aspects ran that it does not fit the policies made before: grant it earlier.';

/** What a series of policies is made of. */
export interface PolicySeriesProps {
  /** All statements, asked again for each pass of a synth. */
  readonly statements: () => Written[];
  /** Makes one of the policies, of the statements of `part`. */
  readonly make: (index: number, part: () => Written[]) => CfnManagedPolicy;
}

/** Statements in as many managed policies as they take; there is always a first. */
export class PolicySeries {
  public readonly made: CfnManagedPolicy[] = [];

  constructor(private readonly scope: Construct, private readonly props: PolicySeriesProps) {
    this.add();
    Aspects.of(scope).add({ visit: node => { if (node === scope) { this.split(); } } });
    scope.node.addValidation({
      validate: () => {
        const parts = this.parts();
        return [...parts.length <= this.made.length ? [] : [TOO_LATE], ...this.tooLarge(parts.flat())];
      },
    });
  }

  /** Policies that hold anything. */
  public get needed(): number {
    return this.parts().filter(part => part.length > 0).length;
  }

  private add(): void {
    const index = this.made.length;
    this.made.push(this.props.make(index, () => this.part(index)));
  }

  /** At synth, since only then all statements are known. */
  private split(): void {
    const { length } = this.parts();
    while (this.made.length < length) { this.add(); }
  }

  /** The last one takes what comes when no more can be made, so that nothing is lost without a word. */
  private part(index: number): Written[] {
    const parts = this.parts();
    return index === this.made.length - 1 ? parts.slice(index).flat() : parts[index] ?? [];
  }

  private parts(): Written[][] {
    const parts: Written[][] = [[]];
    let size = 0;
    for (const statement of this.props.statements()) {
      if (size + statement.size > MAX_SIZE && parts.at(-1)!.length > 0) {
        parts.push([]);
        size = 0;
      }
      parts.at(-1)!.push(statement);
      size += statement.size;
    }
    return parts;
  }

  /** What no policy holds: a single resource, or conditions, of that length. Where that depends on references, it is a warning. */
  private tooLarge(statements: Written[]): string[] {
    const said = ({ statement: { Action, NotAction } }: Written, size: string) =>
      `A policy with a statement of ${[Action ?? NotAction].flat().join(', ')} alone takes ${size}, and IAM takes ${IAM_SIZE}.`;
    const large = statements.filter(({ size }) => size > MAX_SIZE);
    const [certain, likely] = [true, false].map(is => large.filter(one => leastSize(one) > IAM_SIZE === is));
    likely.forEach(one => warnLate(this.scope, 'cdk-ml-patterns:largeStatement', said(one, `about ${one.size} characters if its references become as long as they may`)));
    return certain.map(one => said(one, `at least ${leastSize(one)} characters`));
  }
}
