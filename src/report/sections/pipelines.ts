import { draw } from '../graphviz';
import { html, Html, marked, nothing } from '../html';
import { PipelineModel } from '../pipeline/definition';
import { pipelineDrawing, pipelineEdges } from '../pipeline/drawing';
import { parametersOf, PipelineStep, stepsOf, stepWords } from '../pipeline/steps';
import { Report } from '../report';

/** Each pipeline as a graph, with its parameters and steps. */
export async function pipelinesSection({ pipelines }: Report): Promise<Html> {
  if (pipelines.length === 0) { return nothing; }
  const parts = [];
  for (const pipeline of pipelines) { parts.push(await one(pipeline)); }
  return html`<section id="pipelines">
<h2>Pipelines</h2>
<p class="lead">Solid arrows carry data, named beside them; dashed ones only say what runs next.</p>
${parts}
</section>`;
}

async function one({ resource, name, definition, problem }: PipelineModel): Promise<Html> {
  const title = html`<h3>${resource.path}</h3>
<p class="quiet">Deployed as <code>${name}</code></p>`;
  if (definition === undefined) { return html`<article>${title}<p>${problem}</p></article>`; }
  const steps = stepsOf(definition);
  return html`<article>
${title}
<div class="split">
<figure class="graph">${await draw(pipelineDrawing(steps), `Pipeline ${name}: ${steps.map(s => s.name).join(', ')}; the same in words below`)}</figure>
${parametersTable(definition)}
</div>
<details><summary>The steps in words</summary><ol class="plain">${steps.map(s => stepItem(s, steps))}</ol></details>
</article>`;
}

function parametersTable(definition: Parameters<typeof parametersOf>[0]): Html {
  const parameters = parametersOf(definition);
  if (parameters.length === 0) { return html`<p class="quiet">It takes no parameters.</p>`; }
  return html`<div><h4>Parameters</h4><dl class="parameters">${parameters.map(p => html`<div><dt>${p.name} <small>${p.type}</small></dt>
<dd>${p.value === '' ? html`<em>no default: must be given</em>` : html`<code>${marked(p.value)}</code>`}${p.allowed === '' ? '' : html`<small>one of ${p.allowed}</small>`}</dd></div>`)}</dl></div>`;
}

function stepItem(step: PipelineStep, all: readonly PipelineStep[]): Html {
  const edges = pipelineEdges(all).filter(e => e.to === step.name && e.kind !== 'branch');
  return html`<li><strong>${step.name}</strong> (${stepWords(step.type)})${branchWords(step)}${step.detail === '' ? '' : html`<br><span class="quiet">${VERBS[step.type] ?? 'runs on'}</span> ${step.detail}`}${
    edges.map(e => html`<br><span class="quiet">${e.kind === 'data' ? `reads ${e.text} of` : 'runs after'}</span> ${e.from}${e.kind === 'data' || e.text === '' ? '' : `, ${e.text}`}`)}</li>`;
}

const VERBS: Record<string, string> = { Condition: 'asks', Fail: 'says', ForEach: 'repeats its steps for' };

function branchWords({ branch }: PipelineStep): Html | string {
  switch (branch?.key) {
    case undefined: return '';
    case 'ForEachBody': return html` — for each item of <strong>${branch!.of}</strong>`;
    default: return html` — ${branch!.key === 'IfSteps' ? 'if' : 'unless'} <strong>${branch!.of}</strong> holds`;
  }
}
