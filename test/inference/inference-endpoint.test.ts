import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint, CfnEndpointConfig, CfnModel, IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Hosting, InferenceEndpoint, InferenceEndpointProps, InferenceModel, MlInstanceType, ModelArtifactBucket, ModelArtifact, ModelRegistry, SageMakerImage } from '../../src';
import { consumerRole, dependencyCycle, errorOf, expectCompliant, onlyResource, stackFixture, statementFor, statementsOf } from '../helper';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const MODEL = InferenceModel.fromContainer({ image: IMAGE });

function endpointFixture(props: InferenceEndpointProps = { model: MODEL }) {
  const fixture = stackFixture();
  const endpoint = new InferenceEndpoint(fixture.stack, 'Endpoint', props);
  const only = (type: string) => onlyResource(fixture.template(), type);
  return { ...fixture, endpoint, only, properties: (type: string) => only(type).Properties };
}

const NAME = /^stack-endpoint-realtime-[0-9a-f]{8}$/;
const endpointName = () => endpointFixture().properties('AWS::SageMaker::Endpoint').EndpointName;

test('with nothing said beyond the model it is clean', () => {
  const template = expectCompliant(endpointFixture().stack);
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
});

test('the logical ids are part of the contract', () => {
  expect(Object.keys(endpointFixture().template().toJSON().Resources)).toMatchInlineSnapshot(`
[
  "EndpointRole47E61C54",
  "EndpointRolePolicy72E4C6C1",
  "EndpointModel0F230181",
  "EndpointAllTrafficErrors0B9A7E9E",
  "EndpointRealTimeConfigC78836B5",
  "EndpointRealTimeD05C090E",
  "MlEncryptionKey1CDF763F",
]
`);
});

test('the endpoint has a name of lower case that tells its kind and is always the same', () => {
  expect(endpointName()).toMatch(NAME);
  expect(endpointName()).toBe(endpointName());
});

test('model and configuration have no names, so that a change can replace them', () => {
  const { properties } = endpointFixture();
  expect(properties('AWS::SageMaker::Model').ModelName).toBeUndefined();
  expect(properties('AWS::SageMaker::EndpointConfig').EndpointConfigName).toBeUndefined();
});

test('the container has no network', () => {
  const { stack, endpoint, properties } = endpointFixture();
  expect(properties('AWS::SageMaker::Model')).toEqual({
    EnableNetworkIsolation: true,
    ExecutionRoleArn: stack.resolve(endpoint.role.roleArn),
    PrimaryContainer: { Image: IMAGE.imageUri },
  });
});

test('the model waits for the role and its policies', () => {
  const { only } = endpointFixture();
  expect(only('AWS::SageMaker::Model').DependsOn).toEqual([expect.stringMatching(/^EndpointRolePolicy/), expect.stringMatching(/^EndpointRole[0-9A-F]{8}$/)]);
});

test('one encrypted instance gets all traffic, the least busy one first', () => {
  const { stack, endpoint, properties } = endpointFixture();
  expect(properties('AWS::SageMaker::EndpointConfig')).toEqual({
    KmsKeyId: stack.resolve(endpoint.encryptionKey.keyArn),
    ProductionVariants: [{
      VariantName: 'AllTraffic',
      ModelName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointModel/), 'ModelName'] },
      InstanceType: 'ml.m5.large',
      InitialInstanceCount: 1,
      InitialVariantWeight: 1,
      RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
    }],
  });
});

test('an update runs beside the old version and rolls back by the alarm', () => {
  const { properties } = endpointFixture();
  expect(properties('AWS::SageMaker::Endpoint')).toEqual({
    EndpointName: expect.stringMatching(NAME),
    EndpointConfigName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointRealTimeConfig/), 'EndpointConfigName'] },
    DeploymentConfig: {
      AutoRollbackConfiguration: { Alarms: [{ AlarmName: { Ref: expect.stringMatching(/^EndpointAllTrafficErrors/) } }] },
      BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 300 }, TerminationWaitInSeconds: 300 },
    },
  });
});

test('volumes are encrypted with the key of the stack, which goes when only endpoints used it', () => {
  expect(endpointFixture().only('AWS::KMS::Key').DeletionPolicy).toBe('Delete');
  const { stack, template } = endpointFixture();
  new ModelArtifactBucket(stack, 'Artifacts');
  expect(onlyResource(template(), 'AWS::KMS::Key').DeletionPolicy).toBe('Retain');
});

