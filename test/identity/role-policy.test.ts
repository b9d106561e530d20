import { App, Aspects, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Effect, Grant, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { ModelArtifactBucket, ProcessingInput, ProcessingStep, SageMakerImage, SageMakerPipeline } from '../../src';
import { MlRole } from '../../src/identity/ml-role';
import { permitRole } from '../../src/identity/permission';
import { Permission } from '../../src/identity/permission-statement';
import { RolePolicy } from '../../src/identity/role-policy';
import { expectCompliant, onlyResource, stackFixture, warning, warningsOf } from '../helper';

const statements = (count: number): Permission[] => Array.from({ length: count }, (_, i) => ({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::bucket/${'x'.repeat(400)}/${i}`] }));

function documents(template: Template): any[] {
  return Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(p => p.Properties.PolicyDocument);
}

test('what does not fit one managed policy goes to more, none over the 6144 characters that IAM takes', () => {
  const { stack, template } = stackFixture();
  new RolePolicy(stack, 'Policy', 'role').allow(...statements(30));
  const found = documents(template());
  expect(found.length).toBe(3);
  found.forEach(d => expect(JSON.stringify(d).length).toBeLessThan(6144));
  expect(found.flatMap(d => d.Statement).length).toBe(30);
});

test('a statement whose resources do not fit one policy is written in parts', () => {
  const { stack, template } = stackFixture();
  const resources = statements(30).flatMap(s => s.resources);
  new RolePolicy(stack, 'Policy', 'role').allow({ actions: ['s3:GetObject'], resources });
  const found = documents(template());
  found.forEach(d => expect(JSON.stringify(d).length).toBeLessThan(6144));
  expect(found.flatMap(d => d.Statement).flatMap(s => s.Resource)).toEqual(resources);
});

describe('a statement that cannot be split', () => {
  const REST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '' }] }).length;
  const read = (resource: string): Permission => ({ actions: ['s3:GetObject'], resources: [resource] });

  test('may fill a policy', () => {
    const { stack, template } = stackFixture();
    new RolePolicy(stack, 'Policy', 'role').allow(read('x'.repeat(6144 - REST)));
    expect(documents(template()).map(d => JSON.stringify(d).length)).toEqual([6144]);
  });

  test('is an error if no policy holds it', () => {
    const { stack, template } = stackFixture();
    new RolePolicy(stack, 'Policy', 'role').allow(read('x'.repeat(6145 - REST)));
    expect(() => template()).toThrow('A policy with a statement of s3:GetObject alone takes at least 6145 characters, and IAM takes 6144.');
  });

  test('is a warning if that depends on what its references become, which may be accepted', () => {
    const warned = (acknowledge: boolean) => {
      const { stack } = stackFixture();
      const ids = Array.from({ length: 60 }, (_, i) => new CfnResource(stack, `Subnet${i}`, { type: 'X::Y::Z' }).ref);
      const policy = new RolePolicy(stack, 'Policy', 'role');
      policy.allow({ ...read('*'), conditions: { StringEquals: { 'ec2:SubnetID': ids } } });
      if (acknowledge) { Validations.of(policy).acknowledge({ id: 'cdk-ml-patterns:largeStatement', reason: 'The ids of subnets are short.' }); }
      return warningsOf(stack);
    };
    expect(warned(false)).toEqual([warning('largeStatement', 'A policy with a statement of s3:GetObject alone takes about 6286 characters if its references become as long as they may, and IAM takes 6144.')]);
    expect(warned(true)).toEqual([]);
  });
});

describe('more policies than IAM attaches to a role', () => {
  test('are warned of', () => {
    const { stack, template } = stackFixture();
    new RolePolicy(stack, 'Policy', 'role').allow(...statements(160));
    expect(documents(template()).length).toBe(14);
    expect(warningsOf(stack)).toEqual([warning('manyRolePolicies', 'The role has 14 managed policies, and IAM attaches 10 to a role unless its quota is raised')]);
  });

  test.each<[string, (policy: IConstruct) => IConstruct]>([['it', policy => policy], ['the app', policy => policy.node.root]])('may be accepted on %s', (_, at) => {
    const { stack } = stackFixture();
    const policy = new RolePolicy(stack, 'Policy', 'role');
    policy.allow(...statements(160));
    Validations.of(at(policy)).acknowledge({ id: 'cdk-ml-patterns:manyRolePolicies', reason: 'The quota is 20.' });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([[6, []], [7, [warning('manyRolePolicies', 'The role has 11 managed policies')]]])('are counted, whoever attaches them: 2 of the library, 2 granted and %i added', (added, expected) => {
    const { stack } = stackFixture();
    const role = new MlRole(stack, 'Role', { service: 'sagemaker.amazonaws.com', description: 'Test' });
    role.allow(...statements(15));
    Array.from({ length: 30 }, (_, i) => role.addToPolicy(new PolicyStatement({ actions: [`sns:Publish${i}`], resources: [`arn:aws:sns:::${'x'.repeat(200)}${i}`] })));
    Array.from({ length: added }, (_, i) => role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`)));
    expect(warningsOf(stack)).toEqual(expected);
    expect(documents(Template.fromStack(stack)).length).toBe(4);
  });
});

