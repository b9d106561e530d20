import { Fn, Token } from 'aws-cdk-lib';
import { lowerCase, mangledNumber, mangledToken } from '../../src/core/tokens';
import { GO, inLanguage } from '../helper';

test.each([
  '-1.8881545897087626E289', '-1.8881545897087626e+289', '1.8881545897087626e+289', 'a -1.8881545897087968e+289 b',
])('%s is a number token in text', value => {
  expect(mangledToken(value)).toContain('a number token that was formatted as text');
});

test.each<[string | undefined, string]>([
  ['Python/3.11', 'as_string()'], ['Java/17.0.1', 'asString()'], [GO, 'AsString()'], ['DotNet/8', 'AsString()'], [undefined, 'asString()'],
])('in a program of %s, the way out is %s', (language, call) => {
  ['-1.8881545897087626E289', `-${'1'.repeat(290)}.00`].forEach(value => {
    expect(inLanguage(language, () => mangledToken(value))).toBe(`a number token that was formatted as text: use ${call} of the variable`);
  });
});

test('what casts make of a number is said in the language of the program', () => {
  expect(inLanguage(GO, () => mangledToken('--n=-2147483648'))).toContain('use AsString() of the variable');
  expect(inLanguage(GO, () => mangledNumber(-2147483648))).toContain('use AsNumber() of the variable');
  expect(inLanguage('Java/17', () => mangledNumber(-2147483648))).toContain('use asNumber() of the variable');
});

describe('a Go pointer in text', () => {
  const known = ['%!s(*string=0xc000012345)', '%!d(*float64=0xc00001e0f8)', '0xc0000140a8', 's3://b/0x14000012340', 'x 0x4000012348 y'];
  const anywhere = ['--count=0x19127d25d1e0', '0x7f3e5c0b18', 's3://b/0x8e726b9a020/x']; // since Go 1.26

  test.each(known)('is %s in a program of Go', value => {
    expect(inLanguage(GO, () => mangledToken(value))).toBe('a Go pointer that was formatted as text: dereference it with *');
  });

  test.each(anywhere)('is %s in a program of Go, which may be a number of its own', value => {
    expect(inLanguage(GO, () => mangledToken(value))).toBe('a Go pointer that was formatted as text: dereference it with *, or write 0X if it is a number of your own');
    expect(inLanguage(GO, () => mangledToken(value.replace('0x', '0X')))).toBeUndefined();
  });

  test.each(['0x19127d25d1e4', '0x52908400098527886E0F7030069857D2E4169EE7', '0x019127d25d1e'])('is not %s', value => {
    expect(inLanguage(GO, () => mangledToken(value))).toBeUndefined();
  });

  test.each(['Python/3.11', 'Java/17', 'DotNet/8', undefined])('is no text in a program of %s', language => {
    [...known, ...anywhere].forEach(value => expect(inLanguage(language, () => mangledToken(value))).toBeUndefined());
  });
});

describe('what a cast makes of a number token', () => {
  const agent = process.env.JSII_AGENT;
  afterEach(() => { if (agent === undefined) { delete process.env.JSII_AGENT; } else { process.env.JSII_AGENT = agent; } });

  test.each(['Java/17.0.1', 'go1.24.0/linux/amd64', 'DotNet/8'])('is refused in a program of %s', language => {
    process.env.JSII_AGENT = language;
    ['-9223372036854775808', '--n=-2147483648', 'n: -2147483648.', '(-2147483648)'].forEach(v => expect(mangledToken(v)).toContain('a number token that was cast to a whole number'));
    ['-2147483648.0', '-21474836480', 'run-2147483648', '2147483648', '2147483647', '-2147483647'].forEach(v => expect(mangledToken(v)).toBeUndefined());
    [-2147483648, -9223372036854775808].forEach(v => expect(mangledNumber(v)).toContain('a number token that was cast to a whole number'));
    [-2147483647, 2147483647, 0, Token.asNumber({ resolve: () => 1, creationStack: [] })].forEach(v => expect(mangledNumber(v)).toBeUndefined());
  });

  test.each(['Python/3.11', undefined])('is a number of the user in a program of %s', language => {
    if (language === undefined) { delete process.env.JSII_AGENT; } else { process.env.JSII_AGENT = language; }
    expect(mangledToken('--n=-2147483648')).toBeUndefined();
    expect(mangledNumber(-2147483648)).toBeUndefined();
  });
});

test.each(['<aws_cdk_ml_patterns.PipelineVariable object at 0x7f3e5c0b1d90>', 's3://b/<x.Y object at 0x10a2b3c4d>/z', '<A object at 0x000001F2A3B4C5D6>'])('%s is a Python object in text', value => {
  expect(mangledToken(value)).toContain('use as_string() of the variable');
});

test.each([
  'io.github.cdkmlpatterns.Dataset@385e9564', '--n=io.github.cdkmlpatterns.PipelineCondition@1b2', 'x/io.github.cdkmlpatterns.IModelRegistry$Jsii$Proxy@7f',
  'software.amazon.awscdk.services.s3.IBucket$Jsii$Proxy@385e9564', 'software.constructs.Dependable@1',
])('%s is a Java object in text', value => {
  expect(mangledToken(value)).toBe('a Java object that was formatted as text: use the property of it that is meant, such as a URI or a name');
});

test('an object of JavaScript in text', () => {
  expect(mangledToken(`s3://b/${{}}/x`)).toBe('an object that was formatted as text: use the property of it that is meant, such as a URI or a name');
});

test.each(['', 'someone@example.com', 'software.amazon.awscdk:aws-cdk-lib@2.2', 'com.example.Thing@385e9564', '[object]', 'E289', 'model-1.5e28', '1.5E28', 's3://bucket/e289/key', '100%', '0xdeadbeef', '0x4000', '0x400001234567', '0xc012345678', '0xc000012345', '0xc0000123400', '0x4000000000', '0xc000000000', '0x5290840009', '0x529084000985', '0x19127d25d1e0a4b8', '0xffffffff', '<b object at 0>', Fn.importValue('x')])('%s is ordinary text', value => {
  expect(mangledToken(value)).toBeUndefined();
});

test.each([
  ['${TOKEN[TOKEN.232]}', 'in other letters'], ['a ${token[token.289]} b', 'in other letters'], ['${Token[TOKE', 'a part of'], ['x ${Token[TOKEN', 'a part of'],
  [`rmse -${'1'.repeat(290)}.00`, 'a number token that was formatted as text'],
])('%s is what is left of a placeholder', (value, what) => {
  expect(mangledToken(value)).toContain(what);
});

test.each(['${token[0]}', '${Tokyo}', '${Token[TOKEN.12]}/x', Token.asString({ resolve: () => 'x' }, { displayHint: 'Hint' })])('%s is a placeholder, or none', value => {
  expect(mangledToken(value)).toBeUndefined();
});

test('arithmetic with a number token is noticed where the result tells', () => {
  const token = Token.asNumber({ resolve: () => 1, creationStack: [] });
  [token * 2, -token, token * 1.1].forEach(n => expect(mangledNumber(n)).toContain('the result of arithmetic with a variable'));
  [token, 0, 1e200, -7, Infinity].forEach(n => expect(mangledNumber(n)).toBeUndefined());
});

test('a name becomes lower case, unless that would spoil a token', () => {
  expect(lowerCase('Churn-A')).toBe('churn-a');
  const token = `Churn-${Fn.importValue('x')}`;
  expect(lowerCase(token)).toBe(token);
});
