import { CfnResource, Stack } from 'aws-cdk-lib';
import { endpointConfigKey } from './endpoint-config-key';
import { endpointRollbackAlarms } from './endpoint-rollback-alarms';
import { modelImagePinned } from './model-image-pinned';
import { modelNetworkIsolation } from './model-network-isolation';
import { registryPolicy } from './registry-policy';
import { repositoryImmutableTags } from './repository-immutable-tags';
import { repositoryScan } from './repository-scan';
import { roleFullAccess } from './role-full-access';
import { rolePassRole } from './role-pass-role';
import { roleTrust } from './role-trust';
import { roleWildcards } from './role-wildcards';
import { Find, MlRule, Rendered } from './rule';
import { variantInstanceCount } from './variant-instance-count';
import { renderedProperties } from '../as-rendered';
import { excuseFor } from '../excuses';
import { Finding, Inspection } from '../finding';

/** Name of the library's own pack. */
export const ML_SECURITY = 'MlSecurity';

/** How the ids of its rules begin. */
export const ML_PREFIX = 'ML-';

/** The pack, a row a rule. */
export const ML_RULES: MlRule[] = [
  modelNetworkIsolation, modelImagePinned, variantInstanceCount, endpointConfigKey, endpointRollbackAlarms, registryPolicy,
  repositoryScan, repositoryImmutableTags, roleWildcards, roleTrust, rolePassRole, roleFullAccess,
];

const TYPES = new Set(ML_RULES.flatMap(r => r.types));

/** Judges resources by the library's own rules. */
export function inspectMlSecurity(resources: CfnResource[]): Inspection {
  const rendered = new Map<CfnResource, Rendered>();
  resources.filter(r => TYPES.has(r.cfnResourceType)).forEach(r => rendered.set(r, { type: r.cfnResourceType, properties: renderedProperties(r) }));
  const finderFor = findersByStack(rendered);
  const applied = new Set<string>();
  const findings = [...rendered].flatMap(([node, resource]) => ML_RULES.filter(r => r.types.includes(resource.type)).flatMap((rule): Finding[] => {
    applied.add(rule.id);
    const found = rule.check(resource.properties, finderFor(node));
    const ids = Array.isArray(found) ? found.map(f => `${rule.id}[${f}]`) : found ? [] : [rule.id];
    return ids.map(id => ({ rule: id, level: rule.level, path: node.node.path, info: rule.info, reason: excuseFor(node, id) }));
  }));
  return { rules: applied.size, findings };
}

/** One look-up per stack, since a logical id means something in its own stack only. */
function findersByStack(rendered: Map<CfnResource, Rendered>): (from: CfnResource) => Find {
  const stacks = new Map<Stack, Map<string, Rendered>>();
  for (const [node, resource] of rendered) {
    const stack = Stack.of(node);
    stacks.set(stack, (stacks.get(stack) ?? new Map()).set(stack.resolve(node.logicalId), resource));
  }
  return from => (reference: any) => stacks.get(Stack.of(from))?.get(reference?.Ref ?? reference?.['Fn::GetAtt']?.[0]);
}
