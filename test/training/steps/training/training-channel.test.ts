import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { fixture, newStack, vpcOf } from './fixture';
import { JobDefaults, TrainingChannel, TrainingChannelOptions, TrainingInputMode } from '../../../../src';
import { errorOf } from '../../../helper';

const render = (channel: TrainingChannel) => fixture({ channels: [channel] }).argumentsOf().InputDataConfig[0];
const S3 = { S3DataType: 'S3Prefix', S3Uri: 's3://lake/a/', S3DataDistributionType: 'FullyReplicated' };

test.each<[string, TrainingChannelOptions, object]>([
  ['nothing', {}, {}],
  ['a type', { contentType: 'text/csv' }, { ContentType: 'text/csv' }],
  ['compression', { gzip: true }, { CompressionType: 'Gzip' }],
  ['no compression', { gzip: false }, { CompressionType: 'None' }],
  ['RecordIO', { recordIo: true }, { RecordWrapperType: 'RecordIO' }],
  ['no RecordIO', { recordIo: false }, { RecordWrapperType: 'None' }],
  ['a mode', { inputMode: TrainingInputMode.PIPE }, { InputMode: 'Pipe' }],
  ['another order', { shuffleSeed: 0 }, { ShuffleConfig: { Seed: 0 } }],
  ['parts', { sharded: true }, { DataSource: { S3DataSource: { ...S3, S3DataDistributionType: 'ShardedByS3Key' } } }],
])('a channel says %s', (_, options, expected) => {
  expect(render(TrainingChannel.s3('a', 's3://lake/a/', options))).toEqual({ ChannelName: 'a', DataSource: { S3DataSource: S3 }, ...expected });
});

test('manifests', () => {
  expect(render(TrainingChannel.manifest('a', 's3://lake/a.manifest')).DataSource.S3DataSource).toMatchObject({ S3DataType: 'ManifestFile', S3Uri: 's3://lake/a.manifest' });
  expect(render(TrainingChannel.augmentedManifest('a', 's3://lake/a.manifest', ['source-ref', 'class'], { recordIo: true }))).toMatchObject({
    DataSource: { S3DataSource: { S3DataType: 'AugmentedManifestFile', AttributeNames: ['source-ref', 'class'] } }, RecordWrapperType: 'RecordIO',
  });
});

test('directories of file systems in a VPC, which let the jobs in', () => {
  const stack = newStack();
  const group = (id: string) => new SecurityGroup(stack, id, { vpc: vpc });
  const vpc = vpcOf(stack);
  const lustre = LustreFileSystem.fromLustreFileSystemAttributes(stack, 'Lustre', { dnsName: 'x', fileSystemId: 'fs-0123456789abcdef0', securityGroup: group('LustreGroup') });
  const efs = FileSystem.fromFileSystemAttributes(stack, 'Efs', { fileSystemId: 'fs-abcdef0123456789a', securityGroup: group('EfsGroup') });
  const { argumentsOf } = fixture({
    channels: [TrainingChannel.fsxLustre('a', lustre, '/mount/a'), TrainingChannel.efs('b', efs, '/b', { writable: true, contentType: 'image/png' })],
  }, JobDefaults.secure({ vpc }), stack);
  expect(argumentsOf().InputDataConfig).toEqual([
    { ChannelName: 'a', DataSource: { FileSystemDataSource: { FileSystemId: 'fs-0123456789abcdef0', FileSystemType: 'FSxLustre', DirectoryPath: '/mount/a', FileSystemAccessMode: 'ro' } } },
    {
      ChannelName: 'b',
      ContentType: 'image/png',
      DataSource: { FileSystemDataSource: { FileSystemId: 'fs-abcdef0123456789a', FileSystemType: 'EFS', DirectoryPath: '/b', FileSystemAccessMode: 'rw' } },
    },
  ]);
  const ports = Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress')).map(r => r.Properties);
  expect(ports.map(p => [p.FromPort, JSON.stringify(p.SourceSecurityGroupId)])).toEqual(
    expect.arrayContaining([[988, expect.stringContaining('Pipeline')], [2049, expect.stringContaining('Pipeline')]]),
  );
});

test('a file system is out of reach without a VPC', () => {
  const stack = newStack();
  const efs = FileSystem.fromFileSystemAttributes(stack, 'Efs', {
    fileSystemId: 'fs-abcdef0123456789a', securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
  });
  expect(errorOf(() => fixture({ channels: [TrainingChannel.efs('b', efs, 'b')] }, JobDefaults.none(), stack))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 2 problems:",
    "  - step 'Train'.channels[0].directory must begin with '/', got 'b'",
    "  - step 'Train'.channels[0] is in a file system, which jobs reach through a VPC only: give jobDefaults a vpc",
  ].join('\n'));
});

test.each<[TrainingChannel, string]>([
  [TrainingChannel.s3('a b', 's3://lake/a/'), "channels[0] name must be 1 to 64 letters, digits, -, _ and ., got 'a b'"],
  [TrainingChannel.s3('a', 'lake/a/'), "channels[0].uri must begin with 's3://' and a bucket, or be a variable, got 'lake/a/'"],
  [TrainingChannel.s3('a', 's3://lake/a/', { shuffleSeed: 0.5 }), 'channels[0].shuffleSeed must be a whole number between'],
  [TrainingChannel.s3('a', 's3://lake/a/', { contentType: 'x'.repeat(257) }), 'channels[0].contentType must be at most 256 characters'],
  [TrainingChannel.s3('a', 's3://lake/a/', { instanceGroups: [] }), 'channels[0].instanceGroups must hold 1 to 5 entries, got 0'],
  [TrainingChannel.augmentedManifest('a', 's3://lake/a', []), 'channels[0].attributeNames must hold 1 to 16 entries, got 0'],
  [TrainingChannel.augmentedManifest('a', 's3://lake/a', ['']), "channels[0].attributeNames must be 1 to 256 characters, got ''"],
])('limits: %#', (channel, message) => {
  expect(errorOf(() => fixture({ channels: [channel] }))).toContain(message);
});
