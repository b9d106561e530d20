import { App, Aws, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { physicalName, uriProblem } from '../../src/core/names';
import { stackFixture } from '../helper';

const NAME = /^[a-z0-9](-*[a-z0-9])*$/;

test('a name is made of stack, path and suffix, in lower case, with a hash', () => {
  const { stack } = stackFixture();
  const scope = new Construct(new Construct(stack, 'Outer'), 'MyThing');
  expect(physicalName(scope, 63, 'RealTime')).toBe('stack-outer-mything-realtime-7d38767d');
});

test('the same program gives the same name', () => {
  const name = () => physicalName(new Construct(stackFixture().stack, 'A'), 63);
  expect(name()).toBe(name());
});

test.each<[string, string, string]>([
  ['only in case', 'Model', 'model'],
  ['only in what is left out', 'a_b', 'a.b'],
  ['only behind the cut', `${'x'.repeat(80)}1`, `${'x'.repeat(80)}2`],
])('constructs whose ids differ %s have different names', (_, first, second) => {
  const { stack } = stackFixture();
  const names = [first, second].map(id => physicalName(new Construct(stack, id), 63));
  expect(names[0]).not.toBe(names[1]);
  names.forEach(n => expect(n).toMatch(NAME));
});

test('where one id ends and the next begins matters', () => {
  const { stack } = stackFixture();
  const joined = physicalName(new Construct(stack, 'A-B'), 63);
  expect(physicalName(new Construct(new Construct(stack, 'A'), 'B'), 63)).not.toBe(joined);
});

test.each([12, 32, 63])('a name is at most %d characters long', max => {
  const { stack } = stackFixture();
  for (let length = 1; length < 80; length++) {
    const name = physicalName(new Construct(stack, 'x-'.repeat(length)), max);
    expect(name.length).toBeLessThanOrEqual(max);
    expect(name).toMatch(NAME);
  }
});

test('an id without any letter or digit still gives a name', () => {
  const { stack } = stackFixture({ stack: { stackName: 'S' } });
  expect(physicalName(new Construct(stack, 'ÄÖ'), 63)).toMatch(/^s-[0-9a-f]{8}$/);
});

test('the name of the stack counts, not its id, and the path above the stack does not', () => {
  const name = (scope: Construct, id: string, stackName?: string) => physicalName(new Construct(new Stack(scope, id, { stackName }), 'A'), 63);
  const plain = name(new App(), 'One', 'Shared');
  expect(plain).toMatch(/^shared-a-/);
  expect(name(new App(), 'Two', 'Shared')).toBe(plain);
  expect(name(new Construct(new App(), 'Scope'), 'One', 'Shared')).toBe(plain);
  expect(name(new App(), 'One', 'Other')).not.toBe(plain);
});

test('stages have different names', () => {
  const app = new App();
  const [beta, prod] = ['Beta', 'Prod'].map(s => physicalName(new Construct(new Stack(new Stage(app, s), 'Stack'), 'A'), 63));
  expect(beta).toMatch(/^beta-stack-a-/);
  expect(prod).toMatch(/^prod-stack-a-/);
});

test('a nested stack counts as part of the path, since its own name is known only at deployment', () => {
  const { stack } = stackFixture();
  const inner = new NestedStack(new NestedStack(stack, 'Outer'), 'Inner');
  const name = physicalName(new Construct(inner, 'A'), 63);
  expect(name).toMatch(/^stack-outer-inner-a-[0-9a-f]{8}$/);
});

test.each([
  's3://my-lake', 's3://my-lake/', 's3://my.lake-1/A_b/c', `s3://${'a'.repeat(63)}/x`, `s3://${Aws.REGION}/x`, `s3://lake-${Aws.REGION}`, `s3://lake-${Aws.REGION}_/`, Aws.REGION,
  `s3://lake/A${Aws.REGION}`, 's3://io.github.cdkmlpatterns.Dataset@1/x',
])('%s may be a URI of S3', uri => {
  expect(uriProblem(uri)).toBeUndefined();
});

test.each(['', 's3:/', 's3:///x', `x${Aws.REGION}`, `s3:///${Aws.REGION}`, 'https://lake/x'])('%s is none', uri => {
  expect(uriProblem(uri)).toBe("must begin with 's3://' and a bucket");
});

test.each([
  ['s3://Bad/B/Bucket/x/', 'Bad'], ['s3://my_lake/x/', 'my_lake'], ['s3://lake-/x', 'lake-'], [`s3://${'a'.repeat(64)}`, 'a'.repeat(64)], [`s3://My-${Aws.REGION}`, 'My-'], ['s3://a b', 'a b'],
])('%s names no bucket', (uri, bucket) => {
  expect(uriProblem(uri)).toBe(`must begin with 's3://' and the name of a bucket, up to 63 of a-z, 0-9, . and -, which '${bucket}' is not (use bucketName of the bucket)`);
});
