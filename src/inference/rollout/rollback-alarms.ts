import { CfnAlarm, CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { RollbackSettings, rollbackSettings } from './rollback-settings';
import { inPacks } from '../../compliance/accepted-kinds';
import { excuse } from '../../compliance/excuses';

/** How many of how many minutes are too many, and how far alarms look back. */
const MINUTES_BAD = 2;
const MINUTES_SEEN = 3;
export const LOOKS_BACK_SECONDS = MINUTES_SEEN * 60;

const WATCHED = 'SageMaker itself watches the alarm while the endpoint is updated, and rolls the update back.';

const CONSEQUENCE = `in ${MINUTES_BAD} of ${MINUTES_SEEN} minutes: an update is rolled back`;

/** What an alarm watches. */
interface Watched {
  readonly scope: Construct;
  /** Begins the ids of its alarms. */
  readonly id: string;
  readonly words: string;
  readonly dimensions: CfnAlarm.DimensionProperty[];
}

/**
 * The alarms that roll an update back.
 *
 * They know an endpoint and its components by their names as plain strings; a reference would close a circle, since endpoint and components refer to the
 * alarms. For the same reason they see the old and the new version together: a metric of the new one alone would need the name of the configuration, which waits for
 * the model, which waits for the policy that names the alarms.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
 */
export const rollbackAlarms = {
  /** One production variant that answers calls at once. Shadow variants get none, since nobody gets their answers. */
  realTime(scope: Construct, endpointName: string, variantName: string, settings: RollbackSettings = rollbackSettings({})): CfnAlarm[] {
    return synchronous(variant(scope, endpointName, variantName), settings);
  },

  /** Serverless endpoints publish the same metrics. https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-monitoring.html */
  serverless(scope: Construct, endpointName: string, variantName: string, settings: RollbackSettings = rollbackSettings({})): CfnAlarm[] {
    return synchronous(variant(scope, endpointName, variantName), settings);
  },

  /**
   * The container of an asynchronous endpoint publishes what it answers, as any other; what it never answers, and what cannot be fetched or stored, is only in
   * `InvocationFailures`. There is no number of calls.
   *
   * https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html
   */
  asynchronous(scope: Construct, endpointName: string, variantName: string, settings: RollbackSettings = rollbackSettings({})): CfnAlarm[] {
    const watched = variant(scope, endpointName, variantName);
    return settings.standardAlarms ? [...synchronous(watched, settings), failures(watched, settings)] : [];
  },

  /**
   * One inference component, whose calls have metrics of their own.
   *
   * @param componentName how the program calls it
   * @param physicalName its name in the account
   */
  component(scope: Construct, componentName: string, physicalName: string, settings: RollbackSettings = rollbackSettings({})): CfnAlarm[] {
    const dimensions = [{ name: 'InferenceComponentName', value: physicalName }];
    return synchronous({ scope, dimensions, id: componentName, words: `inference component ${physicalName}` }, settings);
  },
};

function variant(scope: Construct, endpointName: string, variantName: string): Watched {
  const dimensions = [{ name: 'EndpointName', value: endpointName }, { name: 'VariantName', value: variantName }];
  return { scope, dimensions, id: variantName, words: `endpoint ${endpointName}, variant ${variantName}` };
}

function synchronous(watched: Watched, settings: RollbackSettings): CfnAlarm[] {
  if (!settings.standardAlarms) { return []; }
  return [errors(watched, settings), ...settings.modelLatency === undefined ? [] : [latency(watched, settings)]];
}

/** The container fails too many calls. */
function errors(watched: Watched, { errorPercent, minimumCalls }: RollbackSettings): CfnAlarm {
  const metric = { namespace: 'AWS/SageMaker', metricName: 'Invocation5XXErrors', dimensions: watched.dimensions };
  const rate = 'Average'; // one value of 0 or 1 a call, so that the average is the rate and their number that of calls
  const measure = minimumCalls === 1 ? { ...metric, statistic: rate, period: 60 } : {
    metrics: [
      { id: 'rate', metricStat: { metric, stat: rate, period: 60 }, returnData: false },
      { id: 'calls', metricStat: { metric, stat: 'SampleCount', period: 60 }, returnData: false },
      { id: 'counted', expression: `IF(calls >= ${minimumCalls}, rate, 0)`, label: 'Share of failed calls', returnData: true },
    ],
  };
  const what = `More than ${errorPercent} % of the calls of ${watched.words}, fail`;
  return alarm(watched, 'Errors', { ...measure, alarmDescription: `${what} ${CONSEQUENCE}`, threshold: errorPercent / 100 });
}

/** The container takes too long. */
function latency(watched: Watched, { modelLatency, minimumCalls }: RollbackSettings): CfnAlarm {
  const metric = { namespace: 'AWS/SageMaker', metricName: 'ModelLatency', dimensions: watched.dimensions };
  const measure = minimumCalls === 1 ? { ...metric, extendedStatistic: 'p99', period: 60 } : {
    metrics: [
      { id: 'slow', metricStat: { metric, stat: 'p99', period: 60 }, returnData: false },
      { id: 'calls', metricStat: { metric, stat: 'SampleCount', period: 60 }, returnData: false },
      { id: 'counted', expression: `IF(calls >= ${minimumCalls}, slow, 0)`, label: 'Latency of the container, p99', returnData: true },
    ],
  };
  const milliseconds = modelLatency!.toMilliseconds();
  const what = `1 % of the calls of ${watched.words}, take the container more than ${milliseconds} ms`;
  return alarm(watched, 'Latency', { ...measure, alarmDescription: `${what} ${CONSEQUENCE}`, threshold: milliseconds * 1000 }); // the metric is in microseconds
}

/** Calls of an asynchronous endpoint fail, other than because the container calls them wrong. */
function failures(watched: Watched, { errorPercent, minimumCalls }: RollbackSettings): CfnAlarm {
  const of = (id: string, metricName: string, stat: string) => ({
    id,
    metricStat: { metric: { namespace: 'AWS/SageMaker', metricName, dimensions: watched.dimensions }, stat, period: 60 },
    returnData: false,
  });
  const metrics = [
    of('failed', 'InvocationFailures', 'Sum'),
    of('refused', 'Invocation4XXErrors', 'Sum'),
    of('answered', 'Invocation4XXErrors', 'SampleCount'), // a call that is not answered is only among the failed ones
    { id: 'bad', expression: 'FILL(failed, 0) - FILL(refused, 0)', returnData: false },
    { id: 'calls', expression: 'IF(FILL(answered, 0) > FILL(failed, 0), FILL(answered, 0), FILL(failed, 0))', returnData: false },
    { id: 'counted', expression: `IF(calls >= ${minimumCalls}, bad / calls, 0)`, label: 'Share of failed calls', returnData: true },
  ];
  const what = `More than ${errorPercent} % of the asynchronous calls of ${watched.words}, fail for whatever reason but the call itself`;
  return alarm(watched, 'Failures', { metrics, alarmDescription: `${what} ${CONSEQUENCE}`, threshold: errorPercent / 100 });
}

function alarm({ scope, id }: Watched, suffix: string, props: Partial<CfnAlarmProps> & { threshold: number }): CfnAlarm {
  const made = new CfnAlarm(scope, `${id}${suffix}`, {
    ...props,
    comparisonOperator: 'GreaterThanThreshold',
    datapointsToAlarm: MINUTES_BAD,
    evaluationPeriods: MINUTES_SEEN,
    treatMissingData: 'notBreaching',
  });
  excuse(made, 'ruleCannotSee', () => inPacks('CloudWatchAlarmAction').map(rule => ({ rule, reason: WATCHED })));
  return made;
}
