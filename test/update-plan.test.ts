import { errorOf } from './helper';
import { changesOf, updatePlan } from './update-plan';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });

/** A model, its configuration and its endpoint, as the constructs write them; every argument replaces properties. */
function serving({ model = {}, config = {}, endpoint = {}, more = {} }: Record<string, object> = {}) {
  return {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { Description: 'Runs it' } },
      Model: { Type: 'AWS::SageMaker::Model', Properties: { ExecutionRoleArn: att('Role', 'Arn'), PrimaryContainer: { Image: 'one:1', Environment: { A: '1' } }, ...model } },
      Config: { Type: 'AWS::SageMaker::EndpointConfig', Properties: { ProductionVariants: [{ VariantName: 'All', ModelName: att('Model', 'ModelName') }], ...config } },
      Endpoint: { Type: 'AWS::SageMaker::Endpoint', Properties: { EndpointName: 'serving', EndpointConfigName: att('Config', 'EndpointConfigName'), ...endpoint } },
      ...more,
    },
  };
}

const actions = (before: any, after: any) => Object.fromEntries(Object.entries(updatePlan(before, after)).map(([id, { action }]) => [id, action]));

test('nothing happens between equal templates, whatever the order of keys', () => {
  const turned = serving({ model: { PrimaryContainer: { Environment: { A: '1' }, Image: 'one:1' } } });
  expect(changesOf(serving(), turned)).toEqual({});
  expect(actions(serving(), turned)).toEqual({ Role: 'unchanged', Model: 'unchanged', Config: 'unchanged', Endpoint: 'unchanged' });
});

test('a new model replaces what stands on it, up to the endpoint, which is updated in place', () => {
  const after = serving({ model: { PrimaryContainer: { Image: 'one:2' } } });
  expect(updatePlan(serving(), after)).toEqual({
    Role: { type: 'AWS::IAM::Role', action: 'unchanged', because: [] },
    Model: { type: 'AWS::SageMaker::Model', action: 'replaced', because: ['PrimaryContainer'] },
    Config: { type: 'AWS::SageMaker::EndpointConfig', action: 'replaced', because: ['ProductionVariants refers to Model'] },
    Endpoint: { type: 'AWS::SageMaker::Endpoint', action: 'updated', because: ['EndpointConfigName refers to Config'] },
  });
});

test('properties that can change are updated in place, and nobody else is touched', () => {
  const after = serving({ endpoint: { DeploymentConfig: { RollingUpdatePolicy: {} } }, model: { Tags: [{ Key: 'a', Value: 'b' }] } });
  expect(changesOf(serving(), after)).toEqual({ updated: ['AWS::SageMaker::Endpoint Endpoint', 'AWS::SageMaker::Model Model'] });
});

test('a property that goes counts as one that changes', () => {
  const before = serving({ config: { KmsKeyId: 'alias/one' } });
  expect(updatePlan(before, serving()).Config).toMatchObject({ action: 'replaced', because: ['KmsKeyId'] });
});

test('what one template alone has is added or removed', () => {
  const more = { Topic: { Type: 'AWS::SNS::Topic' } };
  expect(changesOf(serving(), serving({ more }))).toEqual({ added: ['AWS::SNS::Topic Topic'] });
  expect(changesOf(serving({ more }), serving())).toEqual({ removed: ['AWS::SNS::Topic Topic'] });
});

test('an endpoint gets another name only by replacement', () => {
  const { Endpoint } = updatePlan(serving(), serving({ endpoint: { EndpointName: 'other' } }));
  expect(Endpoint).toEqual({ type: 'AWS::SageMaker::Endpoint', action: 'replaced', because: ['EndpointName'] });
});

test('a replacement under the same given name is refused', () => {
  const named = (image: string) => serving({ model: { ModelName: 'mine', PrimaryContainer: { Image: image } } });
  expect(updatePlan(named('one:1'), named('one:2')).Model).toMatchObject({ action: 'replaced', blockedBy: 'ModelName' });
  const renamed = serving({ model: { ModelName: 'other', PrimaryContainer: { Image: 'one:2' } } });
  expect(updatePlan(named('one:1'), renamed).Model).not.toHaveProperty('blockedBy');
});

