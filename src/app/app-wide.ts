import { Construct, IConstruct } from 'constructs';

/** What constructs tell each other across all stacks of an app, in the order in which they were made; those that have left the tree are not heard. */
export class AppWide<T extends { readonly scope: Construct }> {
  private readonly apps = new WeakMap<IConstruct, T[]>();

  public add(one: T): void {
    const app = one.scope.node.root;
    this.apps.set(app, [...this.apps.get(app) ?? [], one]);
  }

  /** All in the app of `scope`. */
  public around(scope: Construct): T[] {
    return (this.apps.get(scope.node.root) ?? []).filter(one => isInTree(one.scope));
  }
}

/** Whoever was taken out with `tryRemoveChild` still knows the parent, which knows of no such child. */
function isInTree(construct: Construct): boolean {
  return construct.node.scopes.every(c => c.node.scope === undefined || c.node.scope.node.tryFindChild(c.node.id) === c);
}
