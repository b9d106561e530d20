import { CfnResource, Stack } from 'aws-cdk-lib';
import { Find, Referring, Rendered } from './rule';

/** The judged resources by stack, since a logical id means something in its own stack only. */
export class StackIndex {
  private readonly stacks = new Map<Stack, Map<string, Rendered>>();

  constructor(rendered: Map<CfnResource, Rendered>) {
    for (const [node, resource] of rendered) {
      const stack = Stack.of(node);
      this.stacks.set(stack, (this.stacks.get(stack) ?? new Map()).set(stack.resolve(node.logicalId), resource));
    }
  }

  /** Looks from one resource at those that it refers to. */
  public finder(from: CfnResource): Find {
    return (reference: any) => this.stacks.get(Stack.of(from))?.get(reference?.Ref ?? reference?.['Fn::GetAtt']?.[0]);
  }

  /** Looks from one resource at those that refer to it. */
  public referring(to: CfnResource): Referring {
    return (type, property) => {
      const of = (r: Rendered) => property === undefined ? r.properties : r.properties[property];
      const stack = Stack.of(to);
      const id = stack.resolve(to.logicalId);
      const names = (p: any) => p !== undefined && [`{"Ref":"${id}"}`, `{"Fn::GetAtt":["${id}",`].some(r => JSON.stringify(p).includes(r));
      return [...this.stacks.get(stack)?.values() ?? []].filter(r => r.type === type && names(of(r)));
    };
  }
}
