import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Marks the constructs of this library; shared by every copy of it in one program. */
const OURS = Symbol.for('cdk-ml-patterns.ours');

/** Marks what others put inside a construct of this library. */
const OTHERS = Symbol.for('cdk-ml-patterns.judged-by-others');

/** Holds what a constructor of the library made. */
const MADE = Symbol.for('cdk-ml-patterns.made');

/** Marks what the library makes after its constructors. */
const LATE = Symbol.for('cdk-ml-patterns.made-late');

/** Says that `scope` is a construct of the library. */
export function markOurs(scope: IConstruct): void {
  Object.defineProperty(scope, OURS, { value: true });
}

/** Says that the content of `scope` comes from the consumer, so that only the consumer's own checks judge it. */
export function judgedByOthers(scope: IConstruct): void {
  Object.defineProperty(scope, OTHERS, { value: true });
}

/**
 * Says that all that stands below `scope` now was made by its constructor; what comes later is the consumer's.
 *
 * A construct of ours made on the way is a part of `scope`; one that the consumer puts there later answers for itself.
 */
export function sealOurs(scope: IConstruct): void {
  scope.node.findAll().filter(c => OURS in c).forEach(c => Object.defineProperty(c, MADE, { value: new Set(), configurable: true }));
  Object.defineProperty(scope, MADE, { value: new Set(ownResources(scope)), configurable: true });
}

/** Says that the library makes `resource` only at synth, as a part of `first`. */
export function madeLate(resource: CfnResource, first: CfnResource): void {
  Object.defineProperty(resource, LATE, { value: first });
}

/** The resources that the constructor of `scope` made and that are still there; none where it is a part of another construct of ours. */
export function madeResources(scope: IConstruct): CfnResource[] {
  const made: Set<CfnResource> | undefined = (scope as any)[MADE];
  return ownResources(scope).filter(r => made === undefined || made.has(r) || made.has((r as any)[LATE]));
}

/** The resources below `scope`, but for what others put there by way of the library, and for other stages. */
export function ownResources(scope: IConstruct): CfnResource[] {
  if (OTHERS in scope || Stage.isStage(scope)) { return []; }
  const self = CfnResource.isCfnResource(scope) ? [scope] : [];
  return [...self, ...scope.node.children.flatMap(ownResources)];
}

/** The constructs of the library at and below `scope`. */
export function areOurs(scope: IConstruct): IConstruct[] {
  return scope.node.findAll().filter(c => OURS in c);
}

/** All resources below `scope`, whoever made them. */
export function allResources(scope: IConstruct): CfnResource[] {
  return scope.node.findAll().filter(c => CfnResource.isCfnResource(c));
}
