import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Dataset } from '../../src';
import { errorOf, stackFixture } from '../helper';

function dataSet(prefix: string) {
  const { stack } = stackFixture();
  const data = Dataset.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'bucket'), prefix);
  return { stack, data };
}

test('a data set in any bucket has a URI and what reading it takes', () => {
  const { stack, data } = dataSet('churn/2026/');
  expect(data.uri).toBe('s3://bucket/churn/2026/');
  expect(stack.resolve(data._read().map(p => [p.actions, p.resources]))).toEqual([
    [['s3:GetObject'], [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::bucket/churn/2026/*']] }]],
    [['s3:ListBucket'], [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::bucket']] }]],
  ]);
});

test.each(['a/', 'a/b/c/'])('%s is a prefix', prefix => {
  expect(() => dataSet(prefix)).not.toThrow();
});

test.each(['', 'a', '/a/', 'a*b/', 'a/*/', 'a/?/b/', 's3://bucket/a/'])("'%s' is none", prefix => {
  expect(errorOf(() => dataSet(prefix))).toContain(`Dataset at 'Stack/Bucket' has 1 problem:\n  - prefix must end with '/', not begin with it, and hold no *, no ? and no empty part, got '${prefix}'`);
});
