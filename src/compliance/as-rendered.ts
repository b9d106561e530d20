import { App, CfnResource, Stack } from 'aws-cdk-lib';

/** Holds what a resource only points at. */
const ELSEWHERE = Symbol.for('cdk-ml-patterns.judged-as');

/** Says that rules look at these properties, made at synth, and not at those of the template, which only tell where the content lies. */
export function judgedAs(resource: CfnResource, properties: () => object): void {
  Object.defineProperty(resource, ELSEWHERE, { value: properties });
}

/** The properties of a resource as the template will hold them, property overrides included; none of one that it will not hold. */
export function renderedProperties(resource: CfnResource): any {
  const stack = Stack.of(resource);
  const template = stack.resolve((resource as any)._toCloudFormation());
  const [written] = Object.values<any>(template.Resources ?? {});
  return { ...written?.Properties, ...stack.resolve((resource as any)[ELSEWHERE]?.()) };
}

/**
 * A stand-in for a resource with property overrides, whose overridden attributes are those of the template; other resources are returned as
 * they are. cdk-nag reads attributes, which know nothing of overrides.
 */
export function asRendered(resource: CfnResource): CfnResource {
  const overridden = Object.keys((resource as any).rawOverrides?.Properties ?? {}).map(p => p.toLowerCase());
  const parsed = overridden.length === 0 ? undefined : reparsed(resource);
  if (parsed === undefined) { return resource; }
  const attributes = new Set<string | symbol>(Object.keys(parsed.cfnProperties).filter(p => overridden.includes(p.toLowerCase())));
  return new Proxy(resource, { get: (target, key) => attributes.has(key) ? parsed[key] : Reflect.get(target, key, target) });
}

/** The L1 that CDK makes of a resource of a template, as CfnInclude does, in an app of its own. */
function reparsed(resource: CfnResource): any {
  const template = { Type: resource.cfnResourceType, Properties: renderedProperties(resource) };
  const parser = { parseValue: (value: unknown) => value, handleAttributes: () => undefined };
  try {
    const scratch = new Stack(new App({ autoSynth: false, analyticsReporting: false }), 'Scratch');
    return (resource.constructor as any)._fromCloudFormation(scratch, 'Resource', template, { parser });
  } catch {
    return undefined; // not an L1 of CDK, or one without a property it cannot be without: CloudFormation refuses that
  }
}
