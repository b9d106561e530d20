import { PipelineStep, stepWords } from './steps';
import { StepBranch } from '../../compliance/step-branches';
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
    const order = step.after.filter(a => names.has(a.step) && !(reads.has(a.step) && a.ended === ''))
      .map((a): PipelineEdge => ({ from: a.step, to: step.name, text: a.ended, kind: 'order' }));
    return [...data, ...order, ...branchEdge(step, steps)];
  });
}

const BRANCH_WORDS: Record<StepBranch, string> = { IfSteps: 'if so', ElseSteps: 'else', ForEachBody: 'for each' };

/** Only the first steps of a branch hang on the step that holds it; the others hang on those. */
function branchEdge(step: PipelineStep, steps: readonly PipelineStep[]): PipelineEdge[] {
  const { branch } = step;
  if (branch === undefined) { return []; }
  const siblings = steps.filter(s => s.branch?.of === branch.of && s.branch.key === branch.key).map(s => s.name);
  const waits = [...step.after, ...step.reads].map(r => r.step).some(n => n !== step.name && siblings.includes(n));
  return waits ? [] : [{ from: branch.of, to: step.name, text: BRANCH_WORDS[branch.key], kind: 'branch' }];
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