test('what others grant goes to more policies as well, and whoever waits for a grant waits for all', () => {
  const { stack, template } = stackFixture();
  const role = new MlRole(stack, 'Role', { service: 'sagemaker.amazonaws.com', description: 'Test' });
  const topics = Array.from({ length: 40 }, (_, i) => new CfnResource(stack, `Topic${i}`, { type: 'X::Y::Z' }).getAtt('Arn').toString());
  const grants = topics.map((arn, i) => Grant.addToPrincipal({ grantee: role, actions: [`sns:Publish${i}`], resourceArns: [arn, `arn:aws:sns:::${'x'.repeat(100)}`] }));
  const user = new CfnResource(stack, 'User', { type: 'X::Y::User' });
  grants[0].applyBefore(user);
  const policies = Object.entries(template().findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith('RoleGrantedPolicy'));
  expect(policies.length).toBeGreaterThan(1);
  expect(new Set(policies.flatMap(([, p]) => p.Properties.PolicyDocument.Statement.map((s: any) => s.Action))).size).toBe(40);
  expect(onlyResource(template(), 'X::Y::User').DependsOn.sort()).toEqual(policies.map(([id]) => id).sort());
});

describe('what others grant', () => {
  const granted = (...given: PolicyStatement[]) => {
    const { stack, template } = stackFixture();
    const role = new MlRole(stack, 'Role', { service: 'sagemaker.amazonaws.com', description: 'Test' });
    given.forEach(statement => role.addToPolicy(statement));
    return { role, stack, template };
  };
  const arns = (count: number) => Array.from({ length: count }, (_, i) => `arn:aws:s3:::bucket-with-a-long-name-${String(i).padStart(3, '0')}/*`);

  test.each([Effect.ALLOW, Effect.DENY])('is split by the resources of one statement: %s', effect => {
    const { template } = granted(new PolicyStatement({ effect, actions: ['s3:GetObject'], resources: arns(200) }));
    const found = documents(template());
    expect(Object.keys(template().findResources('AWS::IAM::ManagedPolicy')).map(id => id.slice(0, -8))).toEqual(['RoleGrantedPolicy', 'RoleGrantedPolicy2']);
    found.forEach(d => expect(JSON.stringify(d).length).toBeLessThan(6144));
    expect(found.flatMap(d => d.Statement).flatMap(s => s.Resource)).toEqual(arns(200));
  });

  test('is split by the resources of what became one statement, and by the actions of one resource', () => {
    const actions = Array.from({ length: 300 }, (_, i) => `service:ActionWithALongName${String(i).padStart(3, '0')}`);
    const { template } = granted(...arns(200).map(arn => new PolicyStatement({ actions: ['s3:GetObject'], resources: [arn] })), new PolicyStatement({ actions, resources: ['arn:one'] }));
    const found = documents(template());
    found.forEach(d => expect(JSON.stringify(d).length).toBeLessThan(6144));
    expect(found.flatMap(d => d.Statement).filter(s => s.Action === 's3:GetObject').flatMap(s => s.Resource)).toEqual(arns(200));
    expect(found.flatMap(d => d.Statement).filter(s => s.Resource === 'arn:one').flatMap(s => s.Action)).toEqual(actions);
  });

  test('is refused where no policy holds it: what is not meant cannot be split', () => {
    const { template } = granted(new PolicyStatement({ effect: Effect.DENY, notActions: ['s3:GetObject'], notResources: arns(200) }));
    expect(() => template()).toThrow(/A policy with a statement of s3:GetObject alone takes at least \d+ characters, and IAM takes 6144/);
  });

  test('is merged once for all passes of a synth', () => {
    const copy = jest.spyOn(PolicyStatement.prototype, 'copy');
    const { template } = granted(...arns(150).map(arn => new PolicyStatement({ actions: ['s3:GetObject'], resources: [arn], conditions: { StringLike: { 's3:prefix': arn } } })));
    expect(documents(template()).flatMap(d => d.Statement).length).toBe(150);
    expect(copy).toHaveBeenCalledTimes(150);
    copy.mockRestore();
  });

  test('may change after something has looked at it', () => {
    const statement = new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:a'] });
    const { role, stack, template } = granted(statement);
    stack.resolve((role.node.findChild('GrantedPolicy') as any).policyDocument);
    statement.addResources('arn:b');
    expect(documents(template())[0].Statement).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:a', 'arn:b'] }]);
  });

  test('keeps what a statement says beside actions and resources, references of other stacks too', () => {
    const other = new Stack(new App(), 'Other');
    const topic = new CfnResource(other, 'Topic', { type: 'X::Y::Z' });
    const stack = new Stack(other.node.root, 'Stack');
    const role = new MlRole(stack, 'Role', { service: 'sagemaker.amazonaws.com', description: 'Test' });
    role.addToPolicy(new PolicyStatement({ sid: 'One', effect: Effect.DENY, notActions: ['b:B', 'a:A'], notResources: [topic.ref], conditions: { Bool: { 'aws:SecureTransport': 'false' } } }));
    expect(documents(Template.fromStack(stack))[0].Statement).toEqual([{
      Sid: 'One',
      Effect: 'Deny',
      NotAction: ['b:B', 'a:A'],
      NotResource: { 'Fn::ImportValue': expect.stringContaining('Topic') },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }]);
  });
});