test('a name may be given, and is used wherever the endpoint is named', () => {
  const { properties, template } = endpointFixture({ model: MODEL, endpointName: 'churn' });
  expect(properties('AWS::SageMaker::Endpoint').EndpointName).toBe('churn');
  expect(properties('AWS::CloudWatch::Alarm').Dimensions).toContainEqual({ Name: 'EndpointName', Value: 'churn' });
  expect(JSON.stringify(statementFor(statementsOf(template(), 'EndpointRole'), 'logs:PutLogEvents').Resource)).toContain('/aws/sagemaker/Endpoints/churn');
});

test('two endpoints in one stack share the key and nothing else', () => {
  const { stack, template } = endpointFixture();
  new InferenceEndpoint(stack, 'Other', { model: MODEL });
  expectCompliant(stack);
  template().resourceCountIs('AWS::KMS::Key', 1);
  for (const type of ['AWS::SageMaker::Endpoint', 'AWS::SageMaker::EndpointConfig', 'AWS::SageMaker::Model', 'AWS::IAM::Role', 'AWS::CloudWatch::Alarm']) {
    template().resourceCountIs(type, 2);
  }
  const names = Object.values(template().findResources('AWS::SageMaker::Endpoint')).map(e => e.Properties.EndpointName);
  expect(new Set(names).size).toBe(2);
});

test('an L1 key may be brought along', () => {
  const { stack, template } = stackFixture();
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { model: MODEL, encryptionKey: new CfnKey(stack, 'Own', { keyPolicy: {} }) });
  template().resourceCountIs('AWS::KMS::Key', 1);
  const arn = { 'Fn::GetAtt': ['Own', 'Arn'] };
  expect(stack.resolve(endpoint.encryptionKey.keyArn)).toEqual(arn);
  expect(onlyResource(template(), 'AWS::SageMaker::EndpointConfig').Properties.KmsKeyId).toEqual(arn);
  expect(statementFor(statementsOf(template(), 'EndpointRole'), 'kms:CreateGrant').Resource).toEqual(arn);
});

