import { Stack } from 'aws-cdk-lib';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { IMetric, MetricStatConfig } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { Problems } from '../../core/problems';
import { sorted } from '../../core/sorted';

/** What a policy may ask for without a query. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_CustomizedMetricSpecification.html */
const STATISTICS = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'];

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingMetricDataQuery.html and, of alarms, CloudWatch's API_MetricDataQuery */
const EXPRESSION = /^[\s\S]{1,2048}$/;

/** Scaling sees only metrics of its own account and Region, and no searches. */
export function checkMetric(name: string, problems: Problems, scope: IConstruct, metric: IMetric): void {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  problems.check(metricStat !== undefined || mathExpression !== undefined, `${name} must be a metric or metric math, got a search`);
  problems.pattern(`${name}: expression`, mathExpression?.expression, EXPRESSION, 'be 1 to 2048 characters');
  const { account, region } = Stack.of(scope);
  problems.check([undefined, region].includes(metricStat?.region), `${name} must be of the Region of the endpoint, got ${metricStat?.region}`);
  problems.check([undefined, account].includes(metricStat?.account), `${name} must be of the account of the endpoint, got ${metricStat?.account}`);
  Object.values(mathExpression?.usingMetrics ?? {}).forEach(used => checkMetric(name, problems, scope, used));
}

/** A metric to follow; its period does not matter, since Application Auto Scaling looks at minutes. */
export function customizedMetric(metric: IMetric): CfnScalingPolicy.CustomizedMetricSpecificationProperty {
  const { metricStat } = metric.toMetricConfig();
  if (metricStat === undefined) { return { metrics: distinct(queries(metric, 'scaled', true)) }; }
  if (!STATISTICS.includes(metricStat.statistic)) { return { metrics: queries(metric, 'scaled') }; }
  return { ...identity(metricStat), statistic: metricStat.statistic, unit: metricStat.unitFilter };
}

/** `returnData` is for the expression that decides, and only where there is one. */
function queries(metric: IMetric, id: string, returnData?: boolean): CfnScalingPolicy.TargetTrackingMetricDataQueryProperty[] {
  const { metricStat: stat, mathExpression } = metric.toMetricConfig();
  if (stat !== undefined) {
    return [{ id, returnData, metricStat: { metric: identity(stat), stat: stat.statistic, unit: stat.unitFilter } }];
  }
  const used = Object.entries(sorted(mathExpression!.usingMetrics)!);
  return [{ id, returnData, expression: mathExpression!.expression }, ...used.flatMap(([name, inner]) => queries(inner, name, false))];
}

/** Expressions may share a metric; CDK sees to it that one id is one metric. */
function distinct(all: CfnScalingPolicy.TargetTrackingMetricDataQueryProperty[]): CfnScalingPolicy.TargetTrackingMetricDataQueryProperty[] {
  return all.filter((query, i) => all.findIndex(q => q.id === query.id) === i);
}

function identity({ namespace, metricName, dimensions }: MetricStatConfig) {
  return { namespace, metricName, dimensions: dimensions?.map(({ name, value }) => ({ name, value: `${value}` })) };
}
