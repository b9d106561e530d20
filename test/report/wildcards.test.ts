import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { handwritten, scratch, synthesised, visibleText } from './helper';
import { reportOf } from '../../src/report';
import { plain } from '../../src/report/phrase';
import { Report } from '../../src/report/report';
import { sample } from '../sample';

const wildcards = (report: Report) => report.permissions.holders.flatMap(h => h.statements.flatMap(s => s.wildcards ?? []));

test('every wildcard of every role that the library makes is explained, one by one', async () => {
  const { app } = sample({ outdir: scratch(), context: { 'cdk-ml-patterns:compliance': 'off' } });
  const report = reportOf(app.synth().directory);
  const found = wildcards(report);
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(w => w.reason === undefined).map(w => plain(w.words))).toEqual([]);
  const text = await visibleText(report);
  expect(text).toContain('every resource ( * ): cloudwatch:PutMetricData knows no resources; the condition names the namespaces.');
  expect(text).toContain('every resource ( * ): ecr:GetAuthorizationToken knows no resources; what may be pulled is decided by the statement on the repository.');
});

test('the key of volumes is explained, where nothing limits by way of which service it is used', async () => {
  const { app } = sample({ outdir: scratch(), context: { 'cdk-ml-patterns:compliance': 'off' } });
  const report = reportOf(app.synth().directory);
  const sentences = report.permissions.holders.flatMap(h => h.statements).filter(s => s.allow && plain(s.what).includes('kms:Decrypt'));
  const wide = sentences.filter(s => !s.conditions.some(c => plain(c).includes('uses the key')));
  expect(sentences.length).toBeGreaterThan(wide.length);
  expect(wide.length).toBeGreaterThan(0);
  expect(wide.map(s => [plain(s.what), s.note])).toEqual(wide.map(() => [
    'kms:Decrypt, kms:DescribeKey and kms:GenerateDataKeyWithoutPlaintext', expect.stringContaining('no kms:ViaService limits it'),
  ]));
  expect(await visibleText(report)).toContain('For the volumes of instances.');
});

test('of the reasons that statements share, each shows its own', () => {
  const { app } = sample({ outdir: scratch(), context: { 'cdk-ml-patterns:compliance': 'off' } });
  const statements = reportOf(app.synth().directory).permissions.holders.flatMap(h => h.statements);
  const reasons = (action: string) => new Set(statements.filter(s => plain(s.what) === action).flatMap(s => s.wildcards ?? []).map(w => w.reason));
  expect([...reasons('ecr:GetAuthorizationToken')]).toEqual(['ecr:GetAuthorizationToken knows no resources; what may be pulled is decided by the statement on the repository.']);
  expect([...reasons('cloudwatch:PutMetricData')]).toEqual(['cloudwatch:PutMetricData knows no resources; the condition names the namespaces.']);
});

test('that the account may do everything with a key is explained, and nobody else', async () => {
  const { app } = sample({ outdir: scratch(), context: { 'cdk-ml-patterns:compliance': 'off' } });
  const report = reportOf(app.synth().directory);
  const keys = report.permissions.resourcePolicies.filter(p => p.resource.type === 'AWS::KMS::Key').flatMap(p => p.statements);
  expect(keys.filter(s => s.note !== undefined).every(s => plain(s.who ?? []) === 'this account')).toBe(true);
  expect(await visibleText(report)).toContain('it lets the policies of IAM decide');
});

test('a wildcard that nobody explains is told as such; a denial and a resource by name are none', async () => {
  const report = synthesised(app => {
    const role = new Role(new Stack(app, 'Stack'), 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/k'] }));
    role.addToPolicy(PolicyStatement.fromJson({ Effect: 'Deny', Action: 's3:*', Resource: '*' }));
  });
  expect(wildcards(report).map(w => [plain(w.words), w.reason])).toEqual([['b/* of s3', undefined]]);
  expect(await visibleText(report)).toContain('b/* of s3: nobody has said why all of these');
});

test.each(['', 'Annotation::'])('reasons stand behind the word %j of aws-cdk-lib, on the policy or above it', prefix => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] }, '*'] };
  const report = handwritten({
    Stack: {
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: {} },
        Policy: { Type: 'AWS::IAM::Policy', Metadata: { 'aws:cdk:path': 'Stack/Deep/Policy/Resource' }, Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: statement } } },
      },
    },
  }, {
    metadata: {
      '/Stack/Deep/Policy/Resource': [{ type: 'aws:cdk:acknowledged-rules', data: { [`${prefix}AwsSolutions-IAM5[Resource::<Bucket.Arn>/*]`]: 'Keys are not known.' } }],
      '/Stack/Deep': [{ type: 'aws:cdk:acknowledged-rules', data: { [`${prefix}AwsSolutions-IAM5[Resource::*]`]: 'It knows no resources.' } }],
      '/Stack/Dee': [{ type: 'aws:cdk:acknowledged-rules', data: { [`${prefix}AwsSolutions-IAM5[Resource::*]`]: 'Something else.' } }],
    },
  });
  expect(wildcards(report).map(w => w.reason)).toEqual(['Keys are not known.', 'It knows no resources.']);
});
