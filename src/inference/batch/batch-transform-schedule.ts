import { Stack } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { Problems } from '../../core/problems';
import { clockSchedule } from '../../delivery/clock-schedule';
import { checkExpression } from '../../delivery/schedule-expression';
import { Permission } from '../../identity/permission-statement';

/** What EventBridge Scheduler puts in at each run. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const EXECUTION_ID = '<aws.scheduler.execution-id>';
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

/**
 * Starts a batch transform by the clock.
 */
export interface BatchTransformSchedule {
  /** Name of the schedule in its batch transform: up to 64 letters, digits, dashes and underscores. */
  readonly scheduleName: string;

  /** When; more often than every 10 minutes is warned of, and a `cron` without `minute` means each minute of its hours. */
  readonly schedule: ScheduleExpression;

  /**
   * Whether each run writes into a folder of its own below the output, named after the time of the schedule, as `2026-03-22T18:59:43Z/`. Otherwise
   * a run replaces what earlier runs wrote for the same objects.
   *
   * @default false
   */
  readonly datedOutput?: boolean;
}

/**
 * What a schedule needs to know of the batch transform that it starts.
 *
 * @internal
 */
export interface ScheduledTransform {
  /** The construct that gets the schedule's resources. */
  readonly scope: Construct;
  readonly outputUri: string;
  readonly start: Permission;
  /** The request for a job, with a name that ends with `run`. */
  readonly request: (run: string, outputUri: string) => object;
}

/** Names become ids, so none may be a token. */
export function checkSchedules(schedules: BatchTransformSchedule[], problems: Problems): void {
  problems.unique('names of schedules', schedules.map(s => s.scheduleName));
  schedules.forEach(({ scheduleName, schedule }, i) => {
    checkExpression(`schedules[${i}].schedule`, schedule, problems);
    problems.check(/^[a-zA-Z0-9_-]{1,64}$/.test(scheduleName), `schedules[${i}].scheduleName must be 1 to 64 letters, digits, - and _, known at synth, got '${scheduleName}'`);
  });
}

/** Makes a schedule, its role, and the queue for what could not be started. */
export function addSchedule(props: BatchTransformSchedule, { scope, start, request, outputUri }: ScheduledTransform): void {
  const { scheduleName, schedule, datedOutput } = props;
  const { partition } = Stack.of(scope);
  clockSchedule(scope, new Construct(scope, `Schedule-${scheduleName}`), {
    description: `Starts a batch transform: ${scheduleName}`,
    schedule,
    target: {
      arn: `arn:${partition}:scheduler:::aws-sdk:sagemaker:createTransformJob`,
      input: Stack.of(scope).toJsonString(request(EXECUTION_ID, (datedOutput ?? false) ? `${outputUri}${SCHEDULED_TIME}/` : outputUri)),
    },
    roleDescription: 'Starts a batch transform by the clock',
    permission: start,
  });
}
