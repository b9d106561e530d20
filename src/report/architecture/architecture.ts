import { namedResources } from './names';
import { Layer, resourceType } from './resource-types';
import { groupBy } from '../json';
import { Resource, StackModel } from '../model';
import { References } from '../references';

/** One thing in the drawing: a resource with its parts, or many of a kind. */
export interface ArchitectureNode {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly stack: string;
  readonly layer: Layer;
}

/** What an arrow says. Permissions are references too, from a role to what its policies name. */
export type Relation = 'uses' | 'may use' | 'encrypted by' | 'deployed after' | 'refers by name to';

export interface ArchitectureEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
}

export interface Architecture {
  readonly nodes: ArchitectureNode[];
  readonly edges: ArchitectureEdge[];
}

/** More of one kind in one stack become one node. */
const MANY = 6;

export function architecture(stacks: readonly StackModel[], references: References): Architecture {
  const all = stacks.flatMap(s => s.resources);
  const home = new Map(all.map(r => [r, wholeOf(r, references)]));
  const wholes = all.filter(r => home.get(r) === r);
  const nodes = new Map<string, ArchitectureNode>();
  const nodeIds = new Map<Resource, string>();
  for (const group of groupBy(wholes, r => `${r.stack.key} ${r.type}`).values()) {
    const { layer, name } = resourceType(group[0].type);
    const many = group.length > MANY;
    for (const r of group) {
      const id = many ? `${r.stack.key} ${r.type}` : r.key;
      nodeIds.set(r, id);
      nodes.set(id, { id, title: many ? `${group.length} × ${name}` : withoutStack(r), kind: many ? '' : name, stack: r.stack.name, layer });
    }
  }
  const edges = new Map<string, ArchitectureEdge>();
  const connect = (a: Resource, b: Resource, relation: Relation) => {
    const [from, to] = [nodeIds.get(home.get(a) ?? a), nodeIds.get(home.get(b) ?? b)];
    if (from === undefined || to === undefined || from === to || edges.has(`${from} ${to}`)) { return; }
    edges.set(`${from} ${to}`, { from, to, relation });
  };
  const policy = (r: Resource) => resourceType(r.type).layer !== 'Identity' && r.type.endsWith('Policy');
  all.filter(r => !policy(r)).forEach(r => references.within(r.stack, r.properties).forEach(t => connect(r, t, relationOf(r, t))));
  // The policy of a queue names who may send to it: the arrow goes the other way round.
  all.filter(policy).forEach(r => references.within(r.stack, r.properties).forEach(t => connect(t, r, 'may use')));
  const named = namedResources(all);
  all.filter(r => resourceType(r.type).layer !== 'Identity').forEach(r => named(r).forEach(t => connect(r, t, 'refers by name to')));
  const byId = new Map(all.map(r => [r.key, r]));
  all.forEach(r => r.dependsOn.forEach(d => connect(r, byId.get(`${r.stack.key}.${d}`) ?? r, 'deployed after')));
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function relationOf(from: Resource, to: Resource): Relation {
  if (resourceType(from.type).layer === 'Identity') { return 'may use'; }
  return to.type === 'AWS::KMS::Key' ? 'encrypted by' : 'uses';
}

/** The resource that `resource` is a part of, or itself. */
function wholeOf(resource: Resource, references: References, depth = 0): Resource {
  const { partOf } = resourceType(resource.type);
  const owner = partOf === undefined ? undefined : references.within(resource.stack, resource.properties[partOf])[0];
  // A template can name itself in a circle; a few steps are enough for every real one.
  return owner === undefined || depth > 4 ? resource : wholeOf(owner, references, depth + 1);
}

function withoutStack({ path, stack }: Resource): string {
  return path.startsWith(`${stack.name}/`) ? path.slice(stack.name.length + 1) : path;
}
