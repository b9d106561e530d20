import { checkGraph } from './check-graph';
import { holdsVariable, shown } from './literal';
import { PipelineParameter } from './pipeline-parameter';
import { PlacedStep, placeSteps } from './placed-step';
import { membersIn } from './render';
import { ReportMetric } from './report-metric';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { PipelineStep } from '../steps/pipeline-step';
import { StepContext } from '../steps/step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/regions-quotas.html */
const MAX_PARAMETERS = 200;

/** Looks at the whole definition, which has these parameters: names, texts, references, circles. */
export function checkDefinition(steps: PipelineStep[], parameters: PipelineParameter[], context: StepContext, problems: Problems): void {
  const placed = placeSteps(steps, context);
  const all = [...new Set(placed.map(p => p.step))];
  problems.check(steps.length > 0, 'steps must hold at least 1 step, got 0');
  all.forEach(step => problems.check(placed.filter(p => p.step === step).length === 1, `step '${step.stepName}' is put into the pipeline twice: make a second one of another name`));
  problems.unique('names of steps', all.map(s => s.stepName));
  checkImages(all, problems);
  all.forEach(s => s._check(problems));
  all.forEach(s => s._checkIn(s._own(context), problems));
  placed.forEach(p => checkTexts(`step '${p.step.stepName}'`, p.rendered, problems));
  placed.forEach(p => checkMetrics(p, problems));
  checkGraph(placed, problems);

  checkParameters(placed, parameters.map(p => p.parameterName), problems);
  problems.count('parameters', parameters, 0, MAX_PARAMETERS);
  problems.unique('names of parameters', parameters.map(p => p.parameterName));
  parameters.forEach(p => p._check(problems));
  parameters.forEach(p => checkTexts(`parameter '${p.parameterName}'`, p._render(), problems));
}

/** No text and no number holds what a language has made of a token, and no text stands for a list. */
function checkTexts(name: string, rendered: object, problems: Problems): void {
  const members = membersIn(rendered, name);
  for (const { place, key, leaf } of members) {
    const text = key ?? leaf;
    if (typeof text === 'string') { problems.whole(place, text); }
  }
  for (const { place, key } of members) {
    problems.check(key === undefined || !holdsVariable(key),
      `${place} has a key that holds a variable, '${shown(key ?? '')}': the keys of a map must be known at synth, only its values can be variables`);
  }
  for (const { place, leaf } of members) {
    if (typeof leaf === 'number') { problems.wholeNumber(place, leaf); }
  }
}

function checkMetrics({ step, readings }: PlacedStep, problems: Problems): void {
  const name = step._type === 'Condition' ? `step '${step.stepName}'.condition` : `step '${step.stepName}'`;
  readings.forEach(({ variable }) => variable instanceof ReportMetric && variable._checkMetric(name, problems));
}

/** An override may write the name of a parameter by hand, which does not declare it. */
function checkParameters(placed: PlacedStep[], declared: string[], problems: Problems): void {
  for (const { step, readings } of placed) {
    for (const { path, variable } of readings) {
      const name = variable === undefined ? /^Parameters\.(.*)$/.exec(path)?.[1] : undefined;
      problems.check(name === undefined || declared.includes(name),
        `step '${step.stepName}' uses the parameter '${name}', which the pipeline does not have; it has: ${declared.length > 0 ? declared.join(', ') : 'none'}`);
    }
  }
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
