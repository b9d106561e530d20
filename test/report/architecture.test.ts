import { handwritten, visibleText } from './helper';
import { Report } from '../../src/report/report';

const ref = (id: string) => ({ Ref: id });

function edges({ architecture: { nodes, edges: all } }: Report): string[] {
  const title = (id: string) => nodes.find(n => n.id === id)?.title;
  return all.map(e => `${title(e.from)} ${e.relation} ${title(e.to)}`);
}

const TRAINING = {
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref('Bucket'), PolicyDocument: {} } },
    Key: { Type: 'AWS::KMS::Key' },
    Role: { Type: 'AWS::IAM::Role' },
    Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [ref('Role')], PolicyDocument: { Statement: [{ Resource: { 'Fn::Sub': '${Bucket.Arn}/*' } }] } } },
    Models: { Type: 'AWS::SageMaker::ModelPackageGroup', Properties: { ModelPackageGroupName: 'the-models-of-abalone' } },
    Pipeline: { Type: 'AWS::SageMaker::Pipeline', Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }, DependsOn: ['Policy', 'Models'] },
  },
  Outputs: { Out: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Export: { Name: 'Training:Bucket' } } },
};

test('references, permissions, keys, order and names become arrows; parts belong to their whole', () => {
  const report = handwritten({ Training: TRAINING });
  expect(report.architecture.nodes.map(n => n.title)).toEqual(['Bucket', 'Key', 'Role', 'Models', 'Pipeline']);
  expect(edges(report)).toEqual([
    'Bucket encrypted by Key', 'Role may use Bucket', 'Pipeline uses Role', 'Pipeline deployed after Models',
  ]);
});

test('another stack: by import, and by a name in a longer text', () => {
  const model = { Url: { 'Fn::ImportValue': 'Training:Bucket' }, Package: { 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':model-package/the-models-of-abalone/1']] } };
  const serving = { Resources: { Model: { Type: 'AWS::SageMaker::Model', Properties: model } } };
  expect(edges(handwritten({ Training: TRAINING, Serving: serving }))).toEqual(expect.arrayContaining([
    'Model uses Bucket', 'Model refers by name to Models',
  ]));
});

test('many of a kind become one node, so that the drawing stays readable', async () => {
  const groups = Object.fromEntries([...Array(20).keys()].map(i => [`Group${i}`, { Type: 'AWS::EC2::SecurityGroup' }]));
  const report = handwritten({ Net: { Resources: groups } });
  expect(report.architecture.nodes.map(n => n.title)).toEqual(['20 × security group']);
  expect(report.inventory.map(r => [r.layer, r.name, r.count])).toEqual([['Network', 'security group', 20]]);
});

test('an unknown type keeps its name', async () => {
  const report = handwritten({ Stack: { Resources: { Thing: { Type: 'AWS::Brand::New' } } } });
  expect(report.inventory).toEqual([expect.objectContaining({ layer: 'Other', name: 'Brand::New', count: 1 })]);
  expect(await visibleText(report)).toContain('Brand::New');
});

test('a template that names itself in a circle ends', () => {
  const policy = (other: string) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref(other) } });
  expect(handwritten({ Stack: { Resources: { A: policy('B'), B: policy('A') } } }).inventory[0].count).toBe(2);
});
