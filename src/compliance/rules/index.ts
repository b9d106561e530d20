import { CfnResource } from 'aws-cdk-lib';
import { ML_RULES } from './ml-rules';
import { Rendered, infoOf } from './rule';
import { StackIndex } from './stack-index';
import { renderedProperties } from '../as-rendered';
import { acceptanceOf } from '../excuses';
import { Finding, Inspection, Pass } from '../finding';

export { ML_RULES } from './ml-rules';

/** What rules look at without judging it. */
const LOOKED_AT = ['AWS::S3::BucketPolicy'];

const TYPES = new Set([...ML_RULES.flatMap(r => r.types), ...LOOKED_AT]);

const RULES_BY_TYPE = new Map([...TYPES].map(type => [type, ML_RULES.filter(r => r.types.includes(type))]));

/** Judges resources by the library's own rules. */
export function inspectMlSecurity(resources: CfnResource[]): Inspection {
  const rendered = new Map<CfnResource, Rendered>();
  resources.filter(r => TYPES.has(r.cfnResourceType)).forEach(r => rendered.set(r, { type: r.cfnResourceType, properties: renderedProperties(r) }));
  const index = new StackIndex(rendered);
  const findings: Finding[] = [];
  const passes: Pass[] = [];
  for (const [node, resource] of rendered) {
    for (const rule of RULES_BY_TYPE.get(resource.type)!) {
      const found = rule.check(resource.properties, index.finder(node), index.referring(node));
      const ids = Array.isArray(found) ? found.map(f => `${rule.id}[${f}]`) : found ? [] : [rule.id];
      const path = node.node.path;
      ids.forEach(id => findings.push({ rule: id, level: rule.level, path, info: infoOf(rule), control: rule.control, ...acceptanceOf(node, id) }));
      if (ids.length === 0) { passes.push({ rule: rule.id, path, info: infoOf(rule), control: rule.control }); }
    }
  }
  return { rules: new Set([...findings.map(f => f.rule.split('[')[0]), ...passes.map(p => p.rule)]).size, findings, passes };
}
