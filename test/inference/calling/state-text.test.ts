import { Aws } from 'aws-cdk-lib';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import { Problems } from '../../../src/core/problems';
import { checkNoPath, checkStateUri } from '../../../src/inference/calling/state-text';
import { GO, inLanguage, stackFixture } from '../../helper';

function problemsOf(check: (problems: Problems) => void): string[] {
  const problems = new Problems();
  check(problems);
  try {
    problems.throwIfAny(stackFixture().stack);
  } catch (e) {
    return (e as Error).message.split('\n').slice(1).map(line => line.replace(/^ {2}- /, ''));
  }
  return [];
}

test.each(['$', '$.a', '$[0]', '$$.Execution.Id'])('%s looks like a path, and would be sent as it is', text => {
  expect(problemsOf(p => checkNoPath({ text }, p))).toEqual([`text would be sent as it is: for a path into the input write sfn.JsonPath.stringAt('${text}')`]);
});

test.each([undefined, 'a', '$5', '{% $states.input.a %}', Aws.REGION, JsonPath.stringAt('$.a'), JsonPath.uuid()])('%s is no path that would be sent as it is', text => {
  expect(problemsOf(p => checkNoPath({ text }, p))).toEqual([]);
});

test.each([undefined, 's3://b/k', 's3://b', `s3://${Aws.REGION}/k`, `s3://b-${Aws.REGION}/k`, Aws.REGION, JsonPath.stringAt('$.a'), "{% 's3://b/' & $states.input.key %}"])('%s may be an S3 URI', uri => {
  expect(problemsOf(p => checkStateUri('uri', uri, p))).toEqual([]);
});

test('what begins with anything else is none', () => {
  expect(problemsOf(p => checkStateUri('uri', `in/${Aws.REGION}`, p))).toEqual(["uri must begin with 's3://' and a bucket, got 'in/…'"]);
  expect(problemsOf(p => checkStateUri('uri', 's3://Stack/Artifacts/k', p)))
    .toEqual(["uri must begin with 's3://' and the name of a bucket, up to 63 of a-z, 0-9, . and -, which 'Stack' is not (use bucketName of the bucket), got 's3://Stack/Artifacts/k'"]);
  expect(problemsOf(p => checkStateUri('uri', 'https://b/k', p))).toEqual(["uri must begin with 's3://' and a bucket, got 'https://b/k'"]);
});

test('the remains of a token are an error', () => {
  expect(inLanguage(GO, () => problemsOf(p => checkStateUri('uri', 's3://b/%!s(*string=0xc000123456)', p)))).toEqual([expect.stringContaining('a Go pointer')]);
});
