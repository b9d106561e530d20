import { Evidence, EvidenceRow, grouped, Tally } from './evidence';

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8884}
.findings{table-layout:fixed}.findings th:nth-child(2){width:31%}.open{color:light-dark(#b00,#f77)}.accepted{color:light-dark(#850,#db6)}.passed{color:light-dark(#262,#7c7)}
code{font-size:.88em}td{overflow-wrap:anywhere}`;

/** The evidence as one page that needs nothing else. */
export function evidencePage({ verdict, total, packs, constructs, results }: Evidence): string {
  const findings = results.filter(r => r.verdict !== 'passed');
  const off = constructs.filter(c => c.enforcement === 'off').length;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Compliance report: ${verdict}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Compliance report: <span class="${verdict === 'passed' ? 'passed' : 'open'}">${verdict}</span></h1>
<p>${tallyWords(total)}, of ${constructs.length} constructs that judge themselves${off === 0 ? '' : `, <span class="open">${off} of them with checks off</span>`}.</p>
<h2>Constructs</h2>
${table(['Construct', 'Findings', 'Resources', 'Results'], constructs.map(c => [
  escape(c.construct), escape(c.enforcement === 'fail' ? 'stop synth' : c.enforcement), String(c.resources), c.total ? tallyWords(c.total) : '',
]))}
${section('Open', findings.filter(r => r.verdict === 'open'))}
${section('Accepted, with the reason', findings.filter(r => r.verdict === 'accepted'))}
<h2>Rules that applied</h2>
${packs.map(({ pack, rules }) => `<h3>${escape(pack)}</h3>
${table(['Rule', 'Control', 'Results'], rules.map(r => [`<code>${escape(r.rule)}</code>`, escape(r.control ?? ''), tallyWords(r)]))}`).join('\n')}
</body>
</html>
`;
}

function section(title: string, rows: EvidenceRow[]): string {
  if (rows.length === 0) { return `<h2>${title}</h2>\n<p>None.</p>`; }
  const byPack = grouped(rows, r => r.pack).map(([pack, ofPack]) => `<h3>${escape(pack)}</h3>
${table(['Rule', 'Resource', 'What the rule says', 'Reason'], ofPack.map(r => [
  `<code>${breakable(r.rule)}</code>`, `${breakable(r.resource)}<br><code>${escape(r.logicalId)}</code> in ${escape(r.template)}`, escape(r.info), (r.acceptances ?? []).map(({ by, reason }) => `<b>${by}:</b> ${escape(reason)}`).join('<br>'),
]), 'findings')}`);
  return `<h2>${title}</h2>\n${byPack.join('\n')}`;
}

function table(heads: string[], rows: string[][], kind?: string): string {
  const line = (cells: string[], cell: string) => `<tr>${cells.map(c => `<${cell}>${c}</${cell}>`).join('')}</tr>`;
  return `<table${kind ? ` class="${kind}"` : ''}>\n<thead>${line(heads, 'th')}</thead>\n<tbody>\n${rows.map(r => line(r, 'td')).join('\n')}\n</tbody>\n</table>`;
}

function tallyWords(tally: Tally): string {
  const words = (['open', 'accepted', 'passed'] as const).filter(v => tally[v] > 0).map(v => `<span class="${v}">${tally[v]} ${v}</span>`);
  return words.join(', ') || 'nothing applied';
}

/** Paths and ARNs are long: lines may end where a part of them does. */
function breakable(text: string): string {
  return text.split(/(?<=[/:])(?![/:])/).map(escape).join('<wbr>');
}

/** Names, reasons and paths come from others. */
function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
