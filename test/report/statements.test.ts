import { handwritten } from './helper';
import { sentenceText } from '../../src/report/iam/statement';

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }] } },
};

/** The words for one statement of a role. */
function words(statement: object): string {
  const report = handwritten({
    Stack: {
      Resources: {
        Role: ROLE,
        Bucket: { Type: 'AWS::S3::Bucket' },
        Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: statement } } },
      },
    },
  });
  return report.permissions.holders[0].statements.map(sentenceText).join('\n');
}

const account = { Ref: 'AWS::AccountId' };
const arn = (service: string, rest: string) => (
  { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, service, { Ref: 'AWS::Region' }, account, rest]] });
const bucketArn = { 'Fn::GetAtt': ['Bucket', 'Arn'] };

test.each<[string, object, string]>([
  ['a resource of the stack', { Action: 's3:GetObject', Resource: bucketArn }, 'may call s3:GetObject on ‹Stack/Bucket›'],
  ['a part of it', { Action: ['s3:GetObject', 's3:PutObject'], Resource: { 'Fn::Join': ['', [bucketArn, '/models/*']] } },
    'may call s3:GetObject and s3:PutObject on ‹Stack/Bucket›/models/*'],
  ['Fn::Sub', { Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Bucket.Arn}/a/${!b}' } }, 'may call s3:GetObject on ‹Stack/Bucket›/a/${b}'],
  ['an ARN of this account', { Action: 'sagemaker:CreateTrainingJob', Resource: arn('sagemaker', 'training-job/pipelines-*') },
    'may call sagemaker:CreateTrainingJob on training-job/pipelines-* of sagemaker in this account and region'],
  ['an ARN of another account', { Action: 'ecr:BatchGetImage', Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/a' },
    'may call ecr:BatchGetImage on repository/a of ecr in account 111122223333 and region eu-west-1'],
  ['everything', { Action: '*', Resource: '*' }, 'may call every action of every service (*) on every resource (*)'],
  ['all of a service', { Action: 'kms:*', Resource: '*' }, 'may call every action of kms (kms:*) on every resource (*)'],
  ['a denial', { Effect: 'Deny', Action: 's3:DeleteObject', Resource: bucketArn }, 'is denied s3:DeleteObject on ‹Stack/Bucket›'],
  ['exceptions', { Effect: 'Deny', NotAction: 'iam:*', NotResource: bucketArn },
    'is denied every action except every action of iam (iam:*) on every resource except ‹Stack/Bucket›'],
  ['an import from elsewhere', { Action: 's3:GetObject', Resource: { 'Fn::ImportValue': 'Other:Bucket' } }, 'may call s3:GetObject on ‹import Other:Bucket›'],
])('%s', (_, statement, expected) => {
  expect(words({ Effect: 'Allow', ...statement })).toBe(expected);
});

test.each<[object, string]>([
  [{ StringEquals: { 'aws:SourceAccount': account } }, 'only if the account it acts for (aws:SourceAccount) is this account'],
  [{ ArnLike: { 'aws:SourceArn': arn('sagemaker', '*') } },
    'only if the resource it acts for (aws:SourceArn) is like any resource (*) of sagemaker in this account and region'],
  [{ StringEquals: { 'iam:PassedToService': ['a.amazonaws.com', 'b.amazonaws.com'] } },
    'only if the service that gets the role (iam:PassedToService) is a.amazonaws.com or b.amazonaws.com'],
  [{ StringNotEquals: { 'aws:RequestTag/team': ['a', 'b'] } }, 'only if aws:RequestTag/team is not a nor b'],
  [{ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['.', ['s3', { Ref: 'AWS::Region' }, { Ref: 'AWS::URLSuffix' }]] } } },
    'only if the service that uses the key (kms:ViaService) is s3 in this region'],
  [{ Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'only if the grant is for an AWS service (kms:GrantIsForAWSResource is true)'],
  [{ BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } }, 'only if the grant is not for an AWS service (kms:GrantIsForAWSResource is false, or is absent)'],
  [{ NumericLessThan: { 's3:TlsVersion': 1.2 } }, 'only if the version of TLS (s3:TlsVersion) is below 1.2'],
  [{ Null: { 'sagemaker:VpcSubnets': 'false' } }, 'only if sagemaker:VpcSubnets is present'],
  [{ 'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': 'ml-*' } }, 'only if every value of aws:TagKeys is like ml-*, or is absent'],
  [{ SomethingNew: { key: 'value' } }, 'only if key SomethingNew value'],
  [{ StringEquals: { a: '1' }, StringLike: { b: '2' } }, 'only if a is 1 and b is like 2'],
])('condition %j', (Condition, expected) => {
  expect(words({ Effect: 'Allow', Action: 'a:B', Resource: '*', Condition })).toBe(`may call a:B on every resource (*), ${expected}`);
});

test('a denial says "if", not "only if"', () => {
  expect(words({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))
    .toBe('is denied every action of s3 (s3:*) on every resource (*), if the request does not come over TLS (aws:SecureTransport is false)');
});

test('both sides of a condition of the template are told', () => {
  const side = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
  expect(words({ 'Fn::If': ['IsProd', side('a:B'), { Ref: 'AWS::NoValue' }] }))
    .toBe('may call a:B on every resource (*), only if condition IsProd of the template holds');
});
