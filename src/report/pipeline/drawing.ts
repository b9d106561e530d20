import { PipelineStep, stepWords } from './steps';
import { cssClass } from '../architecture/drawing';
import { Graph, label } from '../graphviz';
import { groupBy } from '../json';

/** An arrow of the drawing. */
export interface PipelineEdge {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly kind: 'data' | 'branch' | 'order';
}

/** Data that flows, branches that are taken, and steps that only wait for each other. */
export function pipelineEdges(steps: readonly PipelineStep[]): PipelineEdge[] {
  const names = new Set(steps.map(s => s.name));
  return steps.flatMap(step => {
    const reads = groupBy(step.reads.filter(r => names.has(r.step) && r.step !== step.name), r => r.step);
    const data = [...reads].map(([from, all]): PipelineEdge => ({ from, to: step.name, text: [...new Set(all.map(r => r.what))].join(', '), kind: 'data' }));
    const order = step.after.filter(a => names.has(a) && !reads.has(a)).map((from): PipelineEdge => ({ from, to: step.name, text: '', kind: 'order' }));
    return [...data, ...order, ...branchEdge(step, steps)];
  });
}

/** Only the first steps of a branch hang on the condition; the others hang on those. */
function branchEdge(step: PipelineStep, steps: readonly PipelineStep[]): PipelineEdge[] {
  const { branch } = step;
  if (branch === undefined) { return []; }
  const siblings = steps.filter(s => s.branch?.condition === branch.condition && s.branch.when === branch.when).map(s => s.name);
  const waits = [...step.after, ...step.reads.map(r => r.step)].some(n => n !== step.name && siblings.includes(n));
  return waits ? [] : [{ from: branch.condition, to: step.name, text: branch.when === 'if' ? 'if so' : 'else', kind: 'branch' }];
}

export function pipelineDrawing(steps: readonly PipelineStep[]): Graph {
  return {
    directed: true,
    graphAttributes: { rankdir: 'TB', ranksep: 0.42, nodesep: 0.3 },
    nodes: steps.map(s => ({
      name: s.name,
      attributes: {
        label: label(s.name, s.type === 'Condition' ? s.detail : [stepWords(s.type), s.type === 'Fail' ? '' : s.detail].filter(t => t !== '').join(' · ')),
        class: `step ${cssClass(s.type)}`,
        ...s.type === 'Condition' ? { shape: 'hexagon', style: 'filled', margin: '0.02,0.05' } : {},
      },
    })),
    edges: pipelineEdges(steps).map(e => ({
      tail: e.from, head: e.to, attributes: { class: e.kind, ...e.text === '' ? {} : { label: ` ${label(e.text)} ` } },
    })),
  };
}
