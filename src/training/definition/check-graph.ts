import { checkForEach } from './check-for-each';
import { checkOverrides } from './check-overrides';
import { circles } from './graph';
import { PlacedStep, Reading, stepNameIn, toldToWaitFor } from './placed-step';
import { outputsOf, reportsOf } from './step-parts';
import { Problems } from '../../core/problems';

/** A step that waits for another, since it uses its output or was told to. */
interface Waiting {
  readonly from: PlacedStep;
  readonly to: PlacedStep;
  readonly does: string;
}

/** Every step is there that another waits for, can be seen from there, and none waits for itself. */
export function checkGraph(all: PlacedStep[], problems: Problems): void {
  const names = all.map(p => p.step.stepName);
  const waiting = all.flatMap(from => [...readers(from, all, problems), ...followers(from, all, problems)]);
  waiting.forEach(w => checkSight(w, problems));
  all.forEach(p => checkOverrides(p, problems));
  checkForEach(all, problems);
  if (new Set(names).size < names.length) { return; } // which of two is meant cannot be said
  const inside = all.flatMap(({ step }) => step._all().filter(inner => inner !== step).map(inner => ({ from: inner.stepName, to: step.stepName })));
  const waits = [...waiting.map(({ from, to }) => ({ from: from.step.stepName, to: to.step.stepName })), ...inside];
  circles(names, waits).forEach(circle => problems.check(false, `steps wait for each other: ${circle.join(' → ')}`));
}

/** By the output that the step uses. */
function readers(from: PlacedStep, all: PlacedStep[], problems: Problems): Waiting[] {
  return from.readings.flatMap(reading => {
    const name = stepNameIn(reading.path);
    if (name === undefined) { return []; }
    const to = all.find(({ step }) => reading.variable?._step === undefined ? step.stepName === name : step === reading.variable._step);
    if (to === undefined) {
      const names = all.map(p => p.step.stepName);
      const why = names.includes(name) ? 'it belongs to another step of this name' : `the pipeline has no such step; it has: ${names.join(', ')}`;
      problems.check(false, `step '${from.step.stepName}' uses the output of '${name}', but ${why}`);
      return [];
    }
    checkMember(from, to, reading, problems);
    return [{ from, to, does: 'uses the output of' }];
  });
}

/** By what `after` says, or an override of it. */
function followers(from: PlacedStep, all: PlacedStep[], problems: Problems): Waiting[] {
  return toldToWaitFor(from.rendered).flatMap(name => {
    const told = from.step._after.filter(s => s.stepName === name);
    const found = all.filter(({ step }) => told.length > 0 ? told.includes(step) : step.stepName === name);
    problems.check(found.length > 0, `step '${from.step.stepName}' runs after '${name}', which the pipeline does not have`);
    return found.map(to => ({ from, to, does: 'runs after' }));
  });
}

/** A step in a branch is seen only from within the same branch, since otherwise it may never run; after one that fails nothing runs. */
function checkSight({ from, to, does }: Waiting, problems: Problems): void {
  const said = `step '${from.step.stepName}' ${does} '${to.step.stepName}', which`;
  const seen = to.branches.every((b, i) => from.branches[i] === b);
  problems.check(seen, `${said} only runs in the ${to.branches[to.branches.length - 1]}`);
  problems.check(to.step._type !== 'Fail', `${said} ends the execution`);
}

/** What a step names itself must be there: outputs and reports. */
function checkMember(from: PlacedStep, to: PlacedStep, { path }: Reading, problems: Problems): void {
  const check = (kind: string, member: string | undefined, known: string[]) => problems.check(member === undefined || known.includes(member),
    `step '${from.step.stepName}' uses the ${kind} '${member}' of step '${to.step.stepName}', which has: ${known.length > 0 ? known.join(', ') : 'none'}`);
  check('report', /^Steps\.[^.]+\.PropertyFiles\.(.+)$/.exec(path)?.[1], reportsOf(to.rendered).map(f => f.PropertyFileName));
  check('output', /^Steps\.[^.]+\.ProcessingOutputConfig\.Outputs\['([^']*)'\]/.exec(path)?.[1], outputsOf(to.rendered));
}
