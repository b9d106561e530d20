import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/** All pipelines of each app by their names, in the order in which they were made. */
const APPS = new WeakMap<IConstruct, { readonly scope: Construct; readonly name: string }[]>();

/** A name is one pipeline of an account and a Region: the second stack that makes it would fail, or find what the first has made. */
export function watchForNames(scope: Construct, name: string): void {
  const app = scope.node.root;
  const before = APPS.get(app) ?? [];
  APPS.set(app, [...before, { scope, name }]);
  scope.node.addValidation({
    validate: () => before.filter(other => Token.compareStrings(other.name, name) === TokenComparison.SAME && sharePlace(other.scope, scope))
      .map(other => `the pipeline at '${other.scope.node.path}' has the same pipelineName in the same account and Region, '${name}'`),
  });
}

/** In one stack, or in two that are both said to be in the same place. */
function sharePlace(one: Construct, other: Construct): boolean {
  const [a, b] = [Stack.of(one), Stack.of(other)];
  return a === b || [[a.account, b.account], [a.region, b.region]].every(([x, y]) => Token.compareStrings(x, y) === TokenComparison.SAME);
}
