import { CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Problems } from '../../src/core/problems';
import { errorOf, GO, inLanguage, stackFixture } from '../helper';

class Sample extends Construct {}

/** What one check finds: the lines below the first. */
function found(check: (problems: Problems, stack: Stack) => void): string[] {
  const { stack } = stackFixture();
  const problems = new Problems();
  check(problems, stack);
  try {
    problems.throwIfAny(new Sample(stack, 'Sample'));
    return [];
  } catch (e) {
    return (e as Error).message.split('\n').slice(1).map(l => l.replace(/^ {2}- /, ''));
  }
}

const NUMBER = Token.asNumber(Lazy.any({ produce: () => 7 }));
const STRING = Fn.importValue('x');

test.each<[string, number | undefined, string[]]>([
  ['the lower limit', 1, []],
  ['the upper limit', 10, []],
  ['nothing', undefined, []],
  ['a number known at deployment', NUMBER, []],
  ['too little', 0, ['n must be between 1 and 10, got 0']],
  ['too much', 10.5, ['n must be between 1 and 10, got 10.5']],
  ['no number', NaN, ['n must be between 1 and 10, got NaN']],
])('a range takes or refuses %s', (_, value, expected) => {
  expect(found(p => p.range('n', value, 1, 10))).toEqual(expected);
});

test.each<[string, number | undefined, string[]]>([
  ['a whole number', 3, []],
  ['nothing', undefined, []],
  ['a number known at deployment', NUMBER, []],
  ['a fraction', 2.5, ['n must be a whole number between 1 and 10, got 2.5']],
  ['zero', 0, ['n must be a whole number between 1 and 10, got 0']],
  ['infinity', Infinity, ['n must be a whole number between 1 and 10, got Infinity']],
])('an integer takes or refuses %s', (_, value, expected) => {
  expect(found(p => p.integer('n', value, 1, 10))).toEqual(expected);
});

test.each<[string, string | undefined, string[]]>([
  ['what matches', 'abc', []],
  ['nothing', undefined, []],
  ['a string known at deployment', STRING, []],
  ['a string that holds one', `x-${STRING}`, []],
  ['what does not match', 'ABC', ["s must be lower case, got 'ABC'"]],
  ['the empty string', '', ["s must be lower case, got ''"]],
])('a pattern takes or refuses %s', (_, value, expected) => {
  expect(found(p => p.pattern('s', value, /^[a-z]+$/, 'be lower case'))).toEqual(expected);
});

test.each<[string, string | undefined, string[]]>([
  ['one of them', 'b', []],
  ['nothing', undefined, []],
  ['a string known at deployment', STRING, []],
  ['another', 'c', ["s must be one of a, b, got 'c'"]],
])('a choice takes or refuses %s', (_, value, expected) => {
  expect(found(p => p.oneOf('s', value, ['a', 'b']))).toEqual(expected);
});

test.each<[string, string[], string[]]>([
  ['different values', ['a', 'b'], []],
  ['the same token twice', [STRING, STRING], []],
  ['no values', [], []],
  ['the same value more than once', ['a', 'b', 'a', 'c', 'b', 'a'], ['s must be unique, used twice: a, b']],
])('uniqueness takes or refuses %s', (_, values, expected) => {
  expect(found(p => p.unique('s', values))).toEqual(expected);
});

test.each<[string, unknown[] | undefined, string[]]>([
  ['enough entries', ['a'], []],
  ['nothing', undefined, []],
  ['a list known at deployment', Fn.split(',', STRING), []],
  ['too few', [], ['s must hold 1 to 2 entries, got 0']],
  ['too many', ['a', 'b', 'c'], ['s must hold 1 to 2 entries, got 3']],
])('a count takes or refuses %s', (_, values, expected) => {
  expect(found(p => p.count('s', values, 1, 2))).toEqual(expected);
});

test('where there is nothing to choose from, the message says so', () => {
  expect(found(p => p.oneOf('s', 'a', []))).toEqual(["s must be one of those there are, and there are none, got 'a'"]);
});

test('parameters of the stack pass every check', () => {
  expect(found((p, stack) => {
    const text = new CfnParameter(stack, 'Text');
    const count = new CfnParameter(stack, 'Count', { type: 'Number' });
    const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' });
    p.pattern('s', text.valueAsString, /^$/, 'be empty');
    p.oneOf('s', text.valueAsString, []);
    p.range('n', count.valueAsNumber, 1, 1);
    p.integer('n', count.valueAsNumber, 1, 1);
    p.count('l', list.valueAsList, 5, 9);
  })).toEqual([]);
});

test('no problem is no error', () => {
  expect(found(() => undefined)).toEqual([]);
});

test('all problems come in one error, with the kind and path of the construct', () => {
  const { stack } = stackFixture();
  const problems = new Problems();
  problems.check(false, 'first');
  problems.check(true, 'never');
  problems.integer('count', 0, 1, 5);
  expect(errorOf(() => problems.throwIfAny(new Sample(stack, 'Sample')))).toBe([
    "Sample at 'Stack/Sample' has 2 problems:",
    '  - first',
    '  - count must be a whole number between 1 and 5, got 0',
  ].join('\n'));
});

test('one problem is told in the singular', () => {
  const problems = new Problems();
  problems.check(false, 'it');
  expect(errorOf(() => problems.throwIfAny(new Sample(stackFixture().stack, 'Sample')))).toBe("Sample at 'Stack/Sample' has 1 problem:\n  - it");
});

test('an import, which is no construct yet, is named like one', () => {
  const problems = new Problems();
  problems.check(false, 'it');
  expect(errorOf(() => problems.throwIfAny(stackFixture().stack, 'ModelRegistry', 'Imported'))).toBe("ModelRegistry at 'Stack/Imported' has 1 problem:\n  - it");
});

test.each<[string, string, string]>([
  ['Java', 'rmse -1.8881545897087626E289', 'asString()'],
  ['TypeScript', `rmse ${NUMBER}`, 'asString()'],
  ['Python', 'rmse -1.8881545897087626e+289', 'asString()'],
  ['Go', '%!s(*string=0xc000012345)', 'dereference'],
  ['Go, printed with %v', 'x0xc000012340', 'dereference'],
])('a token that %s has formatted as text is refused by every check of strings', (language, value, advice) => {
  for (const check of [(p: Problems) => p.pattern('s', value, /./, 'be'), (p: Problems) => p.oneOf('s', value, [value])]) {
    const [line, ...more] = inLanguage(language.startsWith('Go') ? GO : undefined, () => found(check));
    expect(line).toContain(advice);
    expect(line).toContain(`got '${value}'`);
    expect(more).toEqual([]);
  }
});
