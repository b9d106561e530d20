import { PlacedStep, readingsOf, stepNameIn } from './placed-step';
import { Problems } from '../../core/problems';
import { PipelineStep } from '../steps/pipeline-step';

/** What steps make under names that they are told, of which there is one in an account and a Region. */
const NAMED: Record<string, [string, string]> = {
  Endpoint: ['EndpointName', 'an endpoint'],
  EndpointConfig: ['EndpointConfigName', 'an endpoint configuration'],
  InferenceComponent: ['InferenceComponentName', 'an inference component'],
};

/** Only the body of a ForEachStep knows its item, and its steps share no name with what SageMaker makes of them, `<step>-<number>`. */
export function checkForEach(all: PlacedStep[], problems: Problems): void {
  const body = all.map(p => p.step).filter(s => s._type === 'ForEach').flatMap(s => s._branches().flatMap(b => b.steps));
  for (const { step, readings } of all.filter(p => !body.includes(p.step))) {
    const item = readings.find(r => r.path.startsWith('ForEach.'));
    problems.check(item === undefined, `step '${step.stepName}' uses '${item?.path}', which is only known in the body of a ForEachStep`);
  }
  all.forEach(({ step: loop }) => checkFields(loop, all, problems));
  all.filter(p => p.step._type === 'ForEach').forEach(loop => checkNames(loop, all, problems));
  for (const { step: { stepName } } of all) {
    const [, before] = /^(.+)-\d+$/.exec(stepName) ?? [];
    problems.check(!body.some(b => b.stepName === before), `step '${stepName}' has a name that SageMaker gives to an iteration of step '${before}'`);
  }
}

/**
 * Iterations run beside each other, so each needs a name of its own: of its item, or of what another step of the body made. One after the other, they may change the
 * endpoint that the first has made, but a configuration cannot be made twice.
 */
function checkNames({ step: loop, rendered: { Arguments: said } }: PlacedStep, all: PlacedStep[], problems: Problems): void {
  const body = loop._branches().flatMap(b => b.steps);
  const names = body.map(s => s.stepName);
  const inTurn = said?.MaxConcurrency === 1;
  const judged = all.filter(p => body.includes(p.step) && NAMED[p.step._type] !== undefined && (p.step._type === 'EndpointConfig' || !inTurn));
  for (const { step, rendered } of judged) {
    const [key, thing] = NAMED[step._type];
    const differs = readingsOf(rendered.Arguments?.[key]).some(({ path }) => path.startsWith('ForEach.') || names.includes(stepNameIn(path) ?? ''));
    problems.check(differs,
      `step '${step.stepName}' makes ${thing} of the same name in each iteration of '${loop.stepName}': give it a name that holds CurrentItem, which a TransientEndpoint cannot have`);
  }
}

/** The fields of items that are written down are known; that of a field is not. */
function checkFields(loop: PipelineStep & { _fields?: string[] }, all: PlacedStep[], problems: Problems): void {
  const { _fields: fields } = loop;
  if (loop._type !== 'ForEach' || fields === undefined) { return; }
  const body = loop._branches().flatMap(b => b.steps);
  for (const { step, readings } of all.filter(p => body.includes(p.step))) {
    for (const { path } of readings) {
      const field = /^ForEach\.CurrentItem\.([^.[]+)/.exec(path)?.[1];
      problems.check(field === undefined || fields.includes(field),
        `step '${step.stepName}' uses CurrentItem.field('${field}'), which not every item of '${loop.stepName}' has; all have: ${fields.length > 0 ? fields.join(', ') : 'none'}`);
    }
  }
}