test('the endpoint that a job definition watches is not the name of the job definition', () => {
  const job = (roleArn: string) => ({ Resources: { Job: { Type: 'AWS::SageMaker::DataQualityJobDefinition', Properties: { EndpointName: 'serving', RoleArn: roleArn } } } });
  expect(updatePlan(job('a'), job('b')).Job).toEqual({ type: 'AWS::SageMaker::DataQualityJobDefinition', action: 'replaced', because: ['RoleArn'] });
});

const target = (resourceId: unknown) => ({
  Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ResourceId: resourceId, MinCapacity: 1 } },
  Policy: { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: { PolicyName: 'p', ScalingTargetId: ref('Target') } },
});

test.each([
  ['Fn::Sub', { 'Fn::Sub': 'endpoint/${Endpoint.EndpointName}/variant/All' }],
  ['Fn::Sub with values', { 'Fn::Sub': ['endpoint/${Name}/variant/All', { Name: att('Endpoint', 'EndpointName') }] }],
  ['Fn::Join', { 'Fn::Join': ['', ['endpoint/', att('Endpoint', 'EndpointName'), '/variant/All']] }],
  ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Endpoint.EndpointName' }],
])('a reference by %s is followed, also twice', (_, resourceId) => {
  const before = serving({ more: target(resourceId) });
  const after = serving({ more: target(resourceId), endpoint: { EndpointName: 'other' } });
  expect(updatePlan(before, after)).toMatchObject({
    Target: { action: 'replaced', because: ['ResourceId refers to Endpoint'] },
    Policy: { action: 'replaced', because: ['ScalingTargetId refers to Target'], blockedBy: 'PolicyName' },
  });
});

test('of a structure only the part that is create-only replaces', () => {
  const access = (dns: object) => ({ Resources: { Access: { Type: 'AWS::EC2::VPCEndpoint', Properties: { DnsOptions: dns } } } });
  const before = access({ DnsRecordIpType: 'ipv4', PrivateDnsPreference: 'a' });
  expect(updatePlan(before, access({ DnsRecordIpType: 'ipv4', PrivateDnsPreference: 'b' })).Access).toMatchObject({ action: 'replaced', because: ['DnsOptions/PrivateDnsPreference'] });
  expect(updatePlan(before, access({ DnsRecordIpType: 'ipv6', PrivateDnsPreference: 'a' })).Access).toMatchObject({ action: 'updated', because: ['DnsOptions'] });
});

test('what replaces in some cases counts as what replaces', () => {
  const rule = (bus: string) => ({ Resources: { Rule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: bus } } } });
  expect(updatePlan(rule('a'), rule('b')).Rule).toMatchObject({ action: 'replaced', because: ['EventBusName (in some cases)'] });
});

test('metadata, order and deletion policies change no resource', () => {
  const marked = serving();
  Object.assign(marked.Resources.Model, { Metadata: { a: 1 }, DependsOn: ['Role'], DeletionPolicy: 'Retain' });
  expect(changesOf(serving(), marked)).toEqual({});
});

test('types that nothing is known about, and types that change, are errors', () => {
  const unknown = (size: number) => ({ Resources: { A: { Type: 'AWS::RDS::DBInstance', Properties: { Size: size } } } });
  expect(errorOf(() => updatePlan(unknown(1), unknown(2)))).toBe('nothing is known about updates of AWS::RDS::DBInstance: add it to scripts/python/create_only.py');
  expect(changesOf(unknown(1), unknown(1))).toEqual({});
  const other = { Resources: { Model: { Type: 'AWS::SNS::Topic' } } };
  expect(errorOf(() => updatePlan(serving(), other))).toBe('Model turns from AWS::SageMaker::Model into AWS::SNS::Topic, which CloudFormation refuses');
});

test('circles of references end', () => {
  const circle = (name: string) => ({
    Resources: {
      A: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: name, Tags: [ref('B')] } },
      B: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'b', Tags: [ref('A')] } },
    },
  });
  expect(actions(circle('a'), circle('c'))).toEqual({ A: 'replaced', B: 'updated' });
});
