import { checkForEach } from './check-for-each';
import { circles } from './graph';
import { PipelineVariable } from './pipeline-variable';
import { renderVariables } from './render';
import { Problems } from '../../core/problems';
import { PipelineStep } from '../steps/pipeline-step';
import { StepContext } from '../steps/step-context';

/** A step and the branches that it stands in, the outermost first. */
interface Placed {
  readonly step: PipelineStep;
  readonly branches: string[];
}

/** Every step is there that another waits for, can be seen from there, and none waits for itself. */
export function checkGraph(steps: PipelineStep[], context: StepContext, problems: Problems): void {
  const all = placed(steps, []);
  const names = all.map(p => p.step.stepName);
  const has = `the pipeline has no such step; it has: ${names.join(', ')}`;
  const met = all.flatMap(from => readBy(from.step, context).map(v => ({ from, variable: v })));
  checkForEach(all.map(p => p.step), met.map(({ from, variable }) => ({ step: from.step, variable })), problems);
  const reads = met.filter(r => nameIn(r.variable) !== undefined);
  for (const { variable } of reads.filter(r => placeOf(r.variable, all) === undefined)) {
    problems.check(false, `output of step '${nameIn(variable)}' is used, but ${names.includes(nameIn(variable)!) ? 'it belongs to another step of this name' : has}`);
  }
  const known = reads.flatMap(({ from, variable }) => { const to = placeOf(variable, all); return to === undefined ? [] : [{ from, to }]; });
  known.forEach(({ from, to }) => checkSight(from, to, 'uses the output of', problems));
  for (const from of all) {
    for (const other of from.step._after) {
      const to = all.find(p => p.step === other);
      problems.check(to !== undefined, `step '${from.step.stepName}' runs after '${other.stepName}', which the pipeline does not have`);
      problems.check(other._type !== 'Fail', `step '${from.step.stepName}' runs after '${other.stepName}', which ends the execution`);
      if (to !== undefined) { checkSight(from, to, 'runs after', problems); }
    }
  }
  const waits = [
    ...known.map(({ from, to }) => ({ from: from.step.stepName, to: to.step.stepName })),
    ...all.flatMap(({ step }) => step._after.map(to => ({ from: step.stepName, to: to.stepName }))),
    ...all.flatMap(({ step }) => step._all().filter(inner => inner !== step).map(inner => ({ from: inner.stepName, to: step.stepName }))),
  ];
  if (new Set(names).size < names.length) { return; } // which of two is meant cannot be said
  circles(names, waits).forEach(circle => problems.check(false, `steps wait for each other: ${circle.join(' → ')}`));
}

function placed(steps: PipelineStep[], branches: string[]): Placed[] {
  return steps.flatMap(step => [
    { step, branches },
    ...step._branches().flatMap(b => placed(b.steps, [...branches, `${b.key} of '${step.stepName}'`])),
  ]);
}

/** A step in a branch is seen only from within the same branch, since otherwise it may never run. */
function checkSight(from: Placed, to: Placed, does: string, problems: Problems): void {
  const seen = to.branches.every((b, i) => from.branches[i] === b);
  problems.check(seen, `step '${from.step.stepName}' ${does} '${to.step.stepName}', which only runs in the ${to.branches[to.branches.length - 1]}`);
}

/** Variables that a step uses by itself, not in its branches. */
function readBy(step: PipelineStep, context: StepContext): PipelineVariable[] {
  const met: PipelineVariable[] = [];
  renderVariables(step._renderAlone(context), v => met.push(v));
  return met;
}

function placeOf(variable: PipelineVariable, all: Placed[]): Placed | undefined {
  return all.find(({ step }) => variable._step === undefined ? step.stepName === nameIn(variable) : step === variable._step);
}

function nameIn(variable: PipelineVariable): string | undefined {
  return /^Steps\.([^.]+)\./.exec(variable.path)?.[1];
}
