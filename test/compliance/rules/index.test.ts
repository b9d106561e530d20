import { CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnRepository } from 'aws-cdk-lib/aws-ecr';
import { CfnManagedPolicy, CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEndpoint, CfnEndpointConfig, CfnModel, CfnModelPackageGroup } from 'aws-cdk-lib/aws-sagemaker';
import { acceptForConsumer } from '../../../src/compliance/excuses';
import { allResources } from '../../../src/compliance/ours';
import { inspectMlSecurity, ML_RULES } from '../../../src/compliance/rules';
import { infoOf } from '../../../src/compliance/rules/rule';
import { stackFixture } from '../../helper';

const trust = (bound = true) => ({
  Statement: [{
    Effect: 'Allow',
    Principal: { Service: 'sagemaker.amazonaws.com' },
    Action: 'sts:AssumeRole',
    ...(bound && { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }),
  }],
});
const document = (Action: string, Resource = '*', Condition?: object) => ({ Statement: [{ Effect: 'Allow', Action, Resource, Condition }] });
const role = (stack: Stack, extra: object = {}) => new CfnRole(stack, 'Role', { assumeRolePolicyDocument: trust(), ...extra });
const model = (stack: Stack, enableNetworkIsolation?: boolean, image = 'h/a:1') => new CfnModel(stack, 'R', { enableNetworkIsolation, primaryContainer: { image } });
const repository = (stack: Stack, scanOnPush: boolean, imageTagMutability: string) => new CfnRepository(stack, 'R', { imageScanningConfiguration: { scanOnPush }, imageTagMutability });
const config = (stack: Stack, kmsKeyId: string | undefined, initialInstanceCount: number) => new CfnEndpointConfig(stack, 'R', {
  kmsKeyId, productionVariants: [{ variantName: 'V', initialInstanceCount, instanceType: 'ml.m5.large', modelName: 'm', initialVariantWeight: 1 }],
});
const endpoint = (stack: Stack, alarms: { alarmName: string }[]) => new CfnEndpoint(stack, 'R', {
  endpointConfigName: 'c', deploymentConfig: { autoRollbackConfiguration: { alarms }, blueGreenUpdatePolicy: { trafficRoutingConfiguration: { type: 'ALL_AT_ONCE' } } },
});

function rulesBroken(make: (stack: Stack) => unknown): string[] {
  const { stack } = stackFixture();
  make(stack);
  return inspectMlSecurity(allResources(stack)).findings.map(f => f.rule);
}

test('every rule has an id of its own, a text that says what would be right, and something to judge', () => {
  expect(new Set(ML_RULES.map(r => r.id)).size).toBe(ML_RULES.length);
  for (const rule of ML_RULES) {
    expect(rule.id).toMatch(/^ML-[A-Z]+\d+$/);
    expect(rule.types.length).toBeGreaterThan(0);
    rule.types.forEach(t => expect(t).toMatch(/^AWS::\w+::\w+$/));
    expect(rule.info).toMatch(/: .+\.$/);
  }
});

test('the ids and levels, which consumers write into exceptions and rely on, are these', () => {
  const ids = (level: string) => ML_RULES.filter(r => r.level === level).map(r => r.id.slice(3)).join(' ');
  expect({ error: ids('error'), warning: ids('warning') }).toEqual({
    error: 'SM1 SM6 SM8 SM9 SM10 SM11 SM13 SM31 SM32 SM15 SM16 SM17 SM18 SM19 SM20 SM21 SM22 SM23 SM24 SM25 SM27 SM29 ECR1 ECR2 S3 IAM1 IAM3 IAM4',
    warning: 'SM2 SM3 SM4 SM5 SM7 SM30 SM12 SM33 SM14 SM26 SM28 ECR3 ECR4 IAM2',
  });
});

