import { renderVariables } from './definition/render';
import { RegisterModelStep } from './steps/models/register-model-step';
import { PipelineStep } from './steps/pipeline-step';
import { StepContext } from './steps/step-context';
import { SageMakerPipelineProps } from './sagemaker-pipeline-props';
import { Problems } from '../core/problems';

/** What expires must not be needed later: not by an execution that uses it again, nor by a model that is registered. */
export function checkIntermediate({ intermediateSteps = [], artifacts }: SageMakerPipelineProps, all: PipelineStep[], context: StepContext, problems: Problems): void {
  problems.check(intermediateSteps.length === 0 || artifacts !== undefined, 'intermediateSteps needs artifacts');
  for (const step of intermediateSteps) {
    const name = `intermediateSteps: '${step.stepName}'`;
    problems.check(all.includes(step), `${name} is no step of the pipeline`);
    problems.check(!step._isCached, `${name} is cached, so that later executions use its output after it has expired`);
    const users = all.filter(s => s instanceof RegisterModelStep && uses(s, step, context)).map(s => `'${s.stepName}'`);
    problems.check(users.length === 0, `${name} writes what ${users.join(', ')} registers, which would expire`);
  }
}

function uses(step: PipelineStep, other: PipelineStep, context: StepContext): boolean {
  let found = false;
  renderVariables(step._renderAlone(context), v => { found ||= v._step === other; });
  return found;
}
