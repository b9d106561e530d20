import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { ProcessingInput, ProcessingOutput } from '../../../src';

const scope = new Stack(new App(), 'Defaults');
const around = { scope, defaultUri: () => 's3://bucket/here' };
const query = { database: 'd', query: 'select 1' };
const s3: any = ProcessingInput.s3('i', 's3://bucket/in')._render(around);
const athena: any = ProcessingInput.athena('i', query)._render(around);
const redshift: any = ProcessingInput.redshift('i', {
  ...query, clusterId: 'c', databaseUser: 'u', clusterRole: Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/unload'),
})._render(around);
const output: any = ProcessingOutput.of('o')._render(() => 's3://bucket/out');

export const ROWS = [
  ['ProcessingInputOptions.sharded', 'false', s3.S3Input.S3DataDistributionType, 'FullyReplicated'],
  ['ProcessingInputOptions.pipe', 'false', s3.S3Input.S3InputMode, 'File'],
  ['ProcessingInputOptions.gzipped', 'false', s3.S3Input.S3CompressionType, 'None'],
  ['ProcessingInputOptions.manifest', 'false', s3.S3Input.S3DataType, 'S3Prefix'],
  ['QueryOptions.sharded', 'false', athena.DatasetDefinition.DataDistributionType, 'FullyReplicated'],
  ['QueryOptions.pipe', 'false', athena.DatasetDefinition.InputMode, 'File'],
  ['AthenaQuery.catalog', "'AwsDataCatalog'", athena.DatasetDefinition.AthenaDatasetDefinition.Catalog, 'AwsDataCatalog'],
  ['AthenaQuery.format', 'AthenaFormat.PARQUET', athena.DatasetDefinition.AthenaDatasetDefinition.OutputFormat, 'PARQUET'],
  ['RedshiftQuery.format', 'RedshiftFormat.PARQUET', redshift.DatasetDefinition.RedshiftDatasetDefinition.OutputFormat, 'PARQUET'],
  ['ProcessingOutputOptions.continuous', 'false', output.S3Output.S3UploadMode, 'EndOfJob'],
];
