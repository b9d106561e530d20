import { CfnResource, Stack, Stage, Token, TokenComparison } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { AppWide } from './app-wide';
import { warnLate } from '../compliance/late-warning';
import { outermostStack } from '../core/stacks';

/** What has a name that nothing else of its kind may have in an account and a Region. */
interface Named {
  readonly scope: Construct;
  /** For example `pipeline`, whose name is the property `pipelineName`. */
  readonly what: string;
  readonly name: string;
}

const NAMES = new AppWide<Named>();

/**
 * A name is one thing of an account and a Region: the second stack that makes it would fail, or find what the first has made. Two of one stack, or of
 * stacks that are both said to be in one place, are an error at synth; whether two stages are deployed at once nobody knows.
 */
export function watchForNames(scope: Construct, what: string, name: string): void {
  const own: Named = { scope, what, name };
  NAMES.add(own);
  scope.node.addValidation({
    validate: () => {
      const all = NAMES.around(scope);
      const same = all.slice(0, Math.max(0, all.indexOf(own))).filter(other => collide(other, own));
      const said = (other: Named) => `the ${what} at '${other.scope.node.path}' has the same ${what}Name in the same account and Region, '${name}'`;
      const [here, elsewhere] = [true, false].map(is => same.filter(other => (Stage.of(other.scope) === Stage.of(scope)) === is));
      elsewhere.forEach(other => warnLate(scope, 'cdk-ml-patterns:sameName', `In another stage ${said(other)}: only one of the two stages can be deployed.`));
      return here.map(said);
    },
  });
}

function collide(one: Named, other: Named): boolean {
  return one.what === other.what && isSame(one.name, other.name) && sharePlace(one.scope, other.scope) && madeTogether(one.scope, other.scope);
}

/** In one stack, or in two that are both said to be in the same place; two of one name are the same stack, of which CloudFormation has one version. */
function sharePlace(one: Construct, other: Construct): boolean {
  const [a, b] = [one, other].map(c => outermostStack(Stack.of(c)));
  return a === b || (isSame(a.account, b.account) && isSame(a.region, b.region) && !isSame(a.stackName, b.stackName));
}

/** Under one condition or none; of others nobody knows before the deployment which of them hold. */
function madeTogether(one: Construct, other: Construct): boolean {
  const [a, b] = [one, other].map(c => [c.node.defaultChild, ...nestedStacks(c)].flatMap(conditionOf));
  return a.length === b.length && a.every(condition => b.includes(condition));
}

function nestedStacks(scope: Construct): (CfnResource | undefined)[] {
  return scope.node.scopes.filter(Stack.isStack).map(stack => stack.nestedStackResource);
}

function conditionOf(resource: IConstruct | undefined): object[] {
  const condition = CfnResource.isCfnResource(resource) ? resource.cfnOptions.condition : undefined;
  return condition === undefined ? [] : [condition];
}

function isSame(one: string, other: string): boolean {
  return Token.compareStrings(one, other) === TokenComparison.SAME;
}
