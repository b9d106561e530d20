import { Token } from 'aws-cdk-lib';
import { controlIn, groupsOf } from './metric-regex';
import { TrainingStepProps } from './training-step-props';
import { warnLate } from '../../../compliance/late-warning';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { StepContext } from '../step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html */
const MAX_DEFINITIONS = 40;
const MAX_NAME = 255;
const MAX_REGEX = 500;

/** Names of metrics and the regular expressions that find them in a log. */
type MetricDefinitions = { [metricName: string]: string } | undefined;

/** `place` is how problems name the training, `asked` are the metrics that something in the program wants to know. */
export function checkMetrics(place: string, definitions: MetricDefinitions, asked: string[], problems: Problems): void {
  if (definitions === undefined) { return; }
  const name = `${place}.metricDefinitions`;
  const known = Object.keys(definitions);
  problems.count(name, known, 1, MAX_DEFINITIONS);
  for (const [metric, regex] of Object.entries(definitions)) {
    problems.range(`${name} (characters of the name '${metric}')`, metric.length, 1, MAX_NAME);
    if (Token.isUnresolved(regex)) { continue; }
    problems.range(`${name}.${metric} (characters)`, regex.length, 1, MAX_REGEX);
    const control = controlIn(regex);
    problems.check(control === undefined,
      `${name}.${metric} holds ${control?.called}, which is what '${control?.escape}' is in a string: write '\\${control?.escape}', or a raw string (r'…' in Python), for an expression with '${control?.escape}'`);
    problems.check(groupsOf(regex) !== undefined, `${name}.${metric} must be a regular expression, 'loss=([0-9.]+)' for example, got '${regex}'`);
  }
  asked.forEach(metric => problems.check(known.includes(metric), `${place} has no metric '${metric}'; it has: ${known.length > 0 ? known.join(', ') : 'none'}`));
}

/** What says where metrics come from; an `entrypoint` of its own makes a framework of an algorithm, as code does. */
type Measured = Pick<TrainingStepProps, 'algorithm' | 'code' | 'entrypoint' | 'image' | 'metricDefinitions'>;

/** Algorithms of AWS define their metrics themselves, so this cannot be an error: nobody knows what an image is that was named by its URI. */
export function warnOfMetrics(stepName: string, measured: Measured, asked: string[], { scope }: StepContext): void {
  const { algorithm, code, entrypoint, image, metricDefinitions } = measured;
  const builtIn = (image?._isAlgorithm ?? false) && code === undefined && entrypoint === undefined;
  if (metricDefinitions !== undefined || algorithm !== undefined || builtIn || asked.length === 0) { return; }
  warnLate(scope, 'cdk-ml-patterns:metricNotDefined',
    `Step '${stepName}' has no metricDefinitions, so ${asked.join(', ')} stays without a value unless the image is an algorithm of AWS that defines it.`);
}

/** SageMaker takes any text without a group, and what it cannot find is only missing when the training has ended. */
export function warnOfRegexes(stepName: string, definitions: MetricDefinitions, { scope }: StepContext): void {
  for (const [metric, regex] of Object.entries(definitions ?? {})) {
    if (Token.isUnresolved(regex) || groupsOf(regex) !== 0) { continue; }
    warnLate(scope, 'cdk-ml-patterns:metricNeverFound',
      `The expression of the metric '${metric}' of step '${stepName}' has no group, which would tell the value, got '${regex}': 'loss=([0-9.]+)' for example.`);
  }
}

/** In the order of names, as maps have another order in each language. */
export function renderMetrics(definitions: MetricDefinitions): object[] | undefined {
  return definitions && Object.entries(sorted(definitions)!).map(([Name, Regex]) => ({ Name, Regex }));
}
