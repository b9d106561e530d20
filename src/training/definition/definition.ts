import { PipelineExecution } from './pipeline-execution';
import { PipelineParameter } from './pipeline-parameter';
import { PipelineVariable } from './pipeline-variable';
import { renderVariables } from './render';
import { Problems } from '../../core/problems';
import { PipelineStep } from '../steps/pipeline-step';
import { StepContext } from '../steps/step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/regions-quotas.html */
const MAX_PARAMETERS = 200;

/** The experiment that groups the executions of a pipeline, as the Python SDK sets it. */
const EXPERIMENT = { ExperimentName: PipelineExecution.PIPELINE_NAME, TrialName: PipelineExecution.ID };

/** A definition, with CloudFormation's tokens still in it. */
export function renderDefinition(steps: PipelineStep[], declared: PipelineParameter[], context: StepContext): object {
  const { parameters, rendered } = collect(steps, declared, context);
  return {
    Version: '2020-12-01',
    Metadata: {},
    Parameters: parameters.map(p => renderVariables(p._render(), () => undefined)),
    PipelineExperimentConfig: renderVariables(EXPERIMENT, () => undefined),
    Steps: rendered,
  };
}

/** Looks at the whole graph: names, references, parameters. */
export function checkDefinition(steps: PipelineStep[], declared: PipelineParameter[], context: StepContext, problems: Problems): void {
  const all = steps.flatMap(s => s._all());
  problems.check(steps.length > 0, 'steps must hold at least 1 step, got 0');
  problems.unique('names of steps', all.map(s => s.stepName));
  all.forEach(s => s._check(problems));

  const { parameters, met } = collect(steps, declared, context);
  const names = all.map(s => s.stepName);
  const unknown = new Set(met.map(v => /^Steps\.([^.]+)\./.exec(v.path)?.[1]).filter((n): n is string => n !== undefined && !names.includes(n)));
  unknown.forEach(name => problems.check(false, `output of step '${name}' is used, but the pipeline has no such step; it has: ${names.join(', ')}`));
  all.forEach(s => s._after.filter(n => !names.includes(n)).forEach(n => problems.check(false, `step '${s.stepName}' runs after '${n}', which the pipeline does not have`)));

  problems.count('parameters', parameters, 0, MAX_PARAMETERS);
  problems.unique('names of parameters', parameters.map(p => p.parameterName));
  parameters.forEach(p => p._check(problems));
}

/** Parameters in the order given, then in the order of use. */
function collect(steps: PipelineStep[], declared: PipelineParameter[], context: StepContext) {
  const met: PipelineVariable[] = [];
  const rendered = steps.map(s => renderVariables(s._render(context), v => met.push(v)));
  const used = met.filter((v): v is PipelineParameter => v instanceof PipelineParameter);
  return { rendered, met, parameters: [...new Set([...declared, ...used])] };
}
