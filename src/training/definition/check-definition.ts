import { checkGraph } from './check-graph';
import { DefinitionParts, renderDefinition } from './definition';
import { renderVariables, textsIn } from './render';
import { ReportMetric } from './report-metric';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { PipelineStep } from '../steps/pipeline-step';
import { StepContext } from '../steps/step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/regions-quotas.html */
const MAX_PARAMETERS = 200;

/** Looks at the whole definition: names, texts, references, circles, parameters. */
export function checkDefinition(parts: DefinitionParts, context: StepContext, problems: Problems): void {
  const { steps } = parts;
  const all = steps.flatMap(s => s._all());
  problems.check(steps.length > 0, 'steps must hold at least 1 step, got 0');
  problems.unique('names of steps', all.map(s => s.stepName));
  checkImages(all, problems);
  all.forEach(s => s._check(problems));
  all.forEach(s => s._checkIn(s._own(context), problems));
  all.forEach(s => checkTexts(`step '${s.stepName}'`, s._renderAlone(context), problems));
  all.forEach(s => checkMetrics(s, context, problems));
  checkGraph(steps, context, problems);

  const { parameters } = renderDefinition(parts, context);
  problems.count('parameters', parameters, 0, MAX_PARAMETERS);
  problems.unique('names of parameters', parameters.map(p => p.parameterName));
  parameters.forEach(p => p._check(problems));
  parameters.forEach(p => checkTexts(`parameter '${p.parameterName}'`, p._render(), problems));
}

/** No text holds what a language has made of a token, and none stands for a list. */
function checkTexts(name: string, rendered: object, problems: Problems): void {
  textsIn(rendered, name).forEach(({ place, text }) => problems.whole(place, text));
}

function checkMetrics(step: PipelineStep, context: StepContext, problems: Problems): void {
  const name = step._type === 'Condition' ? `step '${step.stepName}'.condition` : `step '${step.stepName}'`;
  renderVariables(step._renderAlone(context), v => v instanceof ReportMetric && v._checkMetric(name, problems));
}

/** Each image once, however many steps run it. */
function checkImages(all: PipelineStep[], problems: Problems): void {
  const users = new Map<SageMakerImage, PipelineStep[]>();
  all.forEach(step => step._image && users.set(step._image, [...users.get(step._image) ?? [], step]));
  for (const [image, steps] of users) {
    const names = steps.map(s => `'${s.stepName}'`);
    const registry = steps.every(s => s._takesPrivateRegistry);
    image._check(steps.length === 1 ? `step ${names[0]}.image` : `image of the steps ${names.join(', ')}`, problems, registry);
  }
}
