import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ownResources } from '../../src/compliance/ours';
import { MlRole } from '../../src/identity/ml-role';
import { permit } from '../../src/identity/permission';
import { consumerRole, onlyResource, stackFixture, statementFor, statementsOf } from '../helper';

function roleFixture(sourceArn?: string) {
  const fixture = stackFixture();
  const role = new MlRole(fixture.stack, 'Role', { service: 'sagemaker.amazonaws.com', description: 'Runs it', sourceArn });
  return { ...fixture, role };
}

const READ = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/k'] };

test('only the service may assume the role, and only for resources of this account', () => {
  const { template } = roleFixture();
  expect(onlyResource(template(), 'AWS::IAM::Role').Properties).toEqual({
    Description: 'Runs it',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'sagemaker.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] } },
        },
      }],
    },
  });
});

test('one resource may be named that the role works for', () => {
  const { template } = roleFixture('arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn');
  const { Condition } = onlyResource(template(), 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument.Statement[0];
  expect(Condition.ArnLike).toEqual({ 'aws:SourceArn': 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn' });
});

test('what the library allows stands in one policy, each statement once', () => {
  const { role, template } = roleFixture();
  role.allow(READ, { ...READ }, () => [READ, { actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:a', 'arn:b'], conditions: { Bool: { 'aws:SecureTransport': 'true' } } }]);
  expect(onlyResource(template(), 'AWS::IAM::ManagedPolicy').Properties).toEqual({
    Roles: [{ Ref: expect.stringMatching(/^Role/) }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/k' },
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:a', 'arn:b'], Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      ],
    },
  });
});

test('what others grant stands in a policy of its own, which the library does not judge', () => {
  const { role, stack, template } = roleFixture();
  role.allow(READ);
  expect(role.addToPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }))).toBe(true);
  new Topic(stack, 'Topic').grantPublish(role);
  expect(statementsOf(template(), 'RolePolicy').map(s => s.Action)).toEqual(['s3:GetObject']);
  expect(statementsOf(template(), 'RoleGrantedPolicy').every(s => s.Action === 'sns:Publish')).toBe(true);
  expect(ownResources(role).map(r => r.node.path)).toEqual(['Stack/Role/Resource', 'Stack/Role/Policy/Resource']);
});

test('what others grant is there before what depends on the grant', () => {
  const { role, stack, template } = roleFixture();
  role.allow(READ);
  const dependent = () => new CfnModel(stack, 'Model', { executionRoleArn: role.roleArn });
  new Bucket(stack, 'Bucket').grantRead(role).applyBefore(dependent());
  expect(onlyResource(template(), 'AWS::SageMaker::Model').DependsOn).toEqual([expect.stringMatching(/^RoleGrantedPolicy/)]);
});

test('who waits for the role waits for all of its policies', () => {
  const { role, stack, template } = roleFixture();
  role.allow(READ);
  const model = new CfnModel(stack, 'Model', { executionRoleArn: role.roleArn });
  model.node.addDependency(role);
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
  expect(onlyResource(template(), 'AWS::SageMaker::Model').DependsOn.map((d: string) => d.replace(/[0-9A-F]{8}$/, ''))).toEqual(['RoleGrantedPolicy', 'RolePolicy', 'Role']);
});

test('a grant of the library waits for the policy of the library', () => {
  const { role, stack, template } = roleFixture();
  const grant = permit(role, [READ]);
  expect(grant.success).toBe(true);
  grant.applyBefore(new CfnModel(stack, 'Model', { executionRoleArn: role.roleArn }));
  expect(onlyResource(template(), 'AWS::SageMaker::Model').DependsOn).toEqual([expect.stringMatching(/^RolePolicy/)]);
  expect(statementFor(statementsOf(template(), 'RolePolicy'), 's3:GetObject').Resource).toBe('arn:aws:s3:::b/k');
});

test('managed and inline policies of the consumer are attached', () => {
  const { role, stack, template } = roleFixture();
  role.allow(READ);
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
  role.attachInlinePolicy(new Policy(stack, 'Inline', { statements: [new PolicyStatement({ actions: ['sns:Publish'], resources: ['arn:t'] })] }));
  expect(onlyResource(template(), 'AWS::IAM::Role').Properties.ManagedPolicyArns).toEqual([{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/ReadOnlyAccess']] }]);
  expect(onlyResource(template(), 'AWS::IAM::Policy').Properties.Roles).toEqual([{ Ref: expect.stringMatching(/^Role/) }]);
});

test('a permissions boundary of the stack reaches the role', () => {
  const { role, stack, template } = roleFixture();
  role.allow(READ);
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/Boundary'));
  expect(onlyResource(template(), 'AWS::IAM::Role').Properties.PermissionsBoundary).toBe('arn:aws:iam::111122223333:policy/Boundary');
});

test('the role can be granted to others like any role of CDK, without a word of deprecation', () => {
  const warn = jest.spyOn(console, 'warn').mockReturnValue();
  const { role, stack, template } = roleFixture();
  role.allow(READ);
  role.grantPassRole(consumerRole(stack));
  role.grantAssumeRole(consumerRole(stack, 'Other'));
  const arn = { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] };
  expect(statementFor(statementsOf(template(), 'Consumer'), 'iam:PassRole').Resource).toEqual(arn);
  expect(statementFor(statementsOf(template(), 'Other'), 'sts:AssumeRole').Resource).toEqual(arn);
  expect(warn).not.toHaveBeenCalled();
});

test('a role works from another stack of the app', () => {
  const { app, role, stack } = roleFixture();
  role.allow(READ);
  const other = new Stack(app, 'Other');
  new CfnModel(other, 'Model', { executionRoleArn: role.roleArn });
  app.synth();
  expect(other.dependencies).toEqual([stack]);
});
