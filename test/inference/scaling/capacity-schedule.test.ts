import { CfnParameter, Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { problemsOf, scaledComponent } from './fixture';
import { CapacitySchedule, CopyScaling, OfficeHoursOptions } from '../../../src';
import { stackFixture, warning, warningsOf } from '../../helper';

const NIGHTLY = ScheduleExpression.cron({ hour: '20', minute: '0', weekDay: 'MON-FRI', timeZone: TimeZone.EUROPE_BERLIN });
const OFFICE: OfficeHoursOptions = { timeZone: TimeZone.AMERICA_NEW_YORK, opens: '08:30', closes: '18:00', minCapacity: 2 };

const scaling = (...schedules: CapacitySchedule[]) => CopyScaling.between({ minCapacity: 1, maxCapacity: 4, schedules });
const actions = (...schedules: CapacitySchedule[]) => scaledComponent(scaling(...schedules)).target().ScheduledActions;
const problems = (...schedules: CapacitySchedule[]) => problemsOf(scaling(...schedules), {});

test('bounds change by the clock of a time zone, between two dates', () => {
  const startTime = new Date('2026-01-01T00:00:00Z');
  const endTime = new Date('2027-01-01T00:00:00Z');
  expect(actions(CapacitySchedule.of('nights', { schedule: NIGHTLY, minCapacity: 0, maxCapacity: 1, startTime, endTime }))).toEqual([{
    ScheduledActionName: 'nights',
    Schedule: 'cron(0 20 ? * MON-FRI *)',
    Timezone: 'Europe/Berlin',
    StartTime: '2026-01-01T00:00:00Z',
    EndTime: '2027-01-01T00:00:00Z',
    ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 1 },
  }]);
});

test('once, or at a rate, which has no time zone', () => {
  const at = ScheduleExpression.at(new Date('2026-03-01T10:00:00Z'), TimeZone.ASIA_TOKYO);
  const rate = ScheduleExpression.rate(Duration.hours(6));
  const found = actions(CapacitySchedule.of('sale', { schedule: at, minCapacity: 3 }), CapacitySchedule.of('now and then', { schedule: rate, maxCapacity: 2 }));
  expect(found).toEqual([
    { ScheduledActionName: 'sale', Schedule: 'at(2026-03-01T10:00:00)', Timezone: 'Asia/Tokyo', ScalableTargetAction: { MinCapacity: 3 } },
    { ScheduledActionName: 'now and then', Schedule: 'rate(6 hours)', ScalableTargetAction: { MaxCapacity: 2 } },
  ]);
});

test('office hours open with more, and close with what is usual', () => {
  expect(actions(CapacitySchedule.officeHours(OFFICE))).toEqual([{
    ScheduledActionName: 'OfficeHoursOpen',
    Schedule: 'cron(30 8 ? * MON-FRI *)',
    Timezone: 'America/New_York',
    ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 4 },
  }, {
    ScheduledActionName: 'OfficeHoursClosed',
    Schedule: 'cron(0 18 ? * MON-FRI *)',
    Timezone: 'America/New_York',
    ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 4 },
  }]);
});

test('everything about office hours may be said', () => {
  const saturday = CapacitySchedule.officeHours({ ...OFFICE, days: 'WED,SAT', scheduleName: 'Market', maxCapacity: 8, closedMinCapacity: 0, closedMaxCapacity: 3 });
  expect(problems(saturday, CapacitySchedule.officeHours(OFFICE))).toEqual([]);
  expect(actions(saturday).map((a: any) => [a.ScheduledActionName, a.Schedule, a.ScalableTargetAction])).toEqual([
    ['MarketOpen', 'cron(30 8 ? * WED,SAT *)', { MinCapacity: 2, MaxCapacity: 8 }],
    ['MarketClosed', 'cron(0 18 ? * WED,SAT *)', { MinCapacity: 0, MaxCapacity: 3 }],
  ]);
});

test.each<[Partial<OfficeHoursOptions>, string]>([
  [{ opens: '8:00' }, "scaling.schedules[0].opens must look like '08:00', got '8:00'"],
  [{ closes: '24:00' }, "scaling.schedules[0].closes must look like '18:00', got '24:00'"],
  [{ opens: '7:30' }, "scaling.schedules[0].opens must look like '08:00', got '7:30'"], // as text it comes after 18:00
  [{ closes: '08:30' }, 'scaling.schedules[0].closes must be later than opens, got 08:30 and 08:30'],
  [{ days: 'Monday' }, "scaling.schedules[0].days must look like 'MON-FRI' or 'MON,WED,SAT', got 'Monday'"],
  [{ minCapacity: 5 }, "scaling.schedules[0] 'OfficeHoursOpen': maxCapacity must be at least minCapacity, 5, got 4"],
])('office hours with %j', (options, problem) => {
  expect(problems(CapacitySchedule.officeHours({ ...OFFICE, ...options }))).toEqual([problem]);
});

test.each(['MON-TUE-WED', 'MON,', 'mon-fri', '2-6', 'MON-FRI,?'])("days like '%s' are refused", days => {
  expect(problems(CapacitySchedule.officeHours({ ...OFFICE, days }))).toEqual([`scaling.schedules[0].days must look like 'MON-FRI' or 'MON,WED,SAT', got '${days}'`]);
});

