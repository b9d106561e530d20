import { Token } from 'aws-cdk-lib';
import { decidingStep, measureNames } from './measure-names';
import { Problems } from '../../core/problems';
import { Comparison, PipelineCondition } from '../definition/pipeline-condition';
import { PipelineParameter } from '../definition/pipeline-parameter';
import { ReportMetric } from '../definition/report-metric';
import { FailStep } from '../steps/flow/fail-step';
import { ProcessingStep } from '../steps/processing/processing-step';

/** A comparison of a metric of the report. */
interface Measured extends Comparison {
  readonly left: ReportMetric;
}

/** What holds when the model is refused. */
const OPPOSITE: Record<string, string> = { LessThan: '>=', LessThanOrEqualTo: '>', GreaterThan: '<=', GreaterThanOrEqualTo: '<' };
const MOST = ['LessThan', 'LessThanOrEqualTo'];
const LEAST = ['GreaterThan', 'GreaterThanOrEqualTo'];

/** What decides, with a parameter for each number. */
export interface Acceptance {
  readonly condition: PipelineCondition;
  readonly thresholds: PipelineParameter[];
  /** What is measured first; names the steps that decide. */
  readonly measure: string;
  readonly failure: FailStep;
}

/** Metrics that belong to no step yet, and at least one. */
export function checkAcceptance(acceptance: PipelineCondition, problems: Problems): void {
  const all = measured(acceptance);
  problems.check(all.length > 0, 'acceptance must look at a metric of the report: ReportMetric.at(path).atMost(number)');
  for (const { left } of all.filter(c => c.left.path !== '')) {
    problems.check(false, `acceptance must look at the report of the evaluation: ReportMetric.at('${left.metricPath}'), got a metric of ${left._step === undefined ? left.path : `step '${left._step.stepName}'`}`);
  }
}

/** Reads the metrics from the evaluation, and makes a parameter of each number. */
export function acceptanceOf(acceptance: PipelineCondition, evaluate: ProcessingStep): Acceptance {
  const all = measured(acceptance);
  const names = measureNames(all.map(c => c.left.metricPath));
  const thresholds = new Map<string, PipelineParameter>();
  const condition = acceptance._map(c => {
    if (!isMeasured(c)) { return c; }
    const left = evaluate.metric(c.left.metricPath);
    if (!isThreshold(c)) { return { ...c, left }; }
    const name = thresholdName(c, names.get(c.left.metricPath)!, all);
    if (!thresholds.has(name)) { thresholds.set(name, PipelineParameter.number(name, { defaultValue: c.right })); }
    return { ...c, left, right: thresholds.get(name)!.asNumber() };
  });
  const measure = all.length === 0 ? 'Metric' : names.get(all[0].left.metricPath)!;
  return { condition, thresholds: [...thresholds.values()], measure, failure: failureOf(all, measure, [...thresholds.values()]) };
}

/** `MseThreshold`; with several numbers for one metric `MseThresholdMin`, `MseThresholdMax`, and `MseThresholdMax2` where even that is not enough. */
function thresholdName({ left, operator, right }: Measured, measure: string, all: Measured[]): string {
  const others = all.filter(c => c.left.metricPath === left.metricPath && isThreshold(c));
  if (others.every(c => c.right === right && c.operator === operator)) { return `${measure}Threshold`; }
  const numbers = [...new Set(others.filter(c => c.operator === operator).map(c => c.right))];
  const position = numbers.indexOf(right);
  return `${measure}Threshold${isMost(operator) ? 'Max' : 'Min'}${position > 0 ? position + 1 : ''}`;
}

function failureOf([first, ...others]: Measured[], measure: string, thresholds: PipelineParameter[]): FailStep {
  if (others.length > 0 || thresholds.length === 0) { return new FailStep(decidingStep('', measure, 'NotAccepted'), { message: 'The model is not good enough' }); }
  const atMost = isMost(first.operator);
  return new FailStep(decidingStep('', measure, `Too${atMost ? 'High' : 'Low'}`), {
    message: `Execution failed due to ${measure.toUpperCase()} ${OPPOSITE[first.operator]} ${thresholds[0].asString()}`,
  });
}

/** Comparisons of the report, wherever they stand. */
function measured(condition: PipelineCondition): Measured[] {
  return condition._comparisons.flatMap(c => c.of.length > 0 ? c.of.flatMap(measured) : isMeasured(c) ? [c] : []);
}

function isMeasured(comparison: Comparison): comparison is Measured {
  return comparison.left instanceof ReportMetric;
}

/** A number below or above which a model is accepted. */
function isThreshold(comparison: Measured): comparison is Measured & { right: number } {
  const { operator, right } = comparison;
  return (isMost(operator) || LEAST.includes(operator)) && typeof right === 'number' && !Token.isUnresolved(right);
}

function isMost(operator: string): boolean {
  return MOST.includes(operator);
}
