import { Duration } from 'aws-cdk-lib';
import { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { StandardAlarm } from './standard-alarm';
import { ComplianceOptions } from '../../compliance/compliance-options';
import { Problems } from '../../core/problems';
import { hours, minutes } from '../../core/units';

/** Every default stands here, and only here. */
const DEFAULTS = {
  serverErrorPercent: 1,
  clientErrorPercent: 20,
  minimumErrors: 3,
  modelLatency: Duration.seconds(10),
  cpuPercent: 80,
  memoryPercent: 85,
  diskPercent: 80,
  setupTime: Duration.seconds(10),
  concurrencyPercent: 80,
  capacityWithin: Duration.minutes(15),
  backlogSize: 1000,
  waitingTime: Duration.minutes(30),
  failedInvocations: 0,
};

/** Length of the periods in which capacity is looked for, and of those in which calls are. */
export const CAPACITY_MINUTES = 5;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_MINUTES = 24 * 60;
const MAX_HOURS = 7 * 24;

/**
 * What the alarms of an endpoint go by and whom they tell. Whatever does not concern the way in which the endpoint is hosted does nothing, so that
 * the same options fit all endpoints of a team; an info at synth names it.
 */
export interface EndpointAlarmsOptions {
  /**
   * Topic that every alarm writes to: a standard topic of the Region. Its key, and its policy if it has one, let CloudWatch use it where they are made by the program; what is imported,
   * L1, or a `TopicPolicy` of your own must do so already.
   *
   * @default - no topic
   */
  readonly topic?: ITopicRef;

  /**
   * What else every alarm does.
   *
   * @default - nothing
   */
  readonly actions?: IAlarmAction[];

  /**
   * Whether topic and actions are also told that an alarm is over.
   *
   * @default false
   */
  readonly notifyRecovery?: boolean;

  /**
   * Alarms that are not made.
   *
   * @default - all of the way in which the endpoint is hosted are made, but for those that need a number which only you know
   */
  readonly leaveOut?: StandardAlarm[];

  /**
   * Percentage of calls with a status of 500 to 599 that is too much in 2 of 3 periods of five minutes.
   *
   * @default 1
   */
  readonly serverErrorPercent?: number;

  /**
   * Percentage of calls with a status of 400 to 499 that is too much in 2 of 3 periods of five minutes.
   *
   * @default 20
   */
  readonly clientErrorPercent?: number;

  /**
   * Failed calls in five minutes below which no percentage counts, so that one call in the night wakes nobody.
   *
   * @default 3
   */
  readonly minimumErrors?: number;

  /**
   * Time in which the container must answer 99 % of the calls, in 3 of 5 minutes.
   *
   * @default Duration.seconds(10)
   */
  readonly modelLatency?: Duration;

  /**
   * Use of all processors, in percent, that is too much over a quarter of an hour.
   *
   * @default 80
   */
  readonly cpuPercent?: number;

  /**
   * vCPUs of each instance, which the use of the processors is counted by.
   *
   * @default - what the size of the instance type says; where it does not tell, or instance types differ, there is no alarm, and a warning
   */
  readonly vcpuCount?: number;

  /**
   * Use of the memory, in percent, that is too much over a quarter of an hour.
   *
   * @default 85
   */
  readonly memoryPercent?: number;

  /**
   * Use of the disks, in percent, that is too much over a quarter of an hour.
   *
   * @default 80
   */
  readonly diskPercent?: number;

  /**
   * Calls for each instance and minute that are too many for five minutes: well above the target of the scaling, 1.5 times it, say.
   *
   * @default - no such alarm
   */
  readonly invocationsPerInstance?: number;

  /**
   * Time in which 90 % of the containers of a serverless endpoint must have started.
   *
   * @default Duration.seconds(10)
   */
  readonly setupTime?: Duration;

  /**
   * Calls at once, in percent of those that a serverless endpoint allows, that are too many in 2 of 3 periods of five minutes.
   *
   * @default 80
   */
  readonly concurrencyPercent?: number;

  /**
   * Time in which an endpoint or inference component that was scaled to zero must run again: 5 minutes to a day, in steps of 5 minutes.
   *
   * @default Duration.minutes(15)
   */
  readonly capacityWithin?: Duration;

  /**
   * Asynchronous requests that may wait or be worked on, over a quarter of an hour.
   *
   * @default 1000
   */
  readonly backlogSize?: number;

  /**
   * Time that an asynchronous request may wait.
   *
   * @default Duration.minutes(30)
   */
  readonly waitingTime?: Duration;

  /**
   * Asynchronous calls that may fail in five minutes.
   *
   * @default 0
   */
  readonly failedInvocations?: number;

  /**
   * Time without a call after which the endpoint, or an inference component, counts as idle: 1 hour to 7 days, in whole hours. No data is no call.
   *
   * @default - no such alarm
   */
  readonly idleFor?: Duration;

  /**
   * How the compliance checks judge the alarms.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

/** What the alarms go by. */
export type AlarmThresholds = ReturnType<typeof thresholds>;

/** With the defaults. */
export function thresholds(o: EndpointAlarmsOptions) {
  return {
    serverErrorPercent: o.serverErrorPercent ?? DEFAULTS.serverErrorPercent,
    clientErrorPercent: o.clientErrorPercent ?? DEFAULTS.clientErrorPercent,
    minimumErrors: o.minimumErrors ?? DEFAULTS.minimumErrors,
    modelLatency: o.modelLatency ?? DEFAULTS.modelLatency,
    cpuPercent: o.cpuPercent ?? DEFAULTS.cpuPercent,
    vcpuCount: o.vcpuCount,
    memoryPercent: o.memoryPercent ?? DEFAULTS.memoryPercent,
    diskPercent: o.diskPercent ?? DEFAULTS.diskPercent,
    invocationsPerInstance: o.invocationsPerInstance,
    setupTime: o.setupTime ?? DEFAULTS.setupTime,
    concurrencyPercent: o.concurrencyPercent ?? DEFAULTS.concurrencyPercent,
    capacityWithin: o.capacityWithin ?? DEFAULTS.capacityWithin,
    backlogSize: o.backlogSize ?? DEFAULTS.backlogSize,
    waitingTime: o.waitingTime ?? DEFAULTS.waitingTime,
    failedInvocations: o.failedInvocations ?? DEFAULTS.failedInvocations,
    idleFor: o.idleFor,
  };
}

/** All that is wrong with the options. */
export function checkAlarms(o: EndpointAlarmsOptions, problems: Problems): void {
  for (const name of ['serverErrorPercent', 'clientErrorPercent', 'cpuPercent', 'memoryPercent', 'diskPercent', 'concurrencyPercent'] as const) {
    problems.range(name, o[name], 0, 100);
  }
  problems.integer('minimumErrors', o.minimumErrors, 1, Number.MAX_SAFE_INTEGER);
  problems.integer('vcpuCount', o.vcpuCount, 1, Number.MAX_SAFE_INTEGER);
  problems.range('invocationsPerInstance', o.invocationsPerInstance, 0, Number.MAX_VALUE);
  problems.integer('backlogSize', o.backlogSize, 0, Number.MAX_SAFE_INTEGER);
  problems.integer('failedInvocations', o.failedInvocations, 0, Number.MAX_SAFE_INTEGER);
  const within = minutes(o.capacityWithin);
  problems.range('capacityWithin (minutes)', within, CAPACITY_MINUTES, MAX_MINUTES);
  problems.check(within === undefined || within % CAPACITY_MINUTES === 0, `capacityWithin must be a multiple of ${CAPACITY_MINUTES} minutes, got ${within} minutes`);
  problems.integer('idleFor (hours)', hours(o.idleFor), 1, MAX_HOURS);
  problems.unique('leaveOut', o.leaveOut ?? []);
  problems.check(!o.notifyRecovery || o.topic !== undefined || (o.actions ?? []).length > 0, 'notifyRecovery needs topic or actions');
}
