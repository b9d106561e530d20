import { renderVariables } from './definition/render';
import { SageMakerPipelineProps } from './sagemaker-pipeline-props';
import { RegisterModelStep } from './steps/models/register-model-step';
import { PipelineStep } from './steps/pipeline-step';
import { StepContext } from './steps/step-context';
import { Problems } from '../core/problems';

/** What expires must not be needed later: not by an execution that uses it again, nor by a model that is registered. */
export function checkIntermediate(props: SageMakerPipelineProps, all: PipelineStep[], context: StepContext, problems: Problems): void {
  const { intermediateSteps = [], artifacts } = props;
  problems.check(intermediateSteps.length === 0 || artifacts !== undefined, 'intermediateSteps needs artifacts');
  for (const step of intermediateSteps) {
    const name = `intermediateSteps: '${step.stepName}'`;
    problems.check(all.includes(step), `${name} is no step of the pipeline`);
    cached([step], context).forEach(problem => problems.check(false, problem));
    const users = all.filter(s => s instanceof RegisterModelStep && uses(s, step, context)).map(s => `'${s.stepName}'`);
    problems.check(users.length === 0, `${name} writes what ${users.join(', ')} registers, which would expire`);
  }
}

/** Asked again at synth, since an override may switch the cache on later. */
export function cached(intermediateSteps: PipelineStep[], context: StepContext): string[] {
  const isCached = (step: PipelineStep) => (step._renderAlone(context) as { CacheConfig?: { Enabled?: boolean } }).CacheConfig?.Enabled === true;
  return intermediateSteps.filter(isCached).map(s => `intermediateSteps: '${s.stepName}' is cached, so that later executions use its output after it has expired`);
}

function uses(step: PipelineStep, other: PipelineStep, context: StepContext): boolean {
  let found = false;
  renderVariables(step._renderAlone(context), v => { found ||= v._step === other; });
  return found;
}
