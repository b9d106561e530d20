import { circles } from './graph';
import { PipelineExecution } from './pipeline-execution';
import { PipelineParameter } from './pipeline-parameter';
import { PipelineVariable } from './pipeline-variable';
import { renderVariables, textsIn } from './render';
import { SageMakerImage } from '../../containers/sagemaker-image';
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

/** Looks at the whole graph: names, references, circles, parameters. */
export function checkDefinition(steps: PipelineStep[], declared: PipelineParameter[], context: StepContext, problems: Problems): void {
  const all = steps.flatMap(s => s._all());
  problems.check(steps.length > 0, 'steps must hold at least 1 step, got 0');
  problems.unique('names of steps', all.map(s => s.stepName));
  checkImages(all, problems);
  all.forEach(s => s._check(problems));
  all.forEach(s => checkTexts(`step '${s.stepName}'`, s._renderAlone(context), problems));
  checkGraph(all, context, problems);

  const { parameters } = collect(steps, declared, context);
  problems.count('parameters', parameters, 0, MAX_PARAMETERS);
  problems.unique('names of parameters', parameters.map(p => p.parameterName));
  parameters.forEach(p => p._check(problems));
  parameters.forEach(p => checkTexts(`parameter '${p.parameterName}'`, p._render(), problems));
}

/** No text holds what a language has made of a token. */
function checkTexts(name: string, rendered: object, problems: Problems): void {
  textsIn(rendered, name).forEach(({ place, text }) => problems.whole(place, text));
}

/** Each image once, however many steps run it. */
function checkImages(all: PipelineStep[], problems: Problems): void {
  const users = new Map<SageMakerImage, string[]>();
  all.forEach(({ _image, stepName }) => _image && users.set(_image, [...users.get(_image) ?? [], `'${stepName}'`]));
  users.forEach((steps, image) => image._check(steps.length === 1 ? `step ${steps[0]}.image` : `image of the steps ${steps.join(', ')}`, problems));
}

/** Every step is there that another waits for, and none waits for itself. */
function checkGraph(all: PipelineStep[], context: StepContext, problems: Problems): void {
  const names = all.map(s => s.stepName);
  const reads = all.flatMap(s => readSteps(s, context).map(to => ({ from: s.stepName, to })));
  const after = all.flatMap(s => s._after.map(to => ({ from: s.stepName, to })));
  const inside = all.flatMap(s => s._all().filter(inner => inner !== s).map(inner => ({ from: inner.stepName, to: s.stepName })));
  const has = `the pipeline has no such step; it has: ${names.join(', ')}`;
  const unknown = new Set(reads.map(w => w.to).filter(n => !names.includes(n)));
  unknown.forEach(name => problems.check(false, `output of step '${name}' is used, but ${has}`));
  after.filter(w => !names.includes(w.to)).forEach(w => problems.check(false, `step '${w.from}' runs after '${w.to}', which the pipeline does not have`));
  if (new Set(names).size < names.length) { return; } // which of two is meant cannot be said
  circles(names, [...reads, ...after, ...inside]).forEach(circle => problems.check(false, `steps wait for each other: ${circle.join(' → ')}`));
}

/** Names of the steps whose outputs a step uses by itself, not in its branches. */
function readSteps(step: PipelineStep, context: StepContext): string[] {
  const met: PipelineVariable[] = [];
  renderVariables(step._renderAlone(context), v => met.push(v));
  return [...new Set(met.map(v => /^Steps\.([^.]+)\./.exec(v.path)?.[1]).filter((n): n is string => n !== undefined))];
}

/** Parameters in the order given, then in the order of use. */
function collect(steps: PipelineStep[], declared: PipelineParameter[], context: StepContext) {
  const used: PipelineParameter[] = [];
  const rendered = steps.map(s => renderVariables(s._render(context), v => v instanceof PipelineParameter && used.push(v)));
  return { rendered, parameters: [...new Set([...declared, ...used])] };
}
