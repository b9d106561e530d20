import { PlacedStep } from './placed-step';
import { outputsOf, reportsOf } from './step-parts';
import { Problems } from '../../core/problems';
import { keysOf } from '../steps/override';

/** An override changes what other steps go by, or what is not there, only by mistake. */
export function checkOverrides({ step, rendered }: PlacedStep, problems: Problems): void {
  const name = `step '${step.stepName}'`;
  const paths = step._overridden.map(path => ({ path, keys: keysOf(path) }));
  for (const { path, keys } of paths) {
    problems.check(keys.every(key => key !== ''), `${name}: the path of an override must be keys separated by dots, got '${path}'`);
    checkLists(name, path, keys, rendered, problems);
  }
  const changes = (...keys: string[]) => paths.some(p => keys.every((key, i) => p.keys[i] === undefined || p.keys[i] === key));
  problems.check(!changes('Name'), `${name} must not be renamed by an override, since others refer to it by its name, got '${rendered.Name}'`);
  if (!changes('PropertyFiles') && !changes('Arguments', 'ProcessingOutputConfig')) { return; }
  reportsOf(rendered).forEach(f => problems.oneOf(`${name}.PropertyFiles OutputName`, f.OutputName, outputsOf(rendered)));
}

/** Entries of lists are named by numbers, without gaps. */
function checkLists(name: string, path: string, keys: string[], rendered: any, problems: Problems): void {
  let at = rendered;
  for (const key of keys) {
    if (Array.isArray(at)) {
      const gap = [...at.keys()].find(i => !(i in at));
      problems.check(/^\d+$/.test(key), `${name}: the override '${path}' must name the entries of a list by numbers, got '${key}'`);
      problems.check(gap === undefined, `${name}: the override '${path}' must not leave a gap in a list, which has no entry ${gap}`);
    }
    at = at?.[key];
  }
}
