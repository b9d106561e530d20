import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { bakeInChecks, sealChecks } from '../../../src/compliance/baked-in';
import { encryptionKey } from '../../../src/identity/stack-key';
import { InstanceTypeChanges } from '../../../src/inference/scaling-guard';
import { noteInstanceTypes } from '../../../src/inference/scaling-guard/instance-type-note';
import { dependencyCycle, expectCompliant, onlyResource, stackFixture, statementFor, statementsOf, warningsOf } from '../../helper';

/** As an endpoint of the library holds it. */
class Guarded extends Construct {
  constructor(scope: Construct, id: string, options: { types?: string[]; endpointName?: string; importedKey?: boolean } = {}) {
    super(scope, id);
    bakeInChecks(this);
    const endpointName = options.endpointName ?? 'Churn';
    const key = options.importedKey ? Key.fromKeyArn(this, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/one') : encryptionKey(this, undefined, false);
    const endpoint = new CfnEndpoint(this, 'RealTime', {
      endpointName,
      endpointConfigName: 'config',
      deploymentConfig: { autoRollbackConfiguration: { alarms: [{ alarmName: 'alarm' }] }, blueGreenUpdatePolicy: { trafficRoutingConfiguration: { type: 'ALL_AT_ONCE' } } },
    });
    const target = (variantName: string) => new CfnScalableTarget(this, variantName, {
      minCapacity: 1, maxCapacity: 2, resourceId: `endpoint/${endpoint.attrEndpointName}/variant/${variantName}`, scalableDimension: 'sagemaker:variant:DesiredInstanceCount', serviceNamespace: 'sagemaker',
    });
    const instanceTypes = options.types ?? ['ml.g5.xlarge', 'ml.g4dn.xlarge'];
    const variants = ['Green', 'Blue'].map(variantName => ({ variantName, instanceTypes, target: target(variantName) }));
    InstanceTypeChanges.deregisterScalableTargets()._bind({ scope: this, endpoint, endpointName, key, variants });
    sealChecks(this);
  }
}

function guardFixture(options?: ConstructorParameters<typeof Guarded>[2]) {
  const fixture = stackFixture();
  new Guarded(fixture.stack, 'Endpoint', options);
  return { ...fixture, only: (type: string) => onlyResource(fixture.template(), type) };
}

const ids = (resource: any): string[] => [resource.DependsOn ?? []].flat();

test('it is clean and makes no circle', () => {
  const template = expectCompliant(guardFixture().stack);
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
});

test('the logical ids are part of the contract', () => {
  const made = Object.entries(guardFixture().template().toJSON().Resources as Record<string, any>).filter(([id]) => id.includes('ScalingGuard'));
  expect(Object.fromEntries(made.map(([id, { Type }]) => [id, Type]))).toMatchInlineSnapshot(`
{
  "EndpointScalingGuardDeregister1C71A02A": "Custom::ScalingGuardDeregister",
  "EndpointScalingGuardFunctionFEB97D5C": "AWS::Lambda::Function",
  "EndpointScalingGuardLogCB440368": "AWS::Logs::LogGroup",
  "EndpointScalingGuardPolicy3E566E58": "AWS::IAM::ManagedPolicy",
  "EndpointScalingGuardRegister1DF3A670": "Custom::ScalingGuardRegister",
  "EndpointScalingGuardRole5F235DCA": "AWS::IAM::Role",
  "EndpointScalingGuardSnapshotsFE4F478F": "AWS::SSM::Parameter",
  "EndpointScalingGuardSweep04A5D04E": "Custom::ScalingGuardSweep",
}
`);
});

test('sweep, deregistration, endpoint, registration, scalable targets: in this order', () => {
  const { only, template } = guardFixture();
  const endpoint = only('AWS::SageMaker::Endpoint');
  expect(ids(endpoint)).toEqual([expect.stringContaining('ScalingGuardDeregister')]);
  expect(ids(only('Custom::ScalingGuardDeregister'))).toEqual([expect.stringContaining('ScalingGuardSweep')]);
  expect(ids(only('Custom::ScalingGuardRegister'))).toEqual([expect.stringContaining('RealTime')]);
  const targets = Object.values(template().findResources('AWS::ApplicationAutoScaling::ScalableTarget'));
  expect(targets.map(ids)).toEqual([[expect.stringContaining('ScalingGuardRegister')], [expect.stringContaining('ScalingGuardRegister')]]);
});

test.each(['Sweep', 'Deregister', 'Register'])('%s says endpoint and types, and waits 30 minutes for an answer', phase => {
  expect(guardFixture().only(`Custom::ScalingGuard${phase}`).Properties).toEqual({
    ServiceToken: { 'Fn::GetAtt': [expect.stringContaining('ScalingGuardFunction'), 'Arn'] },
    ServiceTimeout: 1800,
    Phase: phase.toLowerCase(),
    EndpointName: 'Churn',
    Variants: { Blue: 'ml.g5.xlarge ml.g4dn.xlarge', Green: 'ml.g5.xlarge ml.g4dn.xlarge' },
  });
});

test('the function is in the template, needs no asset and waits for its permissions', () => {
  const { app, only } = guardFixture();
  const { Properties, DependsOn } = only('AWS::Lambda::Function');
  expect(Properties.Code).toEqual({ ZipFile: readFileSync(join(__dirname, '../../../lambda/scaling-guard/index.js'), 'utf8') });
  expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 300, Environment: { Variables: { PARAMETER: { Ref: expect.stringContaining('ScalingGuardSnapshots') } } } });
  expect(DependsOn).toEqual([expect.stringContaining('ScalingGuardPolicy')]);
  expect(app.synth().stacks[0].assets.filter(a => a.packaging !== 'file' || !a.path.endsWith('.template.json'))).toEqual([]);
});

