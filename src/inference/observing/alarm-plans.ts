import { AlarmPlan, Called, FIVE_MINUTES, MINUTE, errorPlans, idlePlans, latencyPlan, noCapacityPlan } from './alarm-plan';
import { AlarmThresholds } from './endpoint-alarms-options';
import { HostedEndpoint, componentMetrics, variantMetrics } from './hosted-endpoint';
import { InferenceEndpointMetrics } from './inference-endpoint-metrics';
import { StandardAlarm } from './standard-alarm';
import { vcpusOf } from './vcpus';
import { FleetVariant, HostingKindName } from '../hosting/hosting-kind';

/** A production variant; nobody gets the answers of shadows. */
interface Variant extends Called {
  readonly metrics: InferenceEndpointMetrics;
  readonly facts: FleetVariant;
}

/** The standard set of an endpoint. Where the number of vCPUs is not known there is no alarm for them. */
export function alarmPlans(endpoint: HostedEndpoint, t: AlarmThresholds): AlarmPlan[] {
  const words = `endpoint ${endpoint.endpointName}`;
  const variants = endpoint.kind.fleet.variants.map((facts): Variant => ({
    facts,
    id: facts.variantName,
    words: `${words}, variant ${facts.variantName},`,
    metrics: variantMetrics(endpoint, facts.variantName),
  }));
  const byKind: Record<HostingKindName, () => AlarmPlan[]> = {
    RealTime: () => [
      ...variants.flatMap(v => [...errorPlans(v, t), latencyPlan(v, t), ...instancePlans(v, t), ...overloadPlans(v, t)]),
      ...idlePlans(variants.map(v => v.metrics.invocations()), capital(words), t),
    ],
    Serverless: () => [
      ...variants.flatMap(v => [...errorPlans(v, t), latencyPlan(v, t), ...serverlessPlans(v, t)]),
      ...idlePlans(variants.map(v => v.metrics.invocations()), capital(words), t),
    ],
    Asynchronous: () => [
      ...variants.flatMap(v => [...errorPlans(v, t), failuresPlan(v, t), ...instancePlans(v, t)]),
      ...queuePlans(variants[0].metrics, words, t),
      // `Invocations` is not published; whatever reaches the container has a latency
      ...idlePlans(variants.map(v => v.metrics.modelLatency({ statistic: 'SampleCount' })), capital(words), t),
    ],
    Components: () => [
      ...variants.flatMap(v => componentInstancePlans(v, t)),
      ...endpoint.kind.fleet.components.flatMap(name => componentPlans(endpoint, name, t)),
    ],
  };
  return byKind[endpoint.kind.kind]();
}

function instancePlans(variant: Variant, t: AlarmThresholds): AlarmPlan[] {
  const { metrics, facts } = variant;
  const vcpus = t.vcpuCount ?? vcpusOf(facts.instanceTypes);
  const busy = `Processors of ${variant.words} are used by more than ${t.cpuPercent} %`;
  return [
    ...vcpus === undefined ? [] : [
      quarterHour(variant, StandardAlarm.CPU, `${busy} of ${vcpus} vCPUs`, metrics.cpuUtilization({ period: FIVE_MINUTES }), t.cpuPercent * vcpus),
    ],
    memoryPlan(variant, t),
    diskPlan(variant, t),
  ];
}

/** Instances with inference components publish the use of the processors in percent of them all. */
function componentInstancePlans(variant: Variant, t: AlarmThresholds): AlarmPlan[] {
  const busy = `Processors of ${variant.words} are used by more than ${t.cpuPercent} %`;
  return [
    quarterHour(variant, StandardAlarm.CPU, busy, variant.metrics.cpuUtilizationNormalized({ period: FIVE_MINUTES }), t.cpuPercent),
    memoryPlan(variant, t),
    diskPlan(variant, t),
  ];
}

function memoryPlan(variant: Variant, { memoryPercent }: AlarmThresholds): AlarmPlan {
  const metric = variant.metrics.memoryUtilization({ statistic: 'Maximum', period: FIVE_MINUTES });
  return quarterHour(variant, StandardAlarm.MEMORY, `More than ${memoryPercent} % of the memory of ${variant.words} are used`, metric, memoryPercent);
}

