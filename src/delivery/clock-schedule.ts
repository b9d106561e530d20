import { CfnSchedule, CfnScheduleProps, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters';
import { RETRIES } from './event-rule';
import { warnOfFrequent, warnOfTimeZone } from './schedule-expression';
import { MlRole } from '../identity/ml-role';
import { Permission } from '../identity/permission-statement';

/** What is started by the clock, by a role of its own. */
export interface ClockSchedule {
  readonly description: string;
  readonly schedule: ScheduleExpression;
  readonly more?: Pick<CfnScheduleProps, 'startDate' | 'endDate' | 'flexibleTimeWindow'>;
  /** The target without role and queue; tried again for an hour unless it says otherwise. */
  readonly target: Omit<CfnSchedule.TargetProperty, 'roleArn' | 'deadLetterConfig'>;
  readonly roleDescription: string;
  /** What the role needs for the target. */
  readonly permission: Permission;
}

/** Makes the schedule and its role in `own`; what cannot be started goes to the queue of `scope`. */
export function clockSchedule(scope: Construct, own: Construct, of: ClockSchedule): void {
  const letters = DeadLetters.of(scope);
  warnOfFrequent(own, of.schedule);
  warnOfTimeZone(own, of.schedule.timeZone?.timezoneName);
  const role = new MlRole(own, 'Role', { service: 'scheduler.amazonaws.com', description: of.roleDescription });
  role.allow(of.permission, letters.write());
  const resource = new CfnSchedule(own, 'Schedule', {
    description: of.description,
    scheduleExpression: of.schedule.expressionString,
    scheduleExpressionTimezone: of.schedule.timeZone?.timezoneName,
    flexibleTimeWindow: { mode: 'OFF' },
    ...of.more,
    target: { retryPolicy: RETRIES, ...of.target, roleArn: role.roleArn, deadLetterConfig: { arn: letters.queueArn } },
  });
  resource.node.addDependency(role);
}
