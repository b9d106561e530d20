import { PipelineVariable } from './pipeline-variable';
import { Problems } from '../../core/problems';
import { PipelineStep } from '../steps/pipeline-step';

/** Only the body of a ForEachStep knows its item, and its steps share no name with what SageMaker makes of them, `<step>-<number>`. */
export function checkForEach(all: PipelineStep[], reads: { step: PipelineStep; variable: PipelineVariable }[], problems: Problems): void {
  const body = all.filter(s => s._type === 'ForEach').flatMap(s => s._branches().flatMap(b => b.steps));
  for (const { step, variable } of reads.filter(r => r.variable.path.startsWith('ForEach.') && !body.includes(r.step))) {
    problems.check(false, `step '${step.stepName}' uses '${variable.path}', which is only known in the body of a ForEachStep`);
  }
  for (const { stepName } of all) {
    const made = body.find(b => new RegExp(`^${b.stepName.replace(/[^\w-]/g, '')}-\\d+$`).test(stepName));
    problems.check(made === undefined, `step '${stepName}' has a name that SageMaker gives to an iteration of step '${made?.stepName}'`);
  }
}
