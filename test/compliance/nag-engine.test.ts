import { CfnParameter } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acceptForConsumer } from '../../src/compliance/excuses';
import { inspectWithNag } from '../../src/compliance/nag-engine';
import { stackFixture } from '../helper';

test('findings are those of cdk-nag, under the same ids', () => {
  const { stack } = stackFixture();
  const bucket = new CfnBucket(stack, 'Bucket');
  const document = { Statement: [{ Effect: 'Allow', Action: ['s3:Get*', 's3:PutObject'], Resource: [bucket.attrArn, `${bucket.attrArn}/*`] }] };
  const policy = new CfnManagedPolicy(stack, 'Policy', { policyDocument: document });
  const ours = inspectWithNag('AwsSolutionsChecks', [bucket, policy]).findings.map(f => `${f.rule} ${f.path}`).sort();
  const theirs = new AwsSolutionsChecks().validateScope(stack).violations.flatMap(v => v.violatingResources.map(r => `${v.ruleName} ${r.constructPath}`)).sort();
  expect(ours).toEqual(theirs);
  expect(ours).toContain('AwsSolutions-IAM5[Resource::<Bucket.Arn>/*] Stack/Policy');
});

test('what was accepted is kept, with the reason', () => {
  const { stack } = stackFixture();
  const bucket = new CfnBucket(stack, 'Bucket');
  acceptForConsumer(bucket, [{ rule: 'AwsSolutions-S1', reason: 'It holds access logs.' }]);
  expect(inspectWithNag('AwsSolutionsChecks', [bucket]).findings).toContainEqual(expect.objectContaining({ rule: 'AwsSolutions-S1', reason: 'It holds access logs.' }));
});

test('a rule that cannot read a value is not satisfied', () => {
  const { stack } = stackFixture();
  const encrypted = new CfnParameter(stack, 'P').valueAsString as any;
  const bucket = new CfnBucket(stack, 'Bucket', { publicAccessBlockConfiguration: { blockPublicAcls: encrypted } });
  expect(inspectWithNag('AwsSolutionsChecks', [bucket]).findings.map(f => f.rule)).toContain('AwsSolutions-S2');
});

test('no construct is kept after the call', () => {
  const { stack } = stackFixture();
  const checked: any[] = [];
  const check = AwsSolutionsChecks.prototype as any;
  const spy = jest.spyOn(check, 'checkResource').mockImplementation(function (this: any) { checked.push(this); });
  inspectWithNag('AwsSolutionsChecks', [new CfnBucket(stack, 'Bucket')]);
  spy.mockRestore();
  inspectWithNag('AwsSolutionsChecks', [stack.node.findChild('Bucket') as CfnBucket]);
  expect(checked.map(pack => pack.results)).toEqual([[]]);
});

test('nothing stays from one call to the next', () => {
  const { stack } = stackFixture();
  const inspect = () => inspectWithNag('AwsSolutionsChecks', [stack.node.findChild('Bucket') as CfnBucket]);
  new CfnBucket(stack, 'Bucket');
  const first = inspect();
  expect(inspect()).toEqual(first);
  expect(inspectWithNag('AwsSolutionsChecks', [])).toEqual({ rules: 0, findings: [], passes: [] });
});