test.each<[string, (stack: Stack) => unknown, string[]]>([
  ['ML-SM1 and a model without isolation', s => model(s, false), ['ML-SM1']],
  ['ML-SM1 and a model that says nothing', s => model(s), ['ML-SM1']],
  ['ML-SM1 and a good model', s => model(s, true), []],
  ['ML-SM1 and a model weakened by a property override', s => model(s, true).addPropertyOverride('EnableNetworkIsolation', false), ['ML-SM1']],
  ['ML-SM1 and a model healed by a property override', s => model(s, false).addPropertyOverride('EnableNetworkIsolation', true), []],
  ['ML-SM1 and a model weakened by a deletion override', s => model(s, true).addPropertyDeletionOverride('EnableNetworkIsolation'), ['ML-SM1']],
  ['ML-SM1 and a raw resource of the type', s => new CfnResource(s, 'R', { type: 'AWS::SageMaker::Model' }), ['ML-SM1']],
  ['ML-SM5 and the tag latest', s => model(s, true, 'h/a:latest'), ['ML-SM5']],
  ['ML-SM5 and a tag known at deployment', s => model(s, true, new CfnParameter(s, 'P').valueAsString), []],
  ['ML-SM7 and one instance', s => config(s, 'k', 1), ['ML-SM7[V]']],
  ['ML-SM7 and a count raised by a property override', s => config(s, 'k', 1).addPropertyOverride('ProductionVariants.0.InitialInstanceCount', 2), []],
  ['ML-SM8 and no key', s => config(s, undefined, 2), ['ML-SM8']],
  ['ML-SM8 and a good configuration', s => config(s, 'k', 2), []],
  ['ML-SM12 and no alarm', s => endpoint(s, []), ['ML-SM12']],
  ['ML-SM12 and an alarm', s => endpoint(s, [{ alarmName: 'a' }]), []],
  ['ML-SM29 and an open group', s => new CfnModelPackageGroup(s, 'R', { modelPackageGroupName: 'g', modelPackageGroupPolicy: { Statement: [{ Effect: 'Allow', Principal: '*' }] } }), ['ML-SM29']],
  ['ML-SM29 and a group without policy', s => new CfnModelPackageGroup(s, 'R', { modelPackageGroupName: 'g' }), []],
  ['ML-ECR1 and no scan', s => repository(s, false, 'IMMUTABLE'), ['ML-ECR1']],
  ['ML-ECR2 and movable tags', s => repository(s, true, 'MUTABLE'), ['ML-ECR2']],
  ['ML-ECR1, ML-ECR2 and a good repository', s => repository(s, true, 'IMMUTABLE'), []],
  ['ML-IAM1 and an inline policy', s => role(s, { policies: [{ policyName: 'p', policyDocument: document('s3:GetObject') }] }), ['ML-IAM1[s3:GetObject]']],
  ['ML-IAM1 and a policy beside the role', s => new CfnPolicy(s, 'P', { policyName: 'p', roles: [role(s).ref], policyDocument: document('s3:GetObject') }), ['ML-IAM1[s3:GetObject]']],
  ['ML-IAM1 and a managed policy', s => new CfnManagedPolicy(s, 'P', { roles: [role(s).ref], policyDocument: document('s3:GetObject') }), ['ML-IAM1[s3:GetObject]']],
  ['ML-IAM1 and a policy of an unknown role', s => new CfnPolicy(s, 'P', { policyName: 'p', roles: ['r'], policyDocument: document('s3:GetObject') }), []],
  ['ML-IAM1 and a named resource', s => role(s, { policies: [{ policyName: 'p', policyDocument: document('s3:GetObject', 'arn:aws:s3:::b/k') }] }), []],
  ['ML-IAM2 and free trust', s => role(s, { assumeRolePolicyDocument: trust(false) }), ['ML-IAM2']],
  ['ML-IAM3 and a freely passed role', s => role(s, { policies: [{ policyName: 'p', policyDocument: document('iam:PassRole', 'arn:aws:iam::1:role/r') }] }), ['ML-IAM3']],
  ['ML-IAM4 and full access', s => role(s, { managedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSageMakerFullAccess'] }), ['ML-IAM4']],
])('%s', (title, make, found) => {
  expect(rulesBroken(make).filter(rule => title.split(/[ ,]/).includes(rule.split('[')[0]))).toEqual(found);
});

test('twice as many roles are twice the work', () => {
  const resolved = (roles: number) => {
    const { stack } = stackFixture();
    for (let i = 0; i < roles; i++) {
      const made = new CfnRole(stack, `Role${i}`, { assumeRolePolicyDocument: trust() });
      new CfnPolicy(stack, `P${i}`, { policyName: 'p', roles: [made.ref], policyDocument: document('s3:GetObject') });
    }
    const resolve = jest.spyOn(stack, 'resolve');
    expect(inspectMlSecurity(allResources(stack)).findings).toHaveLength(roles);
    return resolve.mock.calls.length;
  };
  expect(resolved(40)).toBe(2 * resolved(20));
});

test('a policy is judged by the role of its own stack, whatever other stacks call theirs', () => {
  const { app, stack } = stackFixture();
  const other = new Stack(app, 'Other');
  role(stack);
  new CfnRole(other, 'Role', { assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }] } });
  new CfnPolicy(other, 'P', { policyName: 'p', roles: [{ Ref: 'Role' } as any], policyDocument: document('s3:GetObject') });
  expect(inspectMlSecurity(allResources(app)).findings).toEqual([]);
});

test('a finding says rule, level, place and what would be right, and the reason if it has one', () => {
  const { stack } = stackFixture();
  const bad = model(stack, false);
  const found = () => inspectMlSecurity([bad]).findings.slice(0, 1);
  const expected = { rule: 'ML-SM1', level: 'error', path: 'Stack/R', info: infoOf(ML_RULES[0]), control: ML_RULES[0].control };
  expect(found()).toEqual([{ ...expected, reason: undefined }]);
  acceptForConsumer(stack, [{ rule: 'ML-SM1', reason: 'it trains itself' }]);
  expect(found()).toEqual([{ ...expected, reason: 'it trains itself', acceptances: [{ by: 'consumer', reason: 'it trains itself' }] }]);
});

test('only rules that apply are counted', () => {
  const { stack } = stackFixture();
  expect(inspectMlSecurity([model(stack, true)]).rules).toBe(6);
  expect(inspectMlSecurity([])).toEqual({ rules: 0, findings: [], passes: [] });
});