test('references count as long as they may become', () => {
  const { stack, template } = stackFixture();
  const policy = new RolePolicy(stack, 'Policy', 'role');
  const bucket = new Bucket(stack, 'Bucket');
  policy.allow(...Array.from({ length: 40 }, (_, i) => ({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(String(i))] })));
  expect(documents(template()).length).toBe(2);
});

test('partition, Region and account of an ARN count as long as they are', () => {
  const { stack, template } = stackFixture();
  const topic = (i: number) => stack.formatArn({ service: 'sns', resource: `topic-${i}` });
  new RolePolicy(stack, 'Policy', 'role').allow(...Array.from({ length: 45 }, (_, i) => ({ actions: ['sns:Publish'], resources: [topic(i)] })));
  expect(documents(template()).map(d => d.Statement.length)).toEqual([45]);
});

test('what is allowed after something has looked at the policy is not lost', () => {
  const { stack, template } = stackFixture();
  const policy = new RolePolicy(stack, 'Policy', 'role');
  policy.allow(...statements(1));
  stack.resolve((policy.node.findChild('Resource') as any).policyDocument);
  policy.allow({ actions: ['s3:PutObject'], resources: ['arn:aws:s3:::bucket/late'] });
  expect(documents(template())[0].Statement.map((s: any) => s.Action)).toEqual(['s3:GetObject', 's3:PutObject']);
});

