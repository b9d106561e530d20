import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Marks the constructs of this library; shared by every copy of it in one program. */
const OURS = Symbol.for('cdk-ml-patterns.ours');

/** Marks what others put inside a construct of this library. */
const OTHERS = Symbol.for('cdk-ml-patterns.judged-by-others');

/** Says that `scope` is a construct of the library. */
export function markOurs(scope: IConstruct): void {
  Object.defineProperty(scope, OURS, { value: true });
}

/** Says that the content of `scope` comes from the consumer, so that only the consumer's own checks judge it. */
export function judgedByOthers(scope: IConstruct): void {
  Object.defineProperty(scope, OTHERS, { value: true });
}

/** Nothing of ours stands above `scope`: its check covers what is below, so nothing is checked twice. */
export function isOutermost(scope: IConstruct): boolean {
  return !scope.node.scopes.slice(0, -1).some(parent => OURS in parent);
}

/** The resources below `scope` that the library answers for. */
export function ownResources(scope: IConstruct): CfnResource[] {
  if (OTHERS in scope || Stage.isStage(scope)) { return []; }
  const self = CfnResource.isCfnResource(scope) ? [scope] : [];
  return [...self, ...scope.node.children.flatMap(ownResources)];
}

/** All resources below `scope`, whoever made them. */
export function allResources(scope: IConstruct): CfnResource[] {
  return scope.node.findAll().filter(c => CfnResource.isCfnResource(c));
}
