import { Token, Validations } from 'aws-cdk-lib';
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
    if (!Token.isUnresolved(regex)) { problems.range(`${name}.${metric} (characters)`, regex.length, 1, MAX_REGEX); }
  }
  asked.forEach(metric => problems.check(known.includes(metric), `${place} has no metric '${metric}'; it has: ${known.length > 0 ? known.join(', ') : 'none'}`));
}

/** Algorithms of AWS define their metrics themselves, so this cannot be an error. */
export function warnOfMetrics(stepName: string, definitions: MetricDefinitions, asked: string[], { scope }: StepContext): void {
  if (definitions !== undefined || asked.length === 0) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:metricNotDefined',
    `Step '${stepName}' has no metricDefinitions, so ${asked.join(', ')} stays without a value unless the image is an algorithm of AWS that defines it.`);
}

/** In the order of names, as maps have another order in each language. */
export function renderMetrics(definitions: MetricDefinitions): object[] | undefined {
  return definitions && Object.entries(sorted(definitions)!).map(([Name, Regex]) => ({ Name, Regex }));
}
