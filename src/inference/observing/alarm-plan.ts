import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric, MetricOptions, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmThresholds, CAPACITY_MINUTES } from './endpoint-alarms-options';
import { StandardAlarm } from './standard-alarm';

/** An alarm that is to be made. */
export interface AlarmPlan {
  readonly alarm: StandardAlarm;
  /** Variant or component that it watches, as the program calls it; nothing if it watches the whole endpoint. */
  readonly of?: string;
  /** What is wrong when it goes off. */
  readonly words: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** How many of how many periods are too many. */
  readonly periods: [number, number];
  /** Goes off at the threshold already. */
  readonly atThreshold?: boolean;
  /** Goes off at the threshold and below, and without data. */
  readonly below?: boolean;
}

/** What variants and inference components have in common. */
export interface Called {
  /** As the program calls it. */
  readonly id: string;
  readonly words: string;
  readonly metrics: {
    invocations(options?: MetricOptions): Metric;
    invocation4xxErrors(options?: MetricOptions): Metric;
    invocation5xxErrors(options?: MetricOptions): Metric;
    modelLatency(options?: MetricOptions): Metric;
  };
}

export const MINUTE = Duration.minutes(1);
export const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);

/** The share of calls that fail; each call is a value of 0 or 1, so that the average is the share and the sum the number. */
export function errorPlans({ id, words, metrics }: Called, t: AlarmThresholds): AlarmPlan[] {
  const plan = (alarm: StandardAlarm, status: string, percent: number, errors: (options: MetricOptions) => Metric): AlarmPlan => ({
    alarm,
    of: id,
    words: `More than ${percent} % of the calls of ${words} end with a status of ${status}`,
    metric: new MathExpression({
      expression: `IF(failed >= ${t.minimumErrors}, 100 * share, 0)`,
      label: `Calls that fail with ${status}, in percent`,
      period: FIVE_MINUTES,
      usingMetrics: { failed: errors({ statistic: 'Sum' }), share: errors({ statistic: 'Average' }) },
    }),
    threshold: percent,
    periods: [2, 3],
  });
  return [
    plan(StandardAlarm.SERVER_ERRORS, '500 to 599', t.serverErrorPercent, options => metrics.invocation5xxErrors(options)),
    plan(StandardAlarm.CLIENT_ERRORS, '400 to 499', t.clientErrorPercent, options => metrics.invocation4xxErrors(options)),
  ];
}

/** The slowest of a hundred calls. */
export function latencyPlan({ id, words, metrics }: Called, { modelLatency }: AlarmThresholds): AlarmPlan {
  return {
    alarm: StandardAlarm.LATENCY,
    of: id,
    words: `1 % of the calls of ${words} take the container more than ${modelLatency.toMilliseconds()} ms`,
    metric: metrics.modelLatency({ statistic: 'p99', period: MINUTE }),
    threshold: modelLatency.toMilliseconds() * 1000, // the metric is in microseconds
    periods: [3, 5],
  };
}

/** Nothing calls `calls`: none of them, where they are several. */
export function idlePlans(calls: Metric[], words: string, { idleFor }: AlarmThresholds, of?: string): AlarmPlan[] {
  if (idleFor === undefined) { return []; }
  const hours = idleFor.toHours();
  const usingMetrics = Object.fromEntries(calls.map((metric, i) => [`calls${i}`, metric]));
  const expression = Object.keys(usingMetrics).map(name => `FILL(${name}, 0)`).join(' + ');
  return [{
    of,
    alarm: StandardAlarm.IDLE,
    words: `${words} got no call for ${idleFor.toHumanString()}`,
    metric: calls.length === 1 ? calls[0].with({ period: HOUR }) : new MathExpression({ expression, usingMetrics, label: 'Calls', period: HOUR }),
    threshold: 0,
    periods: [hours, hours],
    below: true,
  }];
}

/** Something was wanted and nothing ran to do it, in each of the periods until it should run. */
export function noCapacityPlan(metric: Metric, words: string, { capacityWithin }: AlarmThresholds, of?: string): AlarmPlan {
  const periods = capacityWithin.toMinutes() / CAPACITY_MINUTES;
  return {
    of,
    metric,
    alarm: StandardAlarm.NO_CAPACITY,
    words: `${words} for ${capacityWithin.toHumanString()}: scaling from zero is stuck`,
    threshold: 1,
    periods: [periods, periods],
    atThreshold: true,
  };
}

/** Without data nothing is wrong, but for calls. */
export function missingData({ below }: AlarmPlan): TreatMissingData {
  return below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING;
}
