import { Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { triggered } from './fixture';
import { PipelineTrigger, ScheduleTriggerOptions } from '../../../src';
import { errorOf, expectCompliant, onlyResource, warning, warningsOf } from '../../helper';

const weekly = ScheduleExpression.cron({ weekDay: 'MON', hour: '6', minute: '0', timeZone: TimeZone.EUROPE_VIENNA });
const scheduled = (options: ScheduleTriggerOptions) => triggered(() => [PipelineTrigger.onSchedule(weekly, options)]);

test('a schedule may say how late, from when until when, and how long it tries', () => {
  const { stack, template } = scheduled({
    timeWindow: Duration.minutes(30),
    start: new Date('2030-01-01T00:00:00Z'),
    end: new Date('2031-01-01T00:00:00Z'),
    retryAttempts: 0,
    maxEventAge: Duration.hours(2),
  });
  expect(onlyResource(template(), 'AWS::Scheduler::Schedule').Properties).toMatchObject({
    ScheduleExpression: 'cron(0 6 ? * MON *)',
    ScheduleExpressionTimezone: 'Europe/Vienna',
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
    StartDate: '2030-01-01T00:00:00.000Z',
    EndDate: '2031-01-01T00:00:00.000Z',
    Target: { RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 7200 } },
  });
  expectCompliant(stack);
});

test('two that differ in their times only stand side by side', () => {
  const starts = ['2030-01-01', '2031-01-01'].map(day => PipelineTrigger.onSchedule(weekly, { start: new Date(day) }));
  triggered(() => starts).template().resourceCountIs('AWS::Scheduler::Schedule', 2);
});

test.each<[ScheduleTriggerOptions, string]>([
  [{ timeWindow: Duration.seconds(90) }, 'triggers[0].timeWindow (minutes) must be a whole number between 1 and 1440, got 1.5'],
  [{ timeWindow: Duration.days(2) }, 'triggers[0].timeWindow (minutes) must be a whole number between 1 and 1440, got 2880'],
  [{ maxEventAge: Duration.seconds(59) }, 'triggers[0].maxEventAge (seconds) must be a whole number between 60 and 86400, got 59'],
  [{ retryAttempts: 186 }, 'triggers[0].retryAttempts must be a whole number between 0 and 185, got 186'],
  [{ start: new Date('2031-01-01'), end: new Date('2030-01-01') }, 'triggers[0].end must be after its start, 2031-01-01T00:00:00.000Z, got 2030-01-01T00:00:00.000Z'],
])('%j is refused', (options, problem) => {
  expect(errorOf(() => scheduled(options))).toContain(`has 1 problem:\n  - ${problem}`);
});

test('what starts more often than jobs can end, in a zone that nobody knows, is warned of and stays as it is', () => {
  const often = ScheduleExpression.cron({ hour: '3', timeZone: TimeZone.of('Europe/Wien') });
  const { stack, template } = triggered(() => [PipelineTrigger.onSchedule(often)]);
  expect(onlyResource(template(), 'AWS::Scheduler::Schedule').Properties).toMatchObject({ ScheduleExpression: 'cron(* 3 * * ? *)', ScheduleExpressionTimezone: 'Europe/Wien' });
  expect(warningsOf(stack)).toEqual(expect.arrayContaining([warning('frequentSchedule', "'cron(* 3 * * ? *)' starts every minute at times"), warning('timeZoneUnknown', "'Europe/Wien'")]));
});

describe('the expression', () => {
  const made = (schedule: ScheduleExpression) => () => triggered(() => [PipelineTrigger.onSchedule(schedule)]);

  test.each(['foo', 'rate(0 days)', 'rate(1 week)', 'cron(0 3 * * ?)', 'at(2030-01-31)', ''])("'%s' is none", text => {
    expect(errorOf(made(ScheduleExpression.expression(text)))).toContain(
      `triggers[0].schedule must look like 'rate(7 days)', 'cron(0 3 * * ? *)' or 'at(2030-01-31T03:00:00)', got '${text}'`);
  });

  test.each([
    ScheduleExpression.rate(Duration.days(7)), ScheduleExpression.rate(Duration.minutes(1)), ScheduleExpression.cron({ hour: '3', minute: '0' }),
    ScheduleExpression.at(new Date('2030-01-31T03:00:00Z')), ScheduleExpression.expression('cron(0 3 ? * MON-FRI 2030)'),
  ].map(e => [e.expressionString, e] as const))('%s is one', (_, expression) => {
    expect(made(expression)).not.toThrow();
  });
});