describe('a role that is brought along', () => {
  const later = (permissions: Permission[]) => () => permissions;

  test.each<[string, (stack: Stack) => Role]>([
    ['made in the same stack', stack => new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') })],
    ['made in another stack', stack => new Role(new Stack(stack.node.root, 'Platform'), 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') })],
    ['imported in another stack', stack => Role.fromRoleArn(new Stack(stack.node.root, 'Platform'), 'Own', 'arn:aws:iam::111122223333:role/own') as Role],
  ])('%s gets a policy below the construct, asked late', (_, make) => {
    const stack = new Stack(new App(), 'Stack');
    const permissions: Permission[] = [];
    permitRole(stack, make(stack), later(permissions));
    permissions.push(...statements(1));
    expect(documents(Template.fromStack(stack)).map(d => d.Statement.length)).toEqual([1]);
  });

  test.each<[string, (stack: Stack) => Role]>([
    ['that CDK may not change', stack => Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own', { mutable: false }) as Role],
    ['of another account', stack => Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::999999999999:role/own') as Role],
  ])('%s is left as it is, with a warning', (_, make) => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const role = make(stack);
    const permissions: Permission[] = [];
    permitRole(stack, role, later(permissions));
    permitRole(stack, role, { actions: ['s3:ListBucket'], resources: [new Bucket(stack, 'Bucket').bucketArn] });
    permissions.push({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'], reason: 'Not for IAM.' });
    expect(documents(Template.fromStack(stack))).toEqual([]);
    const [warned, ...others] = warningsOf(stack);
    expect(others).toEqual([]);
    expect(warned).toContain('cdk-ml-patterns:roleNotChanged');
    expect(warned).toContain('{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}\n');
    expect(warned).toMatch(/\{"Effect":"Allow","Action":"s3:ListBucket","Resource":\{"Fn::GetAtt":\["Bucket\w+","Arn"\]\}\}/);
  });

  test.each<[string, (scope: IConstruct) => IConstruct]>([['the construct', scope => scope], ['the app', scope => scope.node.root]])('the warning may be accepted on %s', (_, at) => {
    const stack = new Stack(new App(), 'Stack');
    const scope = new Construct(stack, 'Scope');
    permitRole(scope, Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own', { mutable: false }), ...statements(1));
    Validations.of(at(scope)).acknowledge({ id: 'cdk-ml-patterns:roleNotChanged', reason: 'The platform allows it.' });
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('policies that are made at synth are judged, with their reasons', () => {
  const { stack } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
  const inputs = Array.from({ length: 10 }, (_, i) => ProcessingInput.dataset(`in${i}`, artifacts.dataset(`${'x'.repeat(200)}${i}`)));
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [new ProcessingStep('Process', { image, inputs })] });
  expectCompliant(stack);
  const policies = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).filter(id => id.startsWith('PipelineJobRolePolicy'));
  expect(policies.length).toBeGreaterThan(1);
  const record = stack.node.findChild('Pipeline').node.metadata.find(m => m.type === 'cdk-ml-patterns:compliance')!.data;
  const judged = record.packs.flatMap((p: any) => p.findings.map((f: any) => f.path));
  expect(judged).toContain('Stack/Pipeline/JobRole/Policy/Resource2');
});

test('what is granted too late to make another policy is an error, and nothing is lost', () => {
  const { stack } = stackFixture();
  const policy = new RolePolicy(stack, 'Policy', 'role');
  const later = new Stack(stack.node.root, 'Zzz');
  Aspects.of(later).add({ visit: node => { if (node === later) { policy.allow(...statements(30)); } } });
  expect(() => Template.fromStack(stack)).toThrow('So much was granted while aspects ran');
  expect(stack.resolve((policy.node.findChild('Resource') as any).policyDocument).Statement.length).toBe(30);
});

test('a role of the library that another stack holds gets a policy below the construct', () => {
  const { stack } = stackFixture();
  const other = new Stack(stack.node.root, 'Training');
  const role = new MlRole(other, 'Role', { service: 'sagemaker.amazonaws.com', description: 'd' });
  role.allow(...statements(1));
  permitRole(stack, role, ...statements(2));
  expect(documents(Template.fromStack(stack)).map(d => d.Statement.length)).toEqual([2]);
  expect(documents(Template.fromStack(other)).map(d => d.Statement.length)).toEqual([1]);
});
