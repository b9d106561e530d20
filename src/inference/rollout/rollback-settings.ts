import { Arn, ArnFormat, Duration, Stack, Token } from 'aws-cdk-lib';
import { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { RolloutOptions } from './rollout-options';
import { Problems } from '../../core/problems';
import { isElsewhere } from '../../core/stacks';

/** What the standard alarms go by. */
export interface RollbackSettings {
  readonly standardAlarms: boolean;
  readonly errorPercent: number;
  readonly minimumCalls: number;
  readonly modelLatency?: Duration;
}

/** Every default stands here, and only here. */
const DEFAULTS = { standardAlarms: true, errorPercent: 5, minimumCalls: 1 };

export function rollbackSettings(options: RolloutOptions): RollbackSettings {
  return {
    standardAlarms: options.standardAlarms ?? DEFAULTS.standardAlarms,
    errorPercent: options.errorPercent ?? DEFAULTS.errorPercent,
    minimumCalls: options.minimumCalls ?? DEFAULTS.minimumCalls,
    modelLatency: options.modelLatency,
  };
}

export function checkRollbackSettings(options: RolloutOptions, problems: Problems, scope: IConstruct): void {
  const { errorPercent, minimumCalls, modelLatency, alarms } = options;
  const later = [
    ...Token.isUnresolved(errorPercent) ? ['rollout.errorPercent'] : [],
    ...Token.isUnresolved(minimumCalls) ? ['rollout.minimumCalls'] : [],
    ...modelLatency?.isUnresolved() ? ['rollout.modelLatency'] : [],
  ];
  problems.check(later.length === 0, `${later.join(', ')} must be known at synth, since alarms are calculated from it`);
  const unused = Object.entries({ errorPercent, minimumCalls, modelLatency }).filter(([, value]) => value !== undefined).map(([name]) => name);
  const made = options.standardAlarms ?? DEFAULTS.standardAlarms;
  problems.check(made || unused.length === 0, `rollout.${unused.join(', ')} must be left out with standardAlarms: false, since only the standard alarms go by it`);
  problems.range('rollout.errorPercent', errorPercent, 0, 100);
  problems.integer('rollout.minimumCalls', minimumCalls, 1, Number.MAX_SAFE_INTEGER);
  if (modelLatency !== undefined && !modelLatency.isUnresolved()) {
    problems.check(modelLatency.toMilliseconds() > 0, 'rollout.modelLatency must be longer than 0 seconds');
  }
  if (problems.knownList('rollout.alarms', alarms)) {
    alarms?.forEach((alarm, i) => checkAlarm(`rollout.alarms[${i}]`, alarm, problems, scope));
  }
}

/** SageMaker looks for alarms beside the endpoint. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Alarm.html */
export function checkAlarm(name: string, alarm: IAlarmRef, problems: Problems, scope: IConstruct): void {
  const { account, region } = Stack.of(scope);
  const { alarmArn } = alarm.alarmRef;
  const its = Token.isUnresolved(alarmArn) ? alarm.env : Arn.split(alarmArn, ArnFormat.COLON_RESOURCE_NAME); // an import does not say where it is
  const place = `the account and Region of the endpoint, ${account} and ${region}`;
  problems.check(!isElsewhere(scope, its), `${name} must be in ${place}, got ${its.account} and ${its.region}`);
}
