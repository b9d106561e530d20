import { PipelineVariable } from './pipeline-variable';
import { renderVariables } from './render';
import { PipelineStep } from '../steps/pipeline-step';
import { StepContext } from '../steps/step-context';

/** What a step gets while the pipeline runs: a variable, or what an override writes by hand. */
export interface Reading {
  readonly path: string;
  readonly variable?: PipelineVariable;
}

/** A step as it stands in a pipeline. */
export interface PlacedStep {
  readonly step: PipelineStep;
  /** The branches that it stands in, the outermost first. */
  readonly branches: string[];
  /** As it is rendered, without the steps inside and with variables still as tokens. */
  readonly rendered: any;
  /** What it gets itself, not what its branches do. */
  readonly readings: Reading[];
}

/** Every step of a pipeline, those in branches after the step that holds them. */
export function placeSteps(steps: PipelineStep[], context: StepContext, branches: string[] = []): PlacedStep[] {
  return steps.flatMap(step => {
    const rendered = step._renderAlone(context);
    return [
      { step, branches, rendered, readings: readingsOf(rendered) },
      ...step._branches().flatMap(b => placeSteps(b.steps, context, [...branches, `${b.key} of '${step.stepName}'`])),
    ];
  });
}

/** The name of the step whose output a path is. */
export function stepNameIn(path: string): string | undefined {
  return /^Steps\.([^.]+)\./.exec(path)?.[1];
}

/** The names of the steps that a rendered step was told to wait for. */
export function toldToWaitFor(rendered: { DependsOn?: unknown }): string[] {
  const { DependsOn } = rendered;
  return Array.isArray(DependsOn) ? DependsOn.map(d => d?.Step ?? d) : [];
}

/** Everything that a rendered value gets, in the order in which it stands there. */
export function readingsOf(rendered: unknown): Reading[] {
  const found: Reading[] = [];
  renderVariables(rendered, variable => found.push({ path: variable.path, variable }));
  return [...found, ...writtenByHand(rendered).map(path => ({ path }))];
}

/** An override may hold the definition's own language. */
function writtenByHand(value: any): string[] {
  if (Array.isArray(value)) { return value.flatMap(writtenByHand); }
  if (value === null || typeof value !== 'object' || value.resolve !== undefined) { return []; }
  return Object.keys(value).length === 1 && typeof value.Get === 'string' ? [value.Get] : Object.values(value).flatMap(writtenByHand);
}
