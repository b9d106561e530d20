import { acceptedOf, verdictOf } from '../compliance';
import { html, Html } from '../html';
import { count } from '../json';
import { Report } from '../report';

/** The page in three lines. */
export function headline({ stacks, compliance, permissions, pipelines }: Report): Html {
  const resources = stacks.reduce((n, s) => n + s.resources.length, 0);
  const accepted = acceptedOf(compliance.results.flatMap(r => r.findings)).length;
  const verdict = verdictOf(compliance);
  const off = compliance.off.length === 0 ? '' : `, ${compliance.off.length} with checks off`;
  const statements = [...permissions.holders, ...permissions.resourcePolicies].reduce((n, p) => n + p.statements.length, 0);
  // Only the number of open findings stands in the verdict; accepted ones are no failure, but are told.
  const tile = (value: string | number, words: string, state = '') => html`<div class="tile ${state}"><b>${value}</b><span>${words}</span></div>`;
  return html`<header>
<p class="eyebrow">Cloud assembly report</p>
<h1>${stacks.filter(s => !s.nested).map(s => s.name).join(', ')}</h1>
<div class="tiles">
${tile(`${MARK[verdict.state]} ${verdict.words}`, `${count(compliance.judged, 'construct')} checked at synth${off}`, verdict.state)}
${tile(accepted, `accepted exception${accepted === 1 ? '' : 's'}`)}
${tile(stacks.length, stacks.length === 1 ? 'stack' : 'stacks')}
${tile(resources, resources === 1 ? 'resource' : 'resources')}
${tile(pipelines.length, pipelines.length === 1 ? 'pipeline' : 'pipelines')}
${tile(permissions.holders.length, `${permissions.holders.length === 1 ? 'role' : 'roles'}, ${count(statements, 'statement')}`)}
</div>
</header>`;
}

const MARK = { passed: '✓', warnings: '!', errors: '✗', none: '–' };
