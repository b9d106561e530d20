import { resourceType } from '../architecture/resource-types';
import { html, Html, marked, nothing, words } from '../html';
import { Holder, ResourcePolicy } from '../iam/policies';
import { Sentence, verb } from '../iam/statement';
import { Wildcard } from '../iam/wildcards';
import { Report } from '../report';

/** Every statement of every policy in words. */
export function permissionsSection({ permissions: { holders, resourcePolicies } }: Report): Html {
  if (holders.length + resourcePolicies.length === 0) { return nothing; }
  return html`<section id="permissions">
<h2>Permissions</h2>
<p class="lead">Every statement of every policy. What is only known when the stacks deploy is shown by its construct path.</p>
${holders.map(holder)}
${resourcePolicies.length === 0 ? '' : html`<h3>Policies of resources</h3>`}
${resourcePolicies.map(resourcePolicy)}
</section>`;
}

function holder(h: Holder): Html {
  const nothingAllowed = h.statements.length + h.managed.length === 0;
  return html`<details class="card" open>
<summary><strong>${h.resource.path}</strong> <span class="quiet">${resourceType(h.resource.type).name}</span></summary>
${h.description === '' ? '' : html`<p class="quiet">${h.description}</p>`}
<ul class="statements">
${h.trust.map(s => html`<li class="trust"><span class="verb">${s.allow ? 'assumed by' : 'never by'}</span><div><p>${words(s.who ?? ['nobody'])}</p>${when(s)}</div></li>`)}
${h.statements.map(s => statement(s))}
${h.managed.map(arn => html`<li class="allow"><span class="verb">may</span><div><p>everything in the policy <code>${marked(arn)}</code>, which is not part of this assembly</p></div></li>`)}
${h.boundary === undefined ? '' : html`<li><span class="verb">limited by</span><div><p>permissions boundary <code>${marked(h.boundary)}</code></p></div></li>`}
${nothingAllowed ? html`<li><span class="verb"></span><div><p class="quiet">It has no permissions.</p></div></li>` : ''}
</ul>
</details>`;
}

function resourcePolicy(p: ResourcePolicy): Html {
  return html`<details class="card" open>
<summary><strong>${p.of}</strong> <span class="quiet">${resourceType(p.resource.type).name}</span></summary>
<ul class="statements">${p.statements.map(s => statement(s))}</ul>
</details>`;
}

function statement(s: Sentence): Html {
  const who = s.who === undefined ? '' : html`<p class="who">${words(s.who)}</p>`;
  return html`<li class="${s.allow ? 'allow' : 'deny'}"><span class="verb">${s.who === undefined ? verb(s) : s.allow ? 'allowed' : 'denied'}</span><div>${who}<p>${words(s.what)}${s.sid === undefined ? '' : html` <small>${s.sid}</small>`}</p>${
    s.on === undefined ? '' : html`<p class="on"><span class="quiet">on</span> ${words(s.on)}</p>`}${when(s)}${(s.wildcards ?? []).map(wildcard)}${s.note === undefined ? '' : html`<p class="quiet">${s.note}</p>`}</div></li>`;
}

function wildcard({ words: which, reason }: Wildcard): Html {
  return html`<p class="quiet">${words(which)}: ${reason ?? 'nobody has said why all of these'}</p>`;
}

function when(s: Sentence): Html {
  if (s.conditions.length === 0) { return nothing; }
  const first = s.allow ? 'only if' : 'if';
  return html`<p class="when">${s.conditions.map((c, i) => html`<span><span class="quiet">${i === 0 ? first : 'and'}</span> ${words(c)}</span>`)}</p>`;
}
