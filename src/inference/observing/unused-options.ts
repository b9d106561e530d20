import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AlarmPlan } from './alarm-plan';
import { EndpointAlarmsOptions } from './endpoint-alarms-options';
import { StandardAlarm } from './standard-alarm';
import { HostingKindName } from '../hosting/hosting-kind';

/** The alarms that go by an option. */
const ALARMS_OF: Partial<Record<keyof EndpointAlarmsOptions, StandardAlarm[]>> = {
  serverErrorPercent: [StandardAlarm.SERVER_ERRORS],
  clientErrorPercent: [StandardAlarm.CLIENT_ERRORS],
  minimumErrors: [StandardAlarm.SERVER_ERRORS, StandardAlarm.CLIENT_ERRORS],
  modelLatency: [StandardAlarm.LATENCY],
  cpuPercent: [StandardAlarm.CPU],
  vcpuCount: [StandardAlarm.CPU],
  memoryPercent: [StandardAlarm.MEMORY],
  diskPercent: [StandardAlarm.DISK],
  invocationsPerInstance: [StandardAlarm.OVERLOAD],
  setupTime: [StandardAlarm.SETUP_TIME],
  concurrencyPercent: [StandardAlarm.CONCURRENCY],
  capacityWithin: [StandardAlarm.NO_CAPACITY],
  backlogSize: [StandardAlarm.BACKLOG],
  waitingTime: [StandardAlarm.WAITING_TIME],
  failedInvocations: [StandardAlarm.FAILURES],
  idleFor: [StandardAlarm.IDLE],
};

/** Names the options that no alarm goes by: an info, which stops nothing, since one set of options may serve many endpoints. */
export function noteUnusedOptions(scope: IConstruct, options: EndpointAlarmsOptions, kind: HostingKindName, made: AlarmPlan[]): void {
  const alarms = made.map(plan => plan.alarm);
  const unused = Object.entries(ALARMS_OF)
    .filter(([name, by]) => options[name as keyof EndpointAlarmsOptions] !== undefined && !by.some(alarm => alarms.includes(alarm)))
    .map(([name]) => name);
  if (kind === 'Components' && options.vcpuCount !== undefined && !unused.includes('vcpuCount')) { unused.push('vcpuCount'); } // its metric is in percent
  if (unused.length === 0) { return; }
  Annotations.of(scope).addInfoV2('cdk-ml-patterns:optionWithoutEffect', `This endpoint has no alarm that goes by ${unused.join(', ')}.`);
}