function diskPlan(variant: Variant, { diskPercent }: AlarmThresholds): AlarmPlan {
  const metric = variant.metrics.diskUtilization({ statistic: 'Maximum', period: FIVE_MINUTES });
  return quarterHour(variant, StandardAlarm.DISK, `More than ${diskPercent} % of the disks of ${variant.words} are used`, metric, diskPercent);
}

function quarterHour({ id }: Called, alarm: StandardAlarm, words: string, metric: AlarmPlan['metric'], threshold: number): AlarmPlan {
  return { alarm, words, metric, threshold, of: id, periods: [3, 3] };
}

function overloadPlans({ id, words, metrics }: Variant, { invocationsPerInstance }: AlarmThresholds): AlarmPlan[] {
  if (invocationsPerInstance === undefined) { return []; }
  return [{
    alarm: StandardAlarm.OVERLOAD,
    of: id,
    words: `Each instance of ${words} gets more than ${invocationsPerInstance} calls a minute: it scales too slowly, or is at its maximum`,
    metric: metrics.invocationsPerInstance({ period: MINUTE }),
    threshold: invocationsPerInstance,
    periods: [5, 5],
  }];
}

function serverlessPlans(variant: Variant, t: AlarmThresholds): AlarmPlan[] {
  const { id, words, metrics } = variant;
  return [
    memoryPlan(variant, t),
    {
      alarm: StandardAlarm.SETUP_TIME,
      of: id,
      words: `1 in 10 containers of ${words} takes more than ${t.setupTime.toHumanString()} to start`,
      metric: metrics.modelSetupTime({ statistic: 'p90', period: FIVE_MINUTES }),
      threshold: t.setupTime.toMilliseconds() * 1000, // the metric is in microseconds
      periods: [2, 3],
    },
    {
      alarm: StandardAlarm.CONCURRENCY,
      of: id,
      words: `Calls at once of ${words} come to more than ${t.concurrencyPercent} % of those allowed`,
      metric: metrics.serverlessConcurrentExecutionsUtilization({ period: FIVE_MINUTES }),
      threshold: t.concurrencyPercent / 100, // the metric is a share
      periods: [2, 3],
    },
  ];
}

function failuresPlan({ id, words, metrics }: Variant, { failedInvocations }: AlarmThresholds): AlarmPlan {
  return {
    alarm: StandardAlarm.FAILURES,
    of: id,
    words: `More than ${failedInvocations} asynchronous calls of ${words} fail in five minutes`,
    metric: metrics.invocationFailures({ period: FIVE_MINUTES }),
    threshold: failedInvocations,
    periods: [1, 1],
  };
}

/** The queue belongs to the endpoint, not to a variant. */
function queuePlans(metrics: InferenceEndpointMetrics, words: string, t: AlarmThresholds): AlarmPlan[] {
  const stuck = metrics.hasBacklogWithoutCapacity({ statistic: 'Minimum', period: FIVE_MINUTES });
  return [
    noCapacityPlan(stuck, `Requests of ${words} wait and it has no instance`, t),
    {
      alarm: StandardAlarm.BACKLOG,
      words: `More than ${t.backlogSize} requests of ${words} wait`,
      metric: metrics.approximateBacklogSize({ period: FIVE_MINUTES }),
      threshold: t.backlogSize,
      periods: [3, 3],
    },
    {
      alarm: StandardAlarm.WAITING_TIME,
      words: `A request of ${words} waits for more than ${t.waitingTime.toHumanString()}`,
      metric: metrics.approximateAgeOfOldestRequest({ period: FIVE_MINUTES }),
      threshold: t.waitingTime.toSeconds(),
      periods: [1, 1],
    },
  ];
}

function componentPlans(endpoint: HostedEndpoint, name: string, t: AlarmThresholds): AlarmPlan[] {
  const metrics = componentMetrics(endpoint, name);
  const words = `endpoint ${endpoint.endpointName}, inference component ${name},`;
  const component = { id: name, words, metrics };
  const failed = metrics.noCapacityInvocationFailures({ period: FIVE_MINUTES });
  return [
    ...errorPlans(component, t),
    latencyPlan(component, t),
    noCapacityPlan(failed, `Calls of ${words} fail since it has no copy`, t, name),
    ...idlePlans([metrics.invocations()], capital(words.slice(0, -1)), t, name),
  ];
}

function capital(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}
