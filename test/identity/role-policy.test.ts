import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ModelArtifactBucket, ProcessingInput, ProcessingStep, SageMakerImage, SageMakerPipeline } from '../../src';
import { MlRole } from '../../src/identity/ml-role';
import { permitRole } from '../../src/identity/permission';
import { Permission } from '../../src/identity/permission-statement';
import { RolePolicy } from '../../src/identity/role-policy';
import { expectCompliant, onlyResource, stackFixture, warningsOf } from '../helper';

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

test('a statement that no policy holds is an error', () => {
  const { stack, template } = stackFixture();
  new RolePolicy(stack, 'Policy', 'role').allow({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'x'.repeat(7000)}`] });
  expect(() => template()).toThrow(/A statement with s3:GetObject takes about 70\d\d characters, and IAM takes 6084 in a policy/);
});

test('more policies than IAM attaches to a role are warned of', () => {
  const { stack, template } = stackFixture();
  new RolePolicy(stack, 'Policy', 'role').allow(...statements(160));
  expect(documents(template()).length).toBeGreaterThan(10);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:manyRolePolicies')]);
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

test('references count as long as they may become', () => {
  const { stack, template } = stackFixture();
  const policy = new RolePolicy(stack, 'Policy', 'role');
  const bucket = new Bucket(stack, 'Bucket');
  policy.allow(...Array.from({ length: 40 }, (_, i) => ({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(String(i))] })));
  expect(documents(template()).length).toBe(2);
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
