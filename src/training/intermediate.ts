import { renderVariables } from './definition/render';
import { SageMakerPipelineProps } from './sagemaker-pipeline-props';
import { EndpointConfigStep } from './steps/hosting/endpoint-config-step';
import { EndpointStep } from './steps/hosting/endpoint-step';
import { InferenceComponentStep } from './steps/hosting/inference-component-step';
import { ModelStep } from './steps/models/model-step';
import { RegisterModelStep } from './steps/models/register-model-step';
import { PipelineStep } from './steps/pipeline-step';
import { StepContext } from './steps/step-context';
import { Problems } from '../core/problems';

/** Steps that make what outlives the execution. */
const LASTING = [RegisterModelStep, ModelStep, EndpointConfigStep, EndpointStep, InferenceComponentStep];

/** What expires must not be needed later: not by an execution that uses it again, nor by a model that is registered or served. */
export function checkIntermediate(props: SageMakerPipelineProps, all: PipelineStep[], context: StepContext, problems: Problems): void {
  const { intermediateSteps = [], artifacts } = props;
  problems.check(intermediateSteps.length === 0 || artifacts !== undefined, 'intermediateSteps needs artifacts');
  for (const step of intermediateSteps) {
    const name = `intermediateSteps: '${step.stepName}'`;
    problems.check(all.includes(step), `${name} is no step of the pipeline`);
    cached([step], context).forEach(problem => problems.check(false, problem));
    const users = lasting(all, step, context).map(s => `'${s.stepName}'`);
    problems.check(users.length === 0, `${name} writes what is needed later by ${users.join(', ')}, and would expire`);
  }
}

/** Asked again at synth, since an override may switch the cache on later. */
export function cached(intermediateSteps: PipelineStep[], context: StepContext): string[] {
  const isCached = (step: PipelineStep) => (step._renderAlone(context) as { CacheConfig?: { Enabled?: boolean } }).CacheConfig?.Enabled === true;
  return intermediateSteps.filter(isCached).map(s => `intermediateSteps: '${s.stepName}' is cached, so that later executions use its output after it has expired`);
}

/** Steps whose result stays and needs what the step writes, by itself or through another such step. */
function lasting(all: PipelineStep[], step: PipelineStep, context: StepContext): PipelineStep[] {
  const found = new Set<PipelineStep>();
  for (const queue = [step]; queue.length > 0;) {
    const other = queue.pop()!;
    const users = all.filter(s => !found.has(s) && LASTING.some(type => s instanceof type) && uses(s, other, context));
    users.forEach(user => found.add(user));
    queue.push(...users);
  }
  return all.filter(s => found.has(s));
}

function uses(step: PipelineStep, other: PipelineStep, context: StepContext): boolean {
  let found = false;
  renderVariables(step._renderAlone(context), v => { found ||= v._step === other; });
  return found;
}
