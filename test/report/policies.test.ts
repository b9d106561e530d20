import { handwritten } from './helper';
import { sentenceText } from '../../src/report/iam/statement';
import { Report } from '../../src/report/report';

const allow = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const report = (Resources: object) => handwritten({ Stack: { Resources } });
const holders = (r: Report) => r.permissions.holders.map(h => [h.resource.logicalId, h.statements.map(sentenceText), h.managed]);
const atResources = (r: Report) => r.permissions.resourcePolicies.map(p => [p.of, p.statements.map(sentenceText)]);

test('the policies of a role are found wherever they stand', () => {
  expect(holders(report({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [{ PolicyDocument: allow('inline:A') }],
        ManagedPolicyArns: [{ Ref: 'Named' }, { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/ReadOnlyAccess']] }],
      },
    },
    Attached: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: allow('attached:B') } },
    Named: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: allow('named:C') } },
  }))).toEqual([['Role', ['may call inline:A on every resource (*)', 'may call attached:B on every resource (*)', 'may call named:C on every resource (*)'],
    ['arn:‹partition›:iam::aws:policy/ReadOnlyAccess']]]);
});

test('no statement is lost when its role is not in the assembly', () => {
  expect(atResources(report({
    Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['imported-role'], PolicyDocument: allow('a:B') } },
  }))).toEqual([['Stack/Policy, attached to imported-role', ['may call a:B on every resource (*)']]]);
});

test('policies of buckets, queues, keys and of types that nobody thought of', () => {
  const deny = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] };
  expect(atResources(report({
    Bucket: { Type: 'AWS::S3::Bucket' },
    BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: deny } },
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: {
          Statement: [{
            Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
          }],
        },
      },
    },
    New: { Type: 'AWS::New::Thing', Properties: { AccessPolicy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'new:Do' }] }) } },
  }))).toEqual([
    ['Stack/Bucket', ['anyone is denied every action of s3 (s3:*) on ‹Stack/Bucket›, if the request does not come over TLS (aws:SecureTransport is false)']],
    ['Stack/Key', ['this account may call every action of kms (kms:*) on this key (*)']],
    ['Stack/New', ['anyone may call new:Do']],
  ]);
});

test('a permission of Lambda is a statement too', () => {
  expect(atResources(report({
    Handler: { Type: 'AWS::Lambda::Function' },
    Rule: { Type: 'AWS::Events::Rule' },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction', FunctionName: { 'Fn::GetAtt': ['Handler', 'Arn'] }, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] },
      },
    },
  }))).toEqual([['Stack/Handler', [
    'the service events.amazonaws.com may call lambda:InvokeFunction on ‹Stack/Handler›, only if the resource it acts for (aws:SourceArn) is like ‹Stack/Rule›',
  ]]]);
});
