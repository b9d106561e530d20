import { Duration, Token } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { TriggerKind } from './trigger-kind';
import { checkPassed, renderPassed, saidOf } from './trigger-parameters';
import { Problems } from '../../core/problems';
import { checkMinutes, checkSeconds, inMinutes, inSeconds } from '../../core/units';
import { clockSchedule } from '../../delivery/clock-schedule';
import { RETRIES } from '../../delivery/event-rule';
import { checkExpression } from '../../delivery/schedule-expression';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html */
const MAX_WINDOW_MINUTES = 1440;

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
const MAX_RETRIES = 185;
const DAY_SECONDS = 86_400;

/**
 * How a schedule starts a pipeline.
 */
export interface ScheduleTriggerOptions {
  /**
   * Values of the pipeline's parameters, texts of up to 1024 characters. Numbers and flags are written as texts.
   *
   * @default - the defaults of the parameters
   */
  readonly parameters?: { [name: string]: string };

  /**
   * How much later than planned the pipeline may start, 1 minute to 24 hours in whole minutes, so that not everything starts at once.
   *
   * @default - it starts within the minute
   */
  readonly timeWindow?: Duration;

  /**
   * The first moment at which the schedule may start the pipeline. A fixed moment, so that the template stays the same.
   *
   * @default - when it is deployed
   */
  readonly start?: Date;

  /**
   * The last moment at which it may.
   *
   * @default - it goes on
   */
  readonly end?: Date;

  /**
   * How often a start that failed is tried again, 0 to 185 times.
   *
   * @default 3
   */
  readonly retryAttempts?: number;

  /**
   * For how long it is tried again, 1 minute to 24 hours; then it goes to the dead-letter queue.
   *
   * @default Duration.hours(1)
   */
  readonly maxEventAge?: Duration;
}

/**
 * Starts by the clock.
 *
 * @internal
 */
export function scheduleTrigger(schedule: ScheduleExpression, options: ScheduleTriggerOptions): TriggerKind {
  return {
    id: 'OnSchedule',
    passed: options.parameters,
    says: () => [schedule.expressionString, schedule.timeZone?.timezoneName ?? '', ...saidOf(options.parameters), ...times(options)],
    check(name, pipeline, problems) {
      checkExpression(`${name}.schedule`, schedule, problems);
      checkTimes(name, options, problems);
      checkPassed(name, options.parameters, pipeline, 'clock', problems);
    },
    bind(childId, { scope, pipelineArn, pipelineArns }) {
      clockSchedule(scope, new Construct(scope, childId), {
        description: 'Starts a pipeline by the clock',
        schedule,
        more: {
          startDate: options.start?.toISOString(),
          endDate: options.end?.toISOString(),
          flexibleTimeWindow: options.timeWindow === undefined ? { mode: 'OFF' } : { mode: 'FLEXIBLE', maximumWindowInMinutes: inMinutes(options.timeWindow)! },
        },
        target: {
          arn: pipelineArn,
          sageMakerPipelineParameters: renderPassed(options.parameters),
          retryPolicy: {
            maximumRetryAttempts: options.retryAttempts ?? RETRIES.maximumRetryAttempts,
            maximumEventAgeInSeconds: inSeconds(options.maxEventAge) ?? RETRIES.maximumEventAgeInSeconds,
          },
        },
        roleDescription: 'Starts a pipeline by the clock',
        permission: { actions: ['sagemaker:StartPipelineExecution'], resources: pipelineArns },
      });
    },
  };
}

/** Only what is said, so that ids stay. */
function times({ start, end }: ScheduleTriggerOptions): string[] {
  return start === undefined && end === undefined ? [] : [start?.toISOString() ?? '', end?.toISOString() ?? ''];
}

function checkTimes(name: string, { timeWindow, start, end, retryAttempts, maxEventAge }: ScheduleTriggerOptions, problems: Problems): void {
  checkMinutes(`${name}.timeWindow`, timeWindow, { min: 1, max: MAX_WINDOW_MINUTES }, problems);
  checkSeconds(`${name}.maxEventAge`, maxEventAge, { min: 60, max: DAY_SECONDS }, problems);
  problems.integer(`${name}.retryAttempts`, retryAttempts, 0, MAX_RETRIES);
  if (start === undefined || end === undefined || Token.isUnresolved(start) || Token.isUnresolved(end)) { return; }
  problems.check(start < end, `${name}.end must be after its start, ${start.toISOString()}, got ${end.toISOString()}`);
}
