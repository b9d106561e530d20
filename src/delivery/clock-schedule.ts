import { CfnSchedule, CfnScheduleProps, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters';
import { RETRIES } from './event-rule';
import { Problems } from '../core/problems';
import { MlRole } from '../identity/ml-role';
import { Permission } from '../identity/permission-statement';

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const EXPRESSION = /^(at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)|rate\([1-9]\d* (minute|hour|day)s?\)|cron\(\s*\S+(\s+\S+){5}\s*\))$/;

/** CDK takes any text for an expression. */
export function checkExpression(name: string, { expressionString }: ScheduleExpression, problems: Problems): void {
  problems.pattern(name, expressionString, EXPRESSION, "look like 'rate(7 days)', 'cron(0 3 * * ? *)' or 'at(2030-01-31T03:00:00)'");
}

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