test('its log is kept a year, encrypted with the key, which lets CloudWatch Logs use it', () => {
  const { only } = guardFixture();
  expect(only('AWS::Logs::LogGroup').Properties).toEqual({ RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('MlEncryptionKey'), 'Arn'] } });
  expect(only('AWS::KMS::Key').Properties.KeyPolicy.Statement).toContainEqual(expect.objectContaining({
    Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } },
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': expect.anything() } },
  }));
});

test('a key whose policy cannot be changed does not encrypt the log, since it could not be made', () => {
  expect(guardFixture({ importedKey: true }).only('AWS::Logs::LogGroup').Properties).toEqual({ RetentionInDays: 365 });
});

test('the function may do what it must, and to nothing else', () => {
  const { template } = guardFixture();
  const statements = statementsOf(template(), 'EndpointScalingGuard');
  const of = (action: string) => JSON.stringify(statementFor(statements, action));
  expect(statements.flatMap(s => s.Action).sort()).toEqual([
    'application-autoscaling:DeregisterScalableTarget', 'application-autoscaling:DescribeScalableTargets', 'application-autoscaling:DescribeScalingPolicies',
    'application-autoscaling:DescribeScheduledActions', 'application-autoscaling:ListTagsForResource', 'application-autoscaling:PutScalingPolicy',
    'application-autoscaling:PutScheduledAction', 'application-autoscaling:RegisterScalableTarget', 'application-autoscaling:TagResource',
    'cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm', 'logs:CreateLogStream', 'logs:PutLogEvents',
    'sagemaker:DescribeEndpoint', 'sagemaker:DescribeEndpointConfig', 'sagemaker:UpdateEndpointWeightsAndCapacities', 'ssm:GetParameter', 'ssm:PutParameter',
  ]);
  expect(statementFor(statements, 'application-autoscaling:DeregisterScalableTarget').Condition).toEqual({
    StringEquals: { 'application-autoscaling:service-namespace': 'sagemaker', 'application-autoscaling:scalable-dimension': 'sagemaker:variant:DesiredInstanceCount' },
  });
  expect(of('sagemaker:UpdateEndpointWeightsAndCapacities')).toContain(':endpoint/churn"');
  expect(of('ssm:PutParameter')).toContain(':parameter/",{"Ref":"EndpointScalingGuardSnapshots');
  expect(of('logs:PutLogEvents')).toMatch(/EndpointScalingGuardLog\w+","Arn"/);
});

test('every operation that the function calls is permitted', () => {
  const { template } = guardFixture();
  const allowed = statementsOf(template(), 'EndpointScalingGuard').flatMap(s => s.Action).map((a: string) => a.split(':')[1]);
  const called = [...readFileSync(join(__dirname, '../../../lambda/scaling-guard/index.js'), 'utf8').matchAll(/(?:call|all)\(tools, '(\w+)'/g)].map(m => m[1]);
  expect(called.length).toBeGreaterThan(10);
  expect(called.filter(c => !allowed.includes(c))).toEqual([]);
});

test('only Lambda of this account may use the role', () => {
  const { AssumeRolePolicyDocument } = guardFixture().only('AWS::IAM::Role').Properties;
  expect(AssumeRolePolicyDocument.Statement).toEqual([{
    Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  }]);
});

test('values known at deployment pass', () => {
  const { stack, template } = stackFixture();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  new Guarded(stack, 'Endpoint', { types: [text], endpointName: text });
  expect(onlyResource(template(), 'Custom::ScalingGuardSweep').Properties).toMatchObject({ EndpointName: { Ref: 'Text' }, Variants: { Blue: { Ref: 'Text' } } });
});

test('two guarded endpoints in one stack share the key and nothing else', () => {
  const { stack, template } = guardFixture();
  new Guarded(stack, 'Other');
  expectCompliant(stack);
  template().resourceCountIs('AWS::Lambda::Function', 2);
  const { Statement } = onlyResource(template(), 'AWS::KMS::Key').Properties.KeyPolicy;
  expect(Statement.filter((s: any) => JSON.stringify(s.Principal).includes('logs.'))).toHaveLength(1);
});

test('an endpoint without it points to it in an info, which is no warning and can be acknowledged', () => {
  const { stack } = stackFixture();
  noteInstanceTypes(stack);
  const infos = (of: Stack) => Annotations.fromStack(of).findInfo('*', Match.anyValue()).map(i => String(i.entry.data));
  expect(warningsOf(stack)).toEqual([]);
  expect(infos(stack)).toEqual([
    'The instance type of a scaled variant cannot change in one deployment, and a scaled variant cannot go: set instanceTypeChanges in a deployment before, or deploy once without the scaling. [ack: cdk-ml-patterns:scaledInstanceType]',
  ]);
});
