import { join } from 'path';
import { CfnParameter } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DatabaseInstance, DatabaseInstanceEngine } from 'aws-cdk-lib/aws-rds';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import * as nag from 'cdk-nag';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acceptForConsumer } from '../../src/compliance/excuses';
import { inspectWithNag, mayApply } from '../../src/compliance/nag-engine';
import { allResources } from '../../src/compliance/ours';
import { stackFixture } from '../helper';
import { sample } from '../sample';

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

const RULES = Object.values<Record<string, any>>(nag.rules as any).flatMap(folder => Object.values(folder)).filter(rule => typeof rule === 'function');

test('no rule is left out for a resource that it speaks of: the classes of CDK are called as their types', () => {
  expect(RULES.length).toBeGreaterThan(200);
  const wrong = RULES.flatMap(rule => [...rule.toString().matchAll(/instanceof (aws_\w+)_\d+\.(Cfn\w+)/g)].flatMap(([, service, name]) => {
    const type = jest.requireActual(`aws-cdk-lib/${service.replace(/_/g, '-')}`)[name]?.CFN_RESOURCE_TYPE_NAME;
    return type !== undefined && mayApply(rule, type) ? [] : [`${rule.name}: ${name} is ${type}`];
  }));
  expect(wrong).toEqual([]);
  expect(RULES.filter(rule => !/instanceof \w+\.Cfn/.test(rule.toString())).map(rule => rule.name)).toEqual([]);
  expect(mayApply(nag.rules.s3.S3BucketLoggingEnabled, 'AWS::SageMaker::Model')).toBe(false);
});

test.each(['AwsSolutionsChecks', 'HIPAASecurityChecks', 'NIST80053R4Checks', 'NIST80053R5Checks', 'PCIDSS321Checks', 'ServerlessChecks'])('%s finds here what it finds by itself', className => {
  const { app, training } = sample();
  new CfnInclude(training, 'Classic', { templateFile: join(__dirname, 'templates', 'classic.json') });
  const vpc = new Vpc(training, 'Vpc');
  new Queue(training, 'Queue');
  new Topic(training, 'Topic');
  new Function(training, 'Function', { vpc, code: Code.fromInline('x'), handler: 'index.handler', runtime: Runtime.NODEJS_20_X });
  new Table(training, 'Table', { partitionKey: { name: 'k', type: AttributeType.STRING } });
  new LambdaRestApi(training, 'Api', { handler: training.node.findChild('Function') as Function });
  new DatabaseInstance(training, 'Database', { vpc, engine: DatabaseInstanceEngine.POSTGRES });
  app.synth();
  const ours = inspectWithNag(className, allResources(app)).findings.filter(f => f.reason === undefined).map(f => `${f.rule} ${f.path}`);
  const theirs = new (nag as any)[className]().validateScope(app).violations.flatMap((v: any) => v.violatingResources.map((r: any) => `${v.ruleName} ${r.constructPath}`));
  expect(ours.length).toBeGreaterThan(3);
  expect(ours.sort()).toEqual(theirs.sort());
});
