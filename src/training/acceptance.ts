import { Token } from 'aws-cdk-lib';
import { Comparison, PipelineCondition } from './definition/pipeline-condition';
import { PipelineParameter } from './definition/pipeline-parameter';
import { ReportMetric } from './definition/report-metric';
import { measureNames } from './measure-names';
import { FailStep } from './steps/fail-step';
import { ProcessingStep } from './steps/processing-step';
import { Problems } from '../core/problems';

/** A comparison of a metric of the report. */
interface Measured extends Comparison {
  readonly left: ReportMetric;
}

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
  for (const { left } of all.filter(c => c.left._report !== undefined)) {
    problems.check(false, `acceptance must look at the report of the evaluation: ReportMetric.at('${left.path}'), got a metric of step '${left._report!.split('.')[1]}'`);
  }
}

/** Reads the metrics from the evaluation, and makes a parameter of each number. */
export function acceptanceOf(acceptance: PipelineCondition, evaluate: ProcessingStep): Acceptance {
  const all = measured(acceptance);
  const names = measureNames(all.map(c => c.left.path));
  const thresholds = new Map<string, PipelineParameter>();
  const condition = acceptance._map(c => {
    if (!isMeasured(c)) { return c; }
    const left = evaluate.metric(c.left.path);
    if (!isLiteral(c.right)) { return { ...c, left }; }
    const name = thresholdName(c, names.get(c.left.path)!, all);
    if (!thresholds.has(name)) { thresholds.set(name, PipelineParameter.number(name, { defaultValue: c.right })); }
    return { ...c, left, right: thresholds.get(name)!.asNumber() };
  });
  const measure = all.length === 0 ? 'Metric' : names.get(all[0].left.path)!;
  return { condition, thresholds: [...thresholds.values()], measure, failure: failureOf(all, measure, [...thresholds.values()]) };
}

/** `MseThreshold`; with several numbers for one metric `MseThresholdMin`, `MseThresholdMax`, and `MseThresholdMax2` where even that is not enough. */
function thresholdName({ left, operator, right }: Measured, measure: string, all: Measured[]): string {
  const others = all.filter(c => c.left.path === left.path && isLiteral(c.right));
  if (others.every(c => c.right === right && c.operator === operator)) { return `${measure}Threshold`; }
  const numbers = [...new Set(others.filter(c => c.operator === operator).map(c => c.right))];
  const position = numbers.indexOf(right);
  return `${measure}Threshold${isMost(operator) ? 'Max' : 'Min'}${position > 0 ? position + 1 : ''}`;
}

function failureOf([first, ...others]: Measured[], measure: string, thresholds: PipelineParameter[]): FailStep {
  if (others.length > 0 || thresholds.length === 0) { return new FailStep(`${measure}NotAccepted`, { message: 'The model is not good enough' }); }
  const atMost = isMost(first.operator);
  return new FailStep(`${measure}Too${atMost ? 'High' : 'Low'}`, {
    message: `Execution failed due to ${measure.toUpperCase()} ${atMost ? '>' : '<'} ${thresholds[0].asString()}`,
  });
}

/** Comparisons of the report, wherever they stand. */
function measured(condition: PipelineCondition): Measured[] {
  return condition._comparisons.flatMap(c => c.of.length > 0 ? c.of.flatMap(measured) : isMeasured(c) ? [c] : []);
}

function isMeasured(comparison: Comparison): comparison is Measured {
  return comparison.left instanceof ReportMetric;
}

function isLiteral(value: unknown): value is number {
  return typeof value === 'number' && !Token.isUnresolved(value);
}

function isMost(operator: string): boolean {
  return operator === 'LessThanOrEqualTo';
}
