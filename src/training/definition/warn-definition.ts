import { neverHit } from './cache-hits';
import { DefinitionParts } from './definition';
import { PlacedStep, placeSteps, readingsOf, stepNameIn } from './placed-step';
import { ReportMetric } from './report-metric';
import { membersOf } from './step-members';
import { warnLate } from '../../compliance/late-warning';
import { StepContext } from '../steps/step-context';
import { renderExperiment } from '../tracking/pipeline-experiment';

/** Said by others to be the limit; AWS documents none. */
const MANY_STEPS = 50;

/** What a condition is said to hold at most, by the key of the list; AWS documents none of it. */
const LARGE_CONDITION: { [key: string]: number } = { Conditions: 200, Values: 50, Or: 20 };

/** Says what SageMaker may refuse, or what is of no use, as far as AWS documents it or others report it. */
export function warnOfDefinition(parts: DefinitionParts, context: StepContext): void {
  const all = placeSteps(parts.steps, context);
  const missed = neverHit(all);
  const warn = (id: string, text: string) => warnLate(context.scope, id, text);
  if (all.length > MANY_STEPS) {
    warn('cdk-ml-patterns:manySteps', `The pipeline has ${all.length} steps; some accounts are said to take no more than ${MANY_STEPS}.`);
  }
  for (const placed of all) {
    const name = placed.step.stepName;
    for (const condition of waitedConditions(placed, all)) {
      warn('cdk-ml-patterns:afterCondition', `Step '${name}' waits for '${condition}', which is a condition: SageMaker may refuse that. Put the step into its branches.`);
    }
    if (placed.step._type === 'Condition' && placed.branches.length > 0) {
      warn('cdk-ml-patterns:nestedCondition', `Step '${name}' is a condition within the ${placed.branches[placed.branches.length - 1]}: SageMaker may refuse that.`);
    }
    for (const [key, count] of largeLists(placed.rendered.Arguments)) {
      warn('cdk-ml-patterns:largeCondition', `Step '${name}' holds a list ${key} of ${count} entries in its condition; SageMaker is said to take ${LARGE_CONDITION[key]}.`);
    }
    const why = missed.get(placed);
    if (why !== undefined) { warn('cdk-ml-patterns:cacheNeverHits', `Step '${name}' is cached, but its result is never used again, since ${why}.`); }
    for (const path of jsonPaths(placed)) {
      warn('cdk-ml-patterns:metricPath', `Step '${name}' reads the metric '${path}': the paths of metrics that AWS shows begin with a name, so without '$.' it is sure to be found.`);
    }
    for (const member of unknownMembers(placed)) {
      warn('cdk-ml-patterns:unknownProperty', `Step '${name}' is asked for '${member}', which SageMaker does not say of a step of type ${placed.step._type}; ` +
        `it says: ${membersOf(placed.step._type)!.join(', ')}.`);
    }
  }
  for (const parameter of unusedParameters(parts, all)) {
    warn('cdk-ml-patterns:unusedParameter', `Nothing uses the parameter '${parameter}', so its value changes nothing.`);
  }
}

/** Conditions that a step waits for by an output or by `after`. */
function waitedConditions({ step, readings }: PlacedStep, all: PlacedStep[]): string[] {
  const conditions = all.filter(p => p.step._type === 'Condition');
  return conditions.filter(c => step._after.includes(c.step) || readings.some(r => stepNameIn(r.path) === c.step.stepName)).map(c => c.step.stepName);
}

/** Lists of a condition that are longer than SageMaker is said to take: of `Or`, of `In`, and all that must hold. */
function largeLists(condition: any): [key: string, count: number][] {
  if (condition === null || typeof condition !== 'object' || condition.resolve !== undefined) { return []; }
  const keyOf = (key: string) => key === 'Conditions' && condition.Type === 'Or' ? 'Or' : key;
  return Object.entries<any>(condition).filter(([key]) => ['Conditions', 'Condition', 'Values'].includes(key)).flatMap(([key, inner]) => [
    ...Array.isArray(inner) && inner.length > LARGE_CONDITION[keyOf(key)] ? [[keyOf(key), inner.length] as [string, number]] : [],
    ...[inner].flat().flatMap(largeLists),
  ]);
}

/** First members of the paths that `property` was asked for. */
function unknownMembers({ step, rendered }: PlacedStep): string[] {
  const known = membersOf(step._type);
  const asked = step._asked.map(path => /^[^.[]*/.exec(path)![0]).filter(member => member !== 'PropertyFiles' || rendered.PropertyFiles === undefined);
  return known === undefined ? [] : [...new Set(asked)].filter(member => !known.includes(member));
}

/** Paths of metrics that are written as JSONPath; in its local mode, the SDK finds none of them. */
function jsonPaths({ readings }: PlacedStep): string[] {
  const paths = readings.map(({ variable }) => variable).filter(v => v instanceof ReportMetric).map(v => v.metricPath);
  return [...new Set(paths)].filter(path => path.startsWith('$'));
}

function unusedParameters({ parameters = [], experiment, mlflow }: DefinitionParts, all: PlacedStep[]): string[] {
  const around = readingsOf([renderExperiment(experiment), mlflow?._render()]);
  const used = [...around, ...all.flatMap(p => p.readings)].map(r => r.path);
  return parameters.filter(p => !used.includes(p.path)).map(p => p.parameterName);
}
