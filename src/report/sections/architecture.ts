import { Architecture, Relation } from '../architecture/architecture';
import { cssClass, drawing } from '../architecture/drawing';
import { LAYERS } from '../architecture/resource-types';
import { draw } from '../graphviz';
import { html, Html } from '../html';
import { Report } from '../report';

const RELATIONS: Relation[] = ['uses', 'refers by name to', 'may use', 'encrypted by', 'deployed after'];

/** The drawing, its legend, and the same in words. */
export async function architectureSection({ architecture }: Report): Promise<Html> {
  if (architecture.nodes.length === 0) { return html`<section id="architecture"><h2>Architecture</h2><p>There are no resources.</p></section>`; }
  const svg = await draw(drawing(architecture), `Architecture: ${architecture.nodes.length} nodes in layers; the same in words below`);
  return html`<section id="architecture">
<h2>Architecture</h2>
<p class="lead">Resources by layer. Policies stand with what they belong to.</p>
<figure class="graph">${svg}</figure>
<p class="sideways">Scroll the drawing sideways to see all of it.</p>
<ul class="legend">${RELATIONS.filter(r => architecture.edges.some(e => e.relation === r)).map(r => html`<li class="${cssClass(r)}">${r}</li>`)}</ul>
<details><summary>The drawing in words</summary>
${inWords(architecture)}
</details>
</section>`;
}

function inWords({ nodes, edges }: Architecture): Html[] {
  const titles = new Map(nodes.map(n => [n.id, n.title]));
  return LAYERS.filter(layer => nodes.some(n => n.layer === layer)).map(layer => html`<h4>${layer}</h4>
<ul class="plain">${nodes.filter(n => n.layer === layer).map(n => html`<li><strong>${n.title}</strong> (${[n.kind, n.stack].filter(t => t !== '').join(', ')})${
  edges.filter(e => e.from === n.id).map(e => html`<br><span class="quiet">${e.relation}</span> ${titles.get(e.to)}`)}</li>`)}</ul>`);
}
