import { Architecture, Relation } from './architecture';
import { LAYERS } from './resource-types';
import { Graph, label } from '../graphviz';

/** What holds the picture together; permissions, keys and order pull less. */
const PULLS: Relation[] = ['uses', 'refers by name to'];

/** The architecture as Graphviz takes it: one cluster for each layer. */
export function drawing({ nodes, edges }: Architecture): Graph {
  const severalStacks = new Set(nodes.map(n => n.stack)).size > 1;
  const used = LAYERS.filter(layer => nodes.some(n => n.layer === layer));
  return {
    directed: true,
    graphAttributes: { rankdir: 'LR', ranksep: 0.6, nodesep: 0.18 },
    subgraphs: used.map(layer => ({
      name: `cluster ${layer}`,
      graphAttributes: { label: label(layer), class: `layer ${cssClass(layer)}` },
      nodes: nodes.filter(n => n.layer === layer).map(n => ({
        name: n.id,
        attributes: {
          label: label(n.title, severalStacks ? [n.kind, n.stack].filter(t => t !== '').join(' · ') : n.kind),
          class: cssClass(layer),
        },
      })),
    })),
    edges: edges.map(e => ({ tail: e.from, head: e.to, attributes: { class: cssClass(e.relation), weight: PULLS.includes(e.relation) ? 4 : 1 } })),
  };
}

export function cssClass(words: string): string {
  return words.toLowerCase().replace(/\W+/g, '-');
}
