import { Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmPlan, missingData } from './alarm-plan';
import { alarmPlans } from './alarm-plans';
import { EndpointAlarmsOptions, checkAlarms, thresholds } from './endpoint-alarms-options';
import { HostedEndpoint } from './hosted-endpoint';
import { StandardAlarm } from './standard-alarm';
import { noteUnusedOptions } from './unused-options';
import { bakeInChecks, sealChecks } from '../../compliance/baked-in';
import { Problems } from '../../core/problems';
import { letAlarmsPublish } from '../../delivery/alarm-topic';
import { DeadLetters } from '../../delivery/dead-letters';
import { checkTopicHere } from '../../delivery/topic-check';
import type { InferenceEndpoint } from '../inference-endpoint';

/**
 * Properties of EndpointAlarms.
 */
export interface EndpointAlarmsProps extends EndpointAlarmsOptions {
  /** The endpoint that is watched. */
  readonly endpoint: InferenceEndpoint;
}

/**
 * The standard alarms of an endpoint, for the way in which it is hosted. `endpoint.addAlarms` makes them in one line; this makes a second set, with other
 * thresholds for another topic, say.
 *
 * Shadow variants are not watched, since nobody gets their answers. The alarms know the endpoint by its name and do not wait for it. CloudWatch bills each of
 * them, 0.10 USD a month for each of its metrics in most Regions; those of errors have two.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 *
 * @example
 * declare const action: cloudwatch.IAlarmAction;
 * declare const endpoint: InferenceEndpoint;
 * const alarms = new EndpointAlarms(this, 'Pages', { endpoint, topic, leaveOut: [StandardAlarm.CLIENT_ERRORS], idleFor: Duration.days(1) });
 * alarms.alarmsOf(StandardAlarm.LATENCY)[0].addAlarmAction(action);
 */
export class EndpointAlarms extends Construct {
  /** All of the alarms. */
  public readonly alarms: Alarm[];

  private readonly made: [AlarmPlan, Alarm][];

  constructor(scope: Construct, id: string, props: EndpointAlarmsProps) {
    super(scope, id);
    const problems = new Problems();
    checkAlarms(props, problems);
    checkTopicHere('topic', props.topic, this, problems);
    bakeInChecks(this, props.compliance, problems);

    const endpoint = props.endpoint._hosted;
    const all = [...alarmPlans(endpoint, thresholds(props)), ...lettersPlan(this, props.endpoint)];
    const plans = all.filter(({ alarm }) => !props.leaveOut?.includes(alarm));
    if (!props.leaveOut?.includes(StandardAlarm.CPU)) { warnOfVcpus(this, endpoint, plans); }
    noteUnusedOptions(this, props, endpoint.kind.kind, plans);
    if (props.topic) { letAlarmsPublish(this, props.topic); }
    const actions = [...props.topic ? [publishTo(props.topic)] : [], ...props.actions ?? []];
    this.made = plans.map(plan => [plan, makeAlarm(this, plan)]);
    this.alarms = this.made.map(([, made]) => made);
    this.alarms.forEach(made => {
      made.addAlarmAction(...actions);
      if (props.notifyRecovery) { made.addOkAction(...actions); }
    });
    sealChecks(this);
  }

  /**
   * The alarms of one sort: one for each production variant or inference component that it watches, or one for the whole endpoint; none if there is no such alarm.
   *
   * @param alarm the sort
   */
  public alarmsOf(alarm: StandardAlarm): Alarm[] {
    return this.made.filter(([plan]) => plan.alarm === alarm).map(([, made]) => made);
  }
}

function makeAlarm(scope: Construct, plan: AlarmPlan): Alarm {
  const [datapointsToAlarm, evaluationPeriods] = plan.periods;
  return new Alarm(scope, `${plan.of ?? ''}${plan.alarm}`, {
    datapointsToAlarm,
    evaluationPeriods,
    metric: plan.metric,
    threshold: plan.threshold,
    alarmDescription: plan.words,
    comparisonOperator: comparison(plan),
    treatMissingData: missingData(plan),
    // a percentile of three calls says nothing
    evaluateLowSampleCountPercentile: plan.alarm === StandardAlarm.LATENCY ? 'ignore' : undefined,
  });
}

/** Alarms of another stack would wait for that of the endpoint, by the name of its queue. */
function lettersPlan(scope: Construct, endpoint: InferenceEndpoint): AlarmPlan[] {
  if (Stack.of(scope) !== Stack.of(endpoint) || DeadLetters.find(endpoint) === undefined) { return []; }
  return [{
    alarm: StandardAlarm.DEAD_LETTERS,
    words: `A notice of a failed update of the endpoint ${endpoint._hosted.endpointName} could not be delivered and waits in the dead-letter queue`,
    metric: endpoint.metricDeadLetters(),
    threshold: 1,
    periods: [1, 1],
    atThreshold: true,
  }];
}

function comparison({ below, atThreshold }: AlarmPlan): ComparisonOperator {
  if (below) { return ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD; }
  return atThreshold ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD;
}

/** CDK's own action asks for more than a reference. */
function publishTo(topic: ITopicRef): IAlarmAction {
  return { bind: () => ({ alarmActionArn: topic.topicRef.topicArn }) };
}

function warnOfVcpus(scope: Construct, endpoint: HostedEndpoint, plans: AlarmPlan[]): void {
  if (endpoint.kind.kind === 'Serverless') { return; }
  const watched = plans.filter(p => p.alarm === StandardAlarm.CPU).map(p => p.of);
  const missing = endpoint.kind.fleet.variants.map(v => v.variantName).filter(name => !watched.includes(name));
  if (missing.length === 0) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:vcpusUnknown',
    `The instance types of ${missing.join(', ')} do not tell how many vCPUs there are, so no alarm watches the processors: give vcpuCount, or leave out StandardAlarm.CPU.`);
}
