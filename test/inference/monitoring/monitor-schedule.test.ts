import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { MonitorSchedule } from '../../../src';
import { Problems } from '../../../src/core/problems';
import { errorOf } from '../../helper';

function check(schedule: MonitorSchedule): void {
  const problems = new Problems();
  schedule._check('schedule', problems);
  problems.throwIfAny(new Stack(undefined, 'Stack'));
}

const problemOf = (schedule: MonitorSchedule) => errorOf(() => check(schedule)).split('\n  - ').slice(1);

const RULE = "be 'cron(0 * ? * * *)', 'cron(0 <hour> ? * * *)' or 'cron(0 <hour>/<hours> ? * * *)' with an hour of 0 to 23 and 1 to 24 hours between runs";

test.each<[string, MonitorSchedule, string, number, number]>([
  ['every hour', MonitorSchedule.hourly(), 'cron(0 * ? * * *)', 1, 1],
  ['once a day', MonitorSchedule.daily(), 'cron(0 0 ? * * *)', 24, 24],
  ['once a day at noon', MonitorSchedule.daily(12), 'cron(0 12 ? * * *)', 24, 24],
  ['every six hours', MonitorSchedule.everyHours(6), 'cron(0 0/6 ? * * *)', 6, 6],
  ['every twelve hours from five on, which is twice a day', MonitorSchedule.everyHours(12, 5), 'cron(0 5/12 ? * * *)', 12, 12],
  ['every twelve hours from 17 on, which is once a day', MonitorSchedule.everyHours(12, 17), 'cron(0 17/12 ? * * *)', 24, 24],
  ['every five hours, with a shorter one at midnight', MonitorSchedule.everyHours(5), 'cron(0 0/5 ? * * *)', 4, 5],
  ['every four hours from ten on, with a longer one at night', MonitorSchedule.everyHours(4, 10), 'cron(0 10/4 ? * * *)', 4, 12],
  ['an expression', MonitorSchedule.expression('cron(0 00/2 ? * * *)'), 'cron(0 00/2 ? * * *)', 2, 2],
])('%s', (_, schedule, cron, shortest, longest) => {
  check(schedule);
  expect(schedule._render()).toEqual({ scheduleExpression: cron });
  expect([schedule._shortest, schedule._longest]).toEqual([shortest, longest]);
});

test.each([
  'Hourly: cron(0 * ? * * *)', 'cron(0 * * * ? *)', 'cron(30 * ? * * *)', 'cron(0 24 ? * * *)', 'cron(0 0/25 ? * * *)', 'cron(0 0/0 ? * * *)', 'cron(0 8 ? * MON *)', 'rate(1 day)', '',
])("SageMaker does not take '%s', and the problem says what it takes (aws-cdk#12208)", expression => {
  expect(problemOf(MonitorSchedule.expression(expression))).toEqual([`schedule must ${RULE}, got '${expression}'`]);
});

test.each<[MonitorSchedule, string]>([
  [MonitorSchedule.daily(24), 'cron(0 24 ? * * *)'], [MonitorSchedule.daily(1.5), 'cron(0 1.5 ? * * *)'], [MonitorSchedule.everyHours(0), 'cron(0 0/0 ? * * *)'],
])('numbers that are none are found too: %#', (schedule, cron) => {
  expect(problemOf(schedule)).toEqual([`schedule must ${RULE}, got '${cron}'`]);
});

test('once needs to know which calls', () => {
  const schedule = MonitorSchedule.once(Duration.hours(5), Duration.hours(1));
  check(schedule);
  expect(schedule._render()).toEqual({ scheduleExpression: 'NOW', dataAnalysisStartTime: '-PT5H', dataAnalysisEndTime: '-PT1H' });
  expect(schedule._shortest).toBeUndefined();
  expect(problemOf(MonitorSchedule.expression('NOW'))).toEqual(["schedule 'NOW' says not which calls are looked at: use MonitorSchedule.once"]);
});

test('a run may look at other calls than those since the last', () => {
  const schedule = MonitorSchedule.hourly().analyzing(Duration.days(1), Duration.hours(0));
  check(schedule);
  expect(schedule._render()).toEqual({ scheduleExpression: 'cron(0 * ? * * *)', dataAnalysisStartTime: '-PT24H', dataAnalysisEndTime: '-PT0H' });
});

test.each<[string, Duration, Duration, string]>([
  ['more than a day', Duration.hours(26), Duration.hours(1), 'schedule start (hours before its end) must be between 1 and 24, got 25'],
  ['nothing', Duration.hours(1), Duration.hours(1), 'schedule start (hours before its end) must be between 1 and 24, got 0'],
  ['a part of an hour', Duration.minutes(90), Duration.hours(0), 'schedule start (hours) must be a whole number of at least 0, got 1.5'],
])('it cannot look at %s', (_, start, end, problem) => {
  expect(problemOf(MonitorSchedule.once(start, end))).toEqual([problem]);
});

test('values known at deployment pass', () => {
  const stack = new Stack();
  const hour = new CfnParameter(stack, 'Hour', { type: 'Number' }).valueAsNumber;
  const schedule = MonitorSchedule.daily(hour).analyzing(Duration.hours(hour), Duration.hours(0));
  [schedule, MonitorSchedule.expression(new CfnParameter(stack, 'Text').valueAsString)].forEach(check);
  expect(stack.resolve(schedule._render())).toEqual({
    scheduleExpression: { 'Fn::Join': ['', ['cron(0 ', { Ref: 'Hour' }, ' ? * * *)']] },
    dataAnalysisStartTime: { 'Fn::Join': ['', ['-PT', { Ref: 'Hour' }, 'H']] },
    dataAnalysisEndTime: '-PT0H',
  });
  expect([schedule._shortest, schedule._longest]).toEqual([undefined, 24]);
});