test('a role may be brought along: it gets what the endpoint needs, and the model waits for it', () => {
  const { stack, template } = stackFixture();
  const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { model: MODEL, role });
  expect(endpoint.role).toBe(role);
  template().resourceCountIs('AWS::IAM::Role', 1);
  const actions = statementsOf(template(), 'EndpointPermissionsOfOwn').flatMap(s => s.Action);
  expect(actions).toEqual(expect.arrayContaining(['ecr:BatchGetImage', 'logs:PutLogEvents', 'cloudwatch:DescribeAlarms', 'kms:CreateGrant', 'cloudwatch:PutMetricData']));
  expect(onlyResource(template(), 'AWS::SageMaker::Model').DependsOn).toEqual([expect.stringMatching(/^EndpointPermissionsOfOwn/), expect.stringMatching(/^Own[0-9A-F]{8}$/)]);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('an imported role may be brought along', () => {
  const { stack, template } = stackFixture();
  new InferenceEndpoint(stack, 'Endpoint', { model: MODEL, role: Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own') });
  expect(onlyResource(template(), 'AWS::SageMaker::Model').Properties.ExecutionRoleArn).toBe('arn:aws:iam::111122223333:role/own');
  expect(onlyResource(template(), 'AWS::IAM::ManagedPolicy').Properties.Roles).toEqual(['own']);
});

test('who is granted to call the endpoint may call exactly this one', () => {
  const { stack, endpoint, template } = endpointFixture();
  endpoint.grants.invoke(consumerRole(stack, 'One'));
  endpoint.grantInvoke(consumerRole(stack, 'Two'));
  const statement = { Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: stack.resolve(endpoint.endpointArn) };
  expect([statementsOf(template(), 'One'), statementsOf(template(), 'Two')]).toEqual([[statement], [statement]]);
  expect(statement.Resource).toEqual({ Ref: expect.stringMatching(/^EndpointRealTime[0-9A-F]{8}$/) });
});

test('what is granted to the endpoint is granted to its role, and what the model waits for makes no circle', () => {
  const { stack, endpoint, template } = endpointFixture();
  new ModelArtifactBucket(stack, 'Artifacts').bucket.grantRead(endpoint);
  expect(endpoint.grantPrincipal).toBe(endpoint.role);
  expect(statementsOf(template(), 'EndpointRoleGrantedPolicy').flatMap(s => s.Action)).toContain('s3:GetObject*');
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('an endpoint may be imported, to call it', () => {
  const { stack, template } = stackFixture();
  const imported = InferenceEndpoint.fromEndpointName(stack, 'Imported', 'Churn');
  expect(imported.endpointName).toBe('Churn');
  imported.grantInvoke(consumerRole(stack));
  const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':endpoint/churn']] };
  expect(stack.resolve([imported.endpointArn, imported.endpointRef])).toEqual([arn, { endpointArn: arn }]);
  expect(statementsOf(template(), 'Consumer')).toEqual([{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: arn }]);
});

test('an endpoint may be imported by a name known at deployment', () => {
  const { stack } = stackFixture();
  const imported = InferenceEndpoint.fromEndpointName(stack, 'Imported', new CfnParameter(stack, 'Name').valueAsString);
  expect(JSON.stringify(stack.resolve(imported.endpointArn))).toContain(':endpoint/",{"Ref":"Name"}');
});

test('an endpoint of any account and Region may be imported by its ARN, to call and to watch it there', () => {
  const { stack, template } = stackFixture();
  const imported = InferenceEndpoint.fromEndpointArn(stack, 'Imported', 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn');
  expect([imported.endpointName, imported.env]).toEqual(['churn', { account: '111122223333', region: 'eu-west-1' }]);
  imported.grants.invokeAsync(consumerRole(stack));
  const Resource = 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn';
  expect(statementsOf(template(), 'Consumer')).toEqual([{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpointAsync', Resource }]);
  expect(imported.metrics.modelLatency()).toMatchObject({
    region: 'eu-west-1', account: '111122223333', dimensions: { EndpointName: 'churn', VariantName: 'AllTraffic' },
  });
});

test('an endpoint that is imported by its name is watched where it is imported', () => {
  const metric = InferenceEndpoint.fromEndpointName(stackFixture().stack, 'Imported', 'churn').metrics.invocations();
  expect([metric.dimensions, metric.region, metric.account]).toEqual([{ EndpointName: 'churn', VariantName: 'AllTraffic' }, undefined, undefined]);
});

test('an ARN known at deployment may be imported, a bad one may not', () => {
  const { stack } = stackFixture();
  const imported = InferenceEndpoint.fromEndpointArn(stack, 'Imported', new CfnParameter(stack, 'Arn').valueAsString);
  expect(stack.resolve(imported.endpointArn)).toEqual({ Ref: 'Arn' });
  expect(JSON.stringify(stack.resolve(imported.metrics.invocations().dimensions))).toContain('{"Ref":"Arn"}');
  expect(errorOf(() => InferenceEndpoint.fromEndpointArn(stack, 'Bad', 'arn:aws:sagemaker:eu-west-1:111122223333:model/churn'))).toBe([
    "InferenceEndpoint at 'Stack/Bad' has 1 problem:",
    "  - endpointArn must look like 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn', got 'arn:aws:sagemaker:eu-west-1:111122223333:model/churn'",
  ].join('\n'));
});

test('there are outputs only on request', () => {
  const { stack, endpoint } = endpointFixture();
  endpoint.addAlarms();
  endpoint.widgets();
  expect(Template.fromStack(stack).toJSON().Outputs).toBeUndefined();
  const { stack: asked, endpoint: shown } = endpointFixture();
  new CfnOutput(asked, 'Name', { value: shown.endpointName });
  expect(Template.fromStack(asked).toJSON().Outputs).toEqual({ Name: { Value: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointRealTime[0-9A-F]{8}$/), 'EndpointName'] } } });
});

test('made or imported, it is an endpoint of CDK', () => {
  const { stack, endpoint } = endpointFixture();
  const endpoints: IEndpoint[] = [endpoint, InferenceEndpoint.fromEndpointName(stack, 'Imported', 'churn')];
  endpoints.forEach(e => expect(e.endpointRef.endpointArn).toBe(e.endpointArn));
  const metric: Metric = endpoint.metrics.invocations();
  expect(metric.dimensions).toEqual({ EndpointName: expect.stringMatching(NAME), VariantName: 'AllTraffic' });
});

test('values known at deployment pass everywhere', () => {
  const { stack, template } = stackFixture();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
  const artifact = ModelArtifact.fromBucket(new ModelArtifactBucket(stack, 'Artifacts').bucket, text);
  const model = InferenceModel.fromContainer({ image: SageMakerImage.fromUri(text), artifact, environment: { NAME: text } });
  new InferenceEndpoint(stack, 'Endpoint', { endpointName: text, hosting: Hosting.realTime({ model, instanceType: MlInstanceType.of(text), instanceCount: count }) });
  const resource = (type: string) => onlyResource(template(), type).Properties;
  expect(resource('AWS::SageMaker::Endpoint').EndpointName).toEqual({ Ref: 'Text' });
  expect(resource('AWS::SageMaker::EndpointConfig').ProductionVariants[0]).toMatchObject({ InstanceType: { Ref: 'Text' }, InitialInstanceCount: { Ref: 'Count' } });
  expect(resource('AWS::SageMaker::Model').PrimaryContainer).toMatchObject({ Image: { Ref: 'Text' }, Environment: { NAME: { Ref: 'Text' } } });
});

test('all problems come in one error, with what was given and what is allowed', () => {
  const { stack } = stackFixture();
  const model = InferenceModel.fromContainer({
    image: SageMakerImage.fromUri('a b'),
    environment: { '1X': 'v', 'BIG': 'x'.repeat(1025) },
  });
  const hosting = Hosting.realTime({ model, instanceType: MlInstanceType.of('m5.large'), instanceCount: 0 });
  expect(errorOf(() => new InferenceEndpoint(stack, 'Endpoint', { hosting, endpointName: '_', compliance: { exceptions: [{ rule: 'X', reason: '' }] } }))).toBe([
    "InferenceEndpoint at 'Stack/Endpoint' has 7 problems:",
    "  - endpointName must be 1 to 63 letters, digits and dashes, got '_'",
    "  - model.image must be 1 to 255 characters without spaces, got 'a b'",
    "  - model.environment key must be letters, digits and _, not beginning with a digit, got '1X'",
    '  - model.environment.BIG (bytes) must be between 0 and 1024, got 1025',
    "  - instanceType must look like 'ml.m5.large', got 'm5.large'",
    '  - instanceCount must be a whole number between 1 and 10000, got 0',
    "  - compliance.exceptions[0].reason must say why in at least 10 characters, got ''",
  ].join('\n'));
});

test.each<[string, InferenceEndpointProps, string]>([
  ['neither model nor hosting', {}, 'either model or hosting must be given, got neither'],
  ['both', { model: MODEL, hosting: Hosting.realTime({ model: MODEL }) }, 'either model or hosting must be given, got both'],
  ['a version of zero', { model: InferenceModel.fromModelPackage(ModelRegistry.fromModelPackageGroupName(new Stack(), 'M', 'm'), { version: 0 }) }, 'model.version must be a whole number of at least 1, got 0'],
  ['half an instance', { hosting: Hosting.realTime({ model: MODEL, instanceCount: 1.5 }) }, 'instanceCount must be a whole number between 1 and 10000, got 1.5'],
  ['a name that is too long', { model: MODEL, endpointName: 'x'.repeat(64) }, 'endpointName must be 1 to 63 letters, digits and dashes, got'],
])('%s is an error', (_, props, problem) => {
  expect(errorOf(() => endpointFixture(props))).toContain(`InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - ${problem}`);
});

test('two endpoints of one name, in whatever case, are refused by both their paths', () => {
  const { stack, template } = stackFixture();
  new InferenceEndpoint(stack, 'One', { model: MODEL, endpointName: 'churn' });
  new InferenceEndpoint(stack, 'Two', { model: MODEL, endpointName: 'Churn' });
  new InferenceEndpoint(stack, 'Three', { model: MODEL, endpointName: 'churn-3' });
  expect(errorOf(template)).toContain("[Stack/Two] the endpoint at 'Stack/One' has the same endpointName in the same account and Region, 'churn'");
  expect(errorOf(template)).not.toContain('Stack/Three');
});

test('a bad name cannot be imported', () => {
  expect(errorOf(() => InferenceEndpoint.fromEndpointName(stackFixture().stack, 'Imported', 'a_b')))
    .toBe("InferenceEndpoint at 'Stack/Imported' has 1 problem:\n  - endpointName must be 1 to 63 letters, digits and dashes, got 'a_b'");
});

test.each<[string, any]>([['Model', CfnModel], ['RealTimeConfig', CfnEndpointConfig], ['RealTime', CfnEndpoint], ['AllTrafficErrors', CfnAlarm]])(
  'the escape hatch %s is where the documentation says', (id, type) => {
    expect(endpointFixture().endpoint.node.findChild(id)).toBeInstanceOf(type);
  });
