import { CfnParameter, Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Problems } from '../../src/core/problems';
import { checkExpression, warnOfFrequent, warnOfTimeZone } from '../../src/delivery/schedule-expression';
import { errorOf, stackFixture, warning, warningsOf } from '../helper';

function problemsOf(schedule: ScheduleExpression): string[] {
  const problems = new Problems();
  checkExpression('schedule', schedule, problems);
  const { stack } = stackFixture();
  try { problems.throwIfAny(stack); } catch (e) { return (e as Error).message.split('\n').slice(1).map(line => line.replace('  - ', '')); }
  return [];
}
const of = (text: string) => problemsOf(ScheduleExpression.expression(text));

test.each([
  // as AWS's own pages have them
  'cron(0 10 * * ? *)', 'cron(15 12 * * ? *)', 'cron(0 18 ? * MON-FRI *)', 'cron(0 8 1 * ? *)', 'cron(0/10 * ? * MON-FRI *)', 'cron(0/5 8-17 ? * MON-FRI *)',
  'cron(0 9 ? * 2#1 *)', 'cron(0/15 * * * ? *)', 'cron(15 10 ? * 6L 2022-2023)', 'cron(0/30 20-2 ? * MON-FRI *)', 'cron(30 6 ? * MON *)', 'cron(0 0 L * ? *)',
  'cron(0 3 15W JAN,FEB,dec ? *)', 'cron(0 3 LW * ? *)', 'cron(0 3 L-3 * ? *)', 'cron(0 3 ? * SAT-THU *)', 'cron(0 3 ? * FRI#2 2030/2)', 'cron(*/10 00,12 1-5/2,20 1-12/3 ? 1970-2199)',
  'cron( 0  3 * * ? * )', 'rate(1 minute)', 'rate(1 hours)', 'rate(7 days)', 'at(2028-02-29T23:59:59)', 'at(2001-01-01T00:00:00)',
])('%s is one', text => {
  expect(of(text)).toEqual([]);
});

test.each([
  ['cron(60 3 * * ? *)', "*, values of 0 to 59, ranges (0-59), steps (0/2), lists of these for its minutes, got '60'"],
  ['cron(0 24 * * ? *)', "*, values of 0 to 23, ranges (0-23), steps (0/2), lists of these for its hours, got '24'"],
  ['cron(0 3 32 * ? *)', "*, values of 1 to 31, ranges (1-31), steps (1/2), lists of these, L, 15W for its day of the month, got '32'"],
  ['cron(0 3 1 13 ? *)', "*, values of 1 to 12 or JAN to DEC, ranges (JAN-FEB), steps (1/2), lists of these for its month, got '13'"],
  ['cron(0 3 ? * 0 *)', "*, values of 1 to 7 or SUN to SAT, ranges (SUN-MON), lists of these, L, 6L, 6#3 for its day of the week, got '0'"],
  ['cron(0 3 * * ? 2200)', "*, values of 1970 to 2199, ranges (1970-2199), steps (1970/2), lists of these for its year, got '2200'"],
])('%s says what a field may be', (text, rest) => {
  expect(of(text)).toEqual([`schedule, '${text}', must have ${rest}`]);
});

test.each([
  'cron(? 3 * * ? *)', 'cron(0/0 3 * * ? *)', 'cron(/5 3 * * ? *)', 'cron(0/5/5 3 * * ? *)', 'cron(1-2-3 3 * * ? *)', 'cron(0, 3 * * ? *)', 'cron(-5 3 * * ? *)', 'cron(0 L * * ? *)', 'cron(0 3 0 * ? *)',
  'cron(0 3 W * ? *)', 'cron(0 3 32W * ? *)', 'cron(0 3 * JANUARY ? *)', 'cron(0 3 ? * 8 *)', 'cron(0 3 ? * MONDAY *)', 'cron(0 3 ? * 2#6 *)', 'cron(0 3 ? * 3#1,6#3 *)', 'cron(0 3 ? * MON/2 *)',
  'cron(0 3 * * ? 2030-2027)',
])('%s has one bad field', text => {
  expect(of(text)).toEqual([expect.stringMatching(/^schedule, '.*', must have .* for its .*, got '/)]);
});

test.each([['*', 'MON'], ['*', '*'], ['1', '1'], ['?', '?']])('the days %s and %s do not go together', (day, weekDay) => {
  const text = `cron(0 3 ${day} * ${weekDay} *)`;
  expect(of(text)).toEqual([`schedule, '${text}', must have ? either for the day of the month or for the day of the week, got '${day}' and '${weekDay}'`]);
});

test.each(['at(2030-02-30T03:00:00)', 'at(2030-13-01T03:00:00)', 'at(2030-01-31T24:00:00)', 'at(2030-01-31T03:60:00)'])('%s is no moment', text => {
  expect(of(text)).toEqual([`schedule must name a moment that there is, got '${text}'`]);
});

test('tokens pass, in any place', () => {
  const hour = new CfnParameter(stackFixture().stack, 'Hour', { default: '3' }).valueAsString;
  expect(of(hour)).toEqual([]);
  expect(problemsOf(ScheduleExpression.cron({ minute: '0', hour }))).toEqual([]);
});

describe('warnings', () => {
  const warned = (schedule: ScheduleExpression) => {
    const { stack } = stackFixture();
    warnOfFrequent(stack, schedule);
    warnOfTimeZone(stack, schedule.timeZone?.timezoneName);
    return warningsOf(stack);
  };

  test.each([
    ['rate(1 minute)', 'every minute'], ['rate(9 minutes)', 'every 9 minutes'], ['cron(* 3 * * ? *)', 'every minute'], ['cron(0/5 * * * ? *)', 'every 5 minutes'],
    ['cron(0,55 3,4 * * ? *)', 'every 5 minutes'], ['cron(58-2 3 ? * MON *)', 'every minute'],
  ])('%s is frequent', (text, often) => {
    expect(warned(ScheduleExpression.expression(text))).toEqual([warning('frequentSchedule', `'${text}' starts ${often} at times`)]);
  });

  test.each(['rate(10 minutes)', 'rate(1 day)', 'cron(0/10 * * * ? *)', 'cron(0 3 * * ? *)', 'cron(0,55 3 * * ? *)', 'at(2030-01-31T03:00:00)'])('%s is not', text => {
    expect(warned(ScheduleExpression.expression(text))).toEqual([]);
  });

  test('a time zone that nobody knows', () => {
    const zoned = (name: string) => warned(ScheduleExpression.expression('cron(0 3 * * ? *)', TimeZone.of(name)));
    expect(['Europe/Vienna', 'Etc/UTC', 'UTC', 'Etc/GMT+9', 'America/Argentina/Buenos_Aires'].flatMap(zoned)).toEqual([]);
    for (const name of ['Europe/Wien', 'GMT+2', '+02:00']) {
      expect(zoned(name)).toEqual([warning('timeZoneUnknown', `No time zone is called '${name}'`)]);
    }
    const { stack } = stackFixture();
    expect(warned(ScheduleExpression.expression('rate(1 day)', TimeZone.of(new CfnParameter(stack, 'Zone').valueAsString)))).toEqual([]);
  });

  test('a rate of CDK', () => {
    expect(warned(ScheduleExpression.rate(Duration.minutes(2)))).toEqual([warning('frequentSchedule', 'every 2 minutes')]);
  });
});

test('a text that is no expression says so once', () => {
  expect(errorOf(() => { throw new Error(of('every day').join()); })).toBe("schedule must look like 'rate(7 days)', 'cron(0 3 * * ? *)' or 'at(2030-01-31T03:00:00)', got 'every day'");
});
