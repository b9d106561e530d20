import { CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, IConstruct } from 'constructs';

const REFERENCE = /"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"|\$\{(\w+)/g;

/** What resources of a stack need of it, as it is now: what they refer to and what they wait for. Each is read once, and only when something asked about leads to it. */
export class Needs {
  private readonly byId: Map<string, CfnResource>;
  private readonly known = new Map<CfnResource, Set<CfnResource>>();

  constructor(private readonly stack: Stack) {
    this.byId = new Map(this.resourcesIn(stack).map(r => [stack.resolve(r.logicalId), r]));
  }

  /** Whether anything that a construct is made of needs a resource, however far. */
  public reach(from: IConstruct, resource: CfnResource): boolean {
    const found = new Set(this.resourcesIn(from));
    for (const next of found) { this.of(next).forEach(r => found.add(r)); } // a set is walked with what is added on the way
    return found.has(resource);
  }

  /** That a resource will wait for constructs. */
  public add(resource: CfnResource, constructs: IConstruct[]): void {
    const needs = this.of(resource);
    constructs.flatMap(c => this.resourcesIn(c)).forEach(r => needs.add(r));
  }

  private of(resource: CfnResource): Set<CfnResource> {
    const known = this.known.get(resource);
    if (known !== undefined) { return known; }
    const written = this.written(resource).map(id => this.byId.get(id)).filter(r => r !== undefined);
    const needs = new Set([...written, ...this.dependencies(resource).flatMap(c => this.resourcesIn(c))]);
    this.known.set(resource, needs);
    return needs;
  }

  /** Logical ids in its part of the template. */
  private written(resource: CfnResource): string[] {
    const { Resources: part = {} } = this.stack.resolve((resource as any)._toCloudFormation());
    const found = [...JSON.stringify(part).matchAll(REFERENCE)].map(([, ref, attribute, within]) => ref ?? attribute ?? within);
    return [...found, ...Object.values<any>(part).flatMap(({ DependsOn: ids = [] }) => ids)];
  }

  /** Of the resource and of what it is in; CDK writes them into the template later. */
  private dependencies(resource: CfnResource): IConstruct[] {
    const scopes = resource.node.scopes.slice(this.stack.node.scopes.length);
    return scopes.flatMap(s => s.node.dependencies).flatMap(d => Dependable.of(d).dependencyRoots);
  }

  private resourcesIn(construct: IConstruct): CfnResource[] {
    return construct.node.findAll().filter((c): c is CfnResource => CfnResource.isCfnResource(c) && c.stack === this.stack);
  }
}
