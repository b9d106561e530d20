import { Aws, CfnResource, Stack } from 'aws-cdk-lib';
import { arnOf, isElsewhere, logGroupArns, sagemakerArn, waitForResource, waitForStack } from '../../src/core/stacks';
import { stackFixture } from '../helper';

const HERE = { account: '111122223333', region: 'eu-west-1' };

function inStack(make: (stack: Stack) => unknown): unknown {
  const { stack } = stackFixture({ stack: { env: HERE } });
  return JSON.parse(JSON.stringify(stack.resolve(make(stack))).replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]+)"\]\]\}/g, '"arn:PARTITION$1"'));
}

test('ARNs name account and Region of the stack, and leave the partition to the deployment', () => {
  expect(inStack(s => sagemakerArn(s, 'endpoint', 'churn'))).toBe('arn:PARTITION:sagemaker:eu-west-1:111122223333:endpoint/churn');
  expect(inStack(s => arnOf(s, 'ecr', 'repository', 'a/b'))).toBe('arn:PARTITION:ecr:eu-west-1:111122223333:repository/a/b');
});

test('a log group comes with its streams', () => {
  expect(inStack(s => logGroupArns(s, 'Endpoints/churn'))).toEqual([
    'arn:PARTITION:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/Endpoints/churn',
    'arn:PARTITION:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/Endpoints/churn:log-stream:*',
  ]);
});

test('without an environment, account and Region are those of the deployment', () => {
  const { stack } = stackFixture();
  expect(stack.resolve(sagemakerArn(stack, 'model', 'm'))).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':model/m']],
  });
});

test.each<[string, { account?: string; region?: string }, boolean]>([
  ['the same', HERE, false],
  ['another account', { ...HERE, account: '999999999999' }, true],
  ['another Region', { ...HERE, region: 'us-east-1' }, true],
  ['another Region alone', { region: 'us-east-1' }, true],
  ['what is known at deployment', { account: Aws.ACCOUNT_ID, region: Aws.REGION }, false],
  ['nothing', {}, false],
])('elsewhere is what is known to differ: %s', (_, place, expected) => {
  expect(isElsewhere(stackFixture({ stack: { env: HERE } }).stack, place)).toBe(expected);
  expect(isElsewhere(stackFixture().stack, place)).toBe(false);
});

describe('what waits for another', () => {
  test('says so by the names that CDK has', () => {
    const { app, stack, template } = stackFixture();
    const first = new Stack(app, 'First');
    const [one, two] = ['One', 'Two'].map(id => new CfnResource(stack, id, { type: 'X::Y::Z' }));
    waitForStack(stack, first, 'test');
    waitForResource(two, one);
    expect(stack.dependencies).toEqual([first]);
    expect(template().findResources('X::Y::Z').Two.DependsOn).toEqual(['One']);
  });

  test('does not call those that newer versions of CDK warn of', () => {
    const calls: unknown[] = [];
    const add = (...args: unknown[]) => calls.push(args);
    const newer = { addStackDependency: add, addResourceDependency: add } as any;
    waitForStack(newer, 'first' as any, 'test');
    waitForResource(newer, 'first' as any);
    expect(calls).toEqual([['first', 'test'], ['first']]);
  });
});
