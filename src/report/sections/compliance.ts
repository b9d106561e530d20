import { acceptedOf, ComplianceReport, openOf, PackResult, ReportedFinding, verdictOf } from '../compliance';
import { html, Html, nothing } from '../html';
import { count, groupBy } from '../json';
import { Report } from '../report';

/** What the checks found, pack by pack. */
export function complianceSection({ compliance }: Report): Html {
  return html`<section id="compliance">
<h2>Compliance</h2>
${compliance.judged === 0 ? html`<p class="lead">No construct in this assembly has judged itself.</p>`
  : html`<p class="lead">${count(compliance.judged, 'construct')} with ${count(compliance.resources, 'resource')} judged at synth: ${verdictOf(compliance).words.toLowerCase()}.</p>`}
${notes(compliance)}
${[...groupBy(compliance.results, r => r.pack)].map(([pack, results]) => packPart(pack, results, compliance.passed.get(pack) ?? []))}
${compliance.annotations.length === 0 ? '' : html`<h3>What synth said besides</h3>
<ul class="findings">${compliance.annotations.map(a => html`<li class="${a.level}"><span class="verb">${a.level}</span><div><p>${a.path}</p><p class="quiet">${a.text}</p></div></li>`)}</ul>`}
</section>`;
}

function notes({ off, reportOnly }: ComplianceReport): Html {
  return html`${note('Checks were off for', off)}
${note('Findings are reported and do not stop synth for', reportOnly)}`;
}

function note(words: string, paths: readonly string[]): Html {
  return paths.length === 0 ? nothing : html`<p class="note">${words} <strong>${paths.join(', ')}</strong>.</p>`;
}

function packPart(pack: string, results: readonly PackResult[], passed: readonly string[]): Html {
  const findings = results.flatMap(r => r.findings);
  const [open, accepted] = [openOf(findings), acceptedOf(findings)];
  return html`<article>
<h3>${pack}</h3>
<div class="scroll"><table class="packs">
<thead><tr><th>Construct</th><th class="number">Rules that applied</th><th class="number">Open</th><th class="number">Accepted</th></tr></thead>
<tbody>${results.map(r => html`<tr><td>${r.construct}</td><td class="number">${r.rules}</td><td class="number">${tally(openOf(r.findings).length, 'open')}</td><td class="number">${
  tally(acceptedOf(r.findings).length, '')}</td></tr>`)}</tbody>
</table></div>
${open.length === 0 ? html`<p class="good">✓ Nothing open.</p>` : html`<h4>Open</h4>
<ul class="findings">${open.map(f => html`<li class="${f.level}"><span class="verb">${f.level}</span><div><p><code>${f.rule}</code> <span class="quiet">at</span> ${f.path}</p><p class="quiet">${f.info}</p></div></li>`)}</ul>`}
${accepted.length === 0 ? '' : html`<h4>Accepted, with the reason</h4>
${acceptedPart(accepted)}`}
${passed.length === 0 ? '' : html`<h4>Satisfied everywhere</h4>
<p>${passed.map(rule => html`<code class="rule">${rule}</code>`)}</p>`}
</article>`;
}

/** One entry for each reason, which often covers several findings. */
function acceptedPart(accepted: readonly ReportedFinding[]): Html {
  const groups = [...groupBy(accepted, f => f.reason ?? '').values()];
  return html`<ul class="findings">${groups.map(group => html`<li class="accepted"><span class="verb">accepted</span><div><p>${group[0].reason}</p>
${[...groupBy(group, f => f.path)].map(([path, findings]) => html`<p class="quiet">${path}</p>
${findings.map(f => html`<code class="rule" title="${f.info}">${f.rule}</code>`)}`)}</div></li>`)}</ul>`;
}

function tally(n: number, state: string): Html {
  return n === 0 ? html`<span class="quiet">–</span>` : html`<span class="${state}">${n}</span>`;
}