test('the hours are known at synth, the days need not be', () => {
  const { stack } = stackFixture();
  const [opens, days] = ['Opens', 'Days'].map(id => new CfnParameter(stack, id).valueAsString);
  expect(problems(CapacitySchedule.officeHours({ ...OFFICE, opens, days }))).toEqual([
    'scaling.schedules[0].opens must be known at synth, since a schedule has hours and minutes apart',
  ]);
});

test('an expression is one that Application Auto Scaling takes', () => {
  const of = (text: string) => problems(CapacitySchedule.of('x', { schedule: ScheduleExpression.expression(text), minCapacity: 1 }));
  expect(of('cron(0 20 * * *)')).toEqual(["scaling.schedules[0].schedule must look like 'rate(7 days)', 'cron(0 3 * * ? *)' or 'at(2030-01-31T03:00:00)', got 'cron(0 20 * * *)'"]);
  expect(of('cron(0 25 * * ? *)')).toEqual([expect.stringContaining("for its hours, got '25'")]);
  expect(of(new CfnParameter(stackFixture().stack, 'When').valueAsString)).toEqual([]);
});

test('a time zone that nobody knows is warned of, once a scaling', () => {
  const zone = (name: string) => CapacitySchedule.officeHours({ ...OFFICE, timeZone: TimeZone.of(name) });
  const warned = (name: string) => {
    const { stack } = scaledComponent(scaling(zone(name)));
    return warningsOf(stack);
  };
  expect(warned('America/New_York')).toEqual([]);
  expect(warned('Europe/Wien')).toEqual([warning('timeZoneUnknown', "No time zone is called 'Europe/Wien'")]);
});

test('names differ', () => {
  const nights = () => CapacitySchedule.of('nights', { schedule: NIGHTLY, minCapacity: 0 });
  expect(problems(nights(), nights())).toEqual(['names of scaling.schedules must be unique, used twice: nights']);
  expect(problems(CapacitySchedule.officeHours(OFFICE), CapacitySchedule.officeHours({ ...OFFICE, days: 'SAT' }))).toEqual([
    'names of scaling.schedules must be unique, used twice: OfficeHoursOpen, OfficeHoursClosed',
  ]);
});

test.each(['', ' nights', 'nights ', 'a/b', 'a:b', 'a|b', 'x'.repeat(257)])("a name like '%s' is refused", name => {
  expect(problems(CapacitySchedule.of(name, { schedule: NIGHTLY, minCapacity: 0 }))).toEqual([
    `the name of scaling.schedules[0] must be 1 to 256 characters, none of :, / and |, with no space at either end, got '${name}'`,
  ]);
});

test('a schedule changes something, within its own bounds and dates', () => {
  const of = (options: object) => problems(CapacitySchedule.of('x', { schedule: NIGHTLY, ...options }));
  expect(of({})).toEqual(["scaling.schedules[0] 'x' must have minCapacity or maxCapacity, got neither"]);
  expect(of({ minCapacity: 3, maxCapacity: 2 })).toEqual(["scaling.schedules[0] 'x': maxCapacity must be at least minCapacity, 3, got 2"]);
  expect(of({ minCapacity: 0.5 })).toEqual(["scaling.schedules[0] 'x': minCapacity must be a whole number of at least 0, got 0.5"]);
  const [startTime, endTime] = [new Date('2027-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z')];
  expect(of({ minCapacity: 1, startTime, endTime })).toEqual([
    "scaling.schedules[0] 'x': endTime must be after startTime, got 2026-01-01T00:00:00.000Z and 2027-01-01T00:00:00.000Z",
  ]);
});

test('no scaling has more scheduled actions than AWS allows', () => {
  const many = (length: number) => Array.from({ length }, (_, i) => CapacitySchedule.of(`S${i}`, { schedule: NIGHTLY, minCapacity: 1 }));
  expect(problems(...many(198), CapacitySchedule.officeHours(OFFICE))).toEqual([]);
  expect(problems(...many(199), CapacitySchedule.officeHours(OFFICE))).toEqual(['scheduled actions of scaling.schedules must hold 0 to 200 entries, got 201']);
});

test('a single bound fits what another schedule or the scaling itself says', () => {
  const of = (name: string, bounds: { minCapacity?: number; maxCapacity?: number }) => CapacitySchedule.of(name, { schedule: NIGHTLY, ...bounds });
  expect(problems(of('more', { minCapacity: 5 }), of('none', { maxCapacity: 0 }))).toEqual([
    "scaling.schedules 'more': minCapacity must not exceed any maxCapacity, at most 4, got 5",
    "scaling.schedules 'none': maxCapacity must not be less than any minCapacity, at least 1, got 0",
  ]);
  expect(problems(of('more', { minCapacity: 5 }), of('wide', { maxCapacity: 8 }))).toEqual([]);
  expect(problems(of('none', { maxCapacity: 0 }), of('low', { minCapacity: 0 }))).toEqual([]);
  const unknown = new CfnParameter(stackFixture().stack, 'Max', { type: 'Number' }).valueAsNumber;
  expect(problems(of('more', { minCapacity: 5 }), of('wide', { maxCapacity: unknown }))).toEqual([]);
});
