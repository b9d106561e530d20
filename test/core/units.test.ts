import { Duration, Lazy, Size, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Problems } from '../../src/core/problems';
import { checkSeconds, gibibytes, hours, mebibytes, minutes, seconds } from '../../src/core/units';
import { errorOf, stackFixture } from '../helper';

const NUMBER = Token.asNumber(Lazy.any({ produce: () => 7 }));

test('sizes are counted without rounding, and nothing stays nothing', () => {
  expect(gibibytes(Size.mebibytes(1536))).toBe(1.5);
  expect(mebibytes(Size.gibibytes(2))).toBe(2048);
  expect(gibibytes(undefined)).toBeUndefined();
  expect(mebibytes(undefined)).toBeUndefined();
});

test('durations are counted without rounding; what is only known at deployment is nothing to check', () => {
  expect(seconds(Duration.millis(1500))).toBe(1.5);
  expect(minutes(Duration.seconds(90))).toBe(1.5);
  expect(hours(Duration.minutes(90))).toBe(1.5);
  expect([seconds, minutes, hours].map(count => count(undefined))).toEqual([undefined, undefined, undefined]);
  expect([seconds, minutes, hours].map(count => count(Duration.days(NUMBER)))).toEqual([undefined, undefined, undefined]);
});

test('a duration is checked in whole seconds', () => {
  const { stack } = stackFixture();
  const check = (duration?: Duration) => {
    const problems = new Problems();
    checkSeconds('wait', duration, { min: 1, max: 60 }, problems);
    problems.throwIfAny(new Construct(stack, `Sample${stack.node.children.length}`));
  };
  expect(errorOf(() => check(Duration.millis(1500)))).toContain('wait (seconds) must be a whole number between 1 and 60, got 1.5');
  expect(errorOf(() => check(Duration.minutes(2)))).toContain('wait (seconds) must be a whole number between 1 and 60, got 120');
  expect(errorOf(() => check(Duration.minutes(NUMBER)))).toContain(
    'wait must be made by Duration.seconds(…), since its value is only known later and cannot be converted, got Duration.minutes(…)',
  );
  [Duration.minutes(1), Duration.seconds(NUMBER), undefined].forEach(duration => expect(() => check(duration)).not.toThrow());
});
