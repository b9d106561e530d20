import { App, CfnParameter, Duration, Size, Stack, Token } from 'aws-cdk-lib';
import { TransformAssembly, TransformBatchStrategy, TransformCompression, TransformJoinSource, TransformOptions, TransformSplit } from '../../src';
import { Problems } from '../../src/core/problems';
import { checkTransform, renderTransform } from '../../src/jobs/transform-options';
import { errorOf } from '../helper';

function problemsOf(options: TransformOptions): string[] {
  const problems = new Problems();
  checkTransform(options, prop => prop, problems);
  const stack = new Stack(new App(), 'Stack');
  try {
    problems.throwIfAny(stack);
    return [];
  } catch (e) {
    return (e as Error).message.split('\n').slice(1).map(line => line.replace('  - ', ''));
  }
}

const MANY = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`K${i}`, 'v']));

test.each<[string, TransformOptions]>([
  ['nothing said', {}],
  ['the most of everything', {
    contentType: 'x'.repeat(253) + 'csv',
    maxPayload: Size.mebibytes(25),
    maxConcurrentTransforms: 4,
    inputFilter: '$' + '.'.repeat(62),
    environment: { ...MANY(15), BIG: 'x'.repeat(10_240) },
    instanceCount: 100,
    invocationTimeout: Duration.hours(1),
    invocationRetries: 3,
  }],
  ['whole objects in chunks, many at once', { maxPayload: Size.mebibytes(0), maxConcurrentTransforms: 1000 }],
  ['the largest payload alone', { maxPayload: Size.mebibytes(100) }],
  ['concurrency without a payload, since the container may ask for a small one', { maxConcurrentTransforms: 50 }],
  ['JSON', { contentType: 'application/x-jsonlines', joinSource: TransformJoinSource.INPUT }],
  ['filters of a type that is not said', { inputFilter: '$' }],
])('%s is right', (_, options) => {
  expect(problemsOf(options)).toEqual([]);
});

test.each<[string, TransformOptions, string[]]>([
  ['a payload', { maxPayload: Size.mebibytes(101) }, ['maxPayload (MiB) must be a whole number between 0 and 100, got 101']],
  ['a part of a MiB', { maxPayload: Size.kibibytes(1536) }, ['maxPayload (MiB) must be a whole number between 0 and 100, got 1.5']],
  ['concurrency', { maxConcurrentTransforms: -1 }, ['maxConcurrentTransforms must be a whole number of at least 0, got -1']],
  ['their product', { maxPayload: Size.mebibytes(6), maxConcurrentTransforms: 17 }, ['maxConcurrentTransforms × maxPayload (MiB) must be between 0 and 100, got 102']],
  ['a path', { inputFilter: '[1:]' }, ["inputFilter must be a JSONPath of at most 63 characters that begins with '$', got '[1:]'"]],
  ['a long path', { outputFilter: '$' + 'x'.repeat(63) }, [`outputFilter must be a JSONPath of at most 63 characters that begins with '$', got '$${'x'.repeat(63)}'`]],
  ['images', { contentType: 'image/jpeg', joinSource: TransformJoinSource.INPUT }, ["contentType must be of CSV or JSON for inputFilter, outputFilter and joinSource, got 'image/jpeg'"]],
  ['a long type', { accept: 'x'.repeat(257) }, [`accept must be at most 256 characters, got '${'x'.repeat(257)}'`]],
  ['17 variables', { environment: MANY(17) }, ['environment must hold 0 to 16 entries, got 17']],
  ['a variable', { environment: { '1X': 'x'.repeat(10_241) } }, [
    "environment key must be letters, digits and _, and not begin with a digit, got '1X'", 'environment.1X (characters) must be between 0 and 10240, got 10241',
  ]],
  ['instances', { instanceCount: 101 }, ['instanceCount must be a whole number between 1 and 100, got 101']],
  ['a time', { invocationTimeout: Duration.seconds(3601) }, ['invocationTimeout (seconds) must be a whole number between 1 and 3600, got 3601']],
  ['retries', { invocationRetries: 4 }, ['invocationRetries must be a whole number between 0 and 3, got 4']],
])('%s that SageMaker refuses', (_, options, expected) => {
  expect(problemsOf(options)).toEqual(expected);
});

test('what is only known at deployment passes', () => {
  const stack = new Stack(new App(), 'Tokens');
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const number = Token.asNumber({ Ref: 'Number' });
  const options: TransformOptions = {
    contentType: text,
    accept: text,
    inputFilter: text,
    outputFilter: text,
    environment: { A: text },
    instanceCount: number,
    maxConcurrentTransforms: number,
    maxPayload: Size.mebibytes(99),
    invocationRetries: number,
  };
  expect(problemsOf(options)).toEqual([]);
  expect(problemsOf({ maxConcurrentTransforms: 2, maxPayload: Size.mebibytes(number) })).toEqual([]);
});

test('a number that a language has put into a text is found', () => {
  expect(errorOf(() => { throw new Error(problemsOf({ inputFilter: '-1.8881545897087626e+289' }).join()); })).toContain('a number token that was formatted as text');
});

test('nothing said gives nothing but one instance', () => {
  expect(JSON.parse(JSON.stringify(renderTransform({})))).toEqual({ input: {}, output: {}, instanceCount: 1, request: {} });
});

test('everything said stands where SageMaker wants it', () => {
  expect(renderTransform({
    contentType: 'text/csv',
    accept: 'application/json',
    compression: TransformCompression.GZIP,
    split: TransformSplit.lines({ batchStrategy: TransformBatchStrategy.SINGLE_RECORD }),
    assembleWith: TransformAssembly.LINE,
    maxPayload: Size.mebibytes(0),
    maxConcurrentTransforms: 0,
    inputFilter: '$[1:]',
    outputFilter: '$[0,-1]',
    joinSource: TransformJoinSource.INPUT,
    environment: { B: '2', A: '1' },
    instanceCount: 3,
    invocationTimeout: Duration.minutes(2),
    invocationRetries: 0,
  })).toEqual({
    input: { ContentType: 'text/csv', CompressionType: 'Gzip', SplitType: 'Line' },
    output: { Accept: 'application/json', AssembleWith: 'Line' },
    instanceCount: 3,
    request: {
      BatchStrategy: 'SingleRecord',
      MaxConcurrentTransforms: 0,
      MaxPayloadInMB: 0,
      Environment: { A: '1', B: '2' },
      DataProcessing: { InputFilter: '$[1:]', OutputFilter: '$[0,-1]', JoinSource: 'Input' },
      ModelClientConfig: { InvocationsTimeoutInSeconds: 120, InvocationsMaxRetries: 0 },
    },
  });
});

test('variables come in the order of their names, whatever language gave them', () => {
  expect(Object.keys(renderTransform({ environment: { B: '2', A: '1' } }).request.Environment!)).toEqual(['A', 'B']);
});

test.each([
  [TransformSplit.lines(), 'Line'], [TransformSplit.recordIo(), 'RecordIO'], [TransformSplit.tfRecord(), 'TFRecord'],
])('records that are split fill a request by default: %#', (split, splitType) => {
  const { input, request } = renderTransform({ split });
  expect([input.SplitType, request.BatchStrategy]).toEqual([splitType, 'MultiRecord']);
});
