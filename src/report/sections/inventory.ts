import { cssClass } from '../architecture/drawing';
import { html, Html } from '../html';
import { Report } from '../report';

export function inventorySection({ inventory }: Report): Html {
  return html`<section id="resources">
<h2>Resources</h2>
<div class="scroll"><table class="inventory">
<thead><tr><th>Layer</th><th>Resource</th><th class="number">Count</th><th>What it is for</th></tr></thead>
<tbody>
${inventory.map((r, i) => html`<tr${inventory[i - 1]?.layer === r.layer ? html`` : html` class="first"`}><td>${
  inventory[i - 1]?.layer === r.layer ? '' : html`<span class="chip ${cssClass(r.layer)}">${r.layer}</span>`}</td><td>${r.name}<small>${r.type}</small></td><td class="number">${r.count}</td><td>${r.purpose}</td></tr>`)}
</tbody>
</table></div>
</section>`;
}
