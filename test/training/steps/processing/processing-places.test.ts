import { Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnFeatureGroup } from 'aws-cdk-lib/aws-sagemaker';
import {
  AthenaQuery, PipelineParameter, ProcessingInput, ProcessingOutput, ProcessingStep, RedshiftCompression, RedshiftFormat, RedshiftQuery,
  SageMakerImage,
} from '../../../../src';
import { errorOf, expectCompliant, statementFor, statementsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';
import { checking } from '../checks/fixture';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/p:1');
const POLICY = 'PipelineJobRolePolicy';

function fixture(make: (stack: Stack) => { inputs?: ProcessingInput[]; outputs?: ProcessingOutput[] }) {
  const fixed = checking(stack => [new ProcessingStep('Prep', { image, ...make(stack) })]);
  const job = () => definitionOf(fixed.stack).Steps[0].Arguments;
  const allowing = (action: string) => statementsOf(fixed.template(), POLICY).filter(s => [s.Action].flat().includes(action));
  const resources = (action: string) => JSON.stringify(allowing(action).map(s => s.Resource));
  return { ...fixed, job, resources };
}

const athena = (query: Partial<AthenaQuery> = {}) => fixture(() => ({ inputs: [ProcessingInput.athena('rows', { database: 'sales', query: 'select 1', ...query })] }));

const redshift = (query: Partial<RedshiftQuery> = {}) => fixture(stack => ({
  inputs: [ProcessingInput.redshift('rows', {
    clusterId: 'c1', database: 'dev', databaseUser: 'reader', query: 'select 1', clusterRole: Role.fromRoleArn(stack, 'Unload', 'arn:aws:iam::111122223333:role/unload'), ...query,
  })],
}));

test('an input as SageMaker brings it in by itself', () => {
  expect(fixture(() => ({ inputs: [ProcessingInput.s3('raw', 's3://lake/raw')] })).job().ProcessingInputs).toEqual([{
    InputName: 'raw',
    AppManaged: false,
    S3Input: {
      S3Uri: 's3://lake/raw',
      LocalPath: '/opt/ml/processing/raw',
      S3DataType: 'S3Prefix',
      S3InputMode: 'File',
      S3DataDistributionType: 'FullyReplicated',
      S3CompressionType: 'None',
    },
  }]);
});

test('a query of Athena with little said writes below the prefix of the pipeline, with the key of the jobs', () => {
  const { stack, job, resources } = athena();
  expectCompliant(stack);
  expect(resources('s3:GetBucketLocation')).toMatch(/"Fn::GetAtt":\["Artifacts\w+","Arn"\]|:s3:::",\{"Ref":"Artifacts\w+"\}\]/);
  expect(job().ProcessingInputs[0].DatasetDefinition).toEqual({
    DataDistributionType: 'FullyReplicated',
    InputMode: 'File',
    LocalPath: '/opt/ml/processing/rows',
    AthenaDatasetDefinition: {
      Catalog: 'AwsDataCatalog',
      Database: 'sales',
      QueryString: 'select 1',
      OutputFormat: 'PARQUET',
      KmsKeyId: expect.stringMatching(/^\$\{MlEncryptionKey/),
      OutputS3Uri: { 'Std:Join': { On: '', Values: [expect.any(String), { Get: 'Execution.PipelineExecutionId' }, '/Prep/queries/rows'] } },
    },
  });
});

test('it may run in its workgroup, look at its database, and read and write its answer', () => {
  const { stack, template, resources } = athena({ workGroup: 'ml', destination: 's3://answers/here/', encryptionKey: Key.fromKeyArn(new Stack(), 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k') });
  expectCompliant(stack);
  expect(resources('athena:StartQueryExecution')).toMatch(/:athena:eu-west-1:111122223333:workgroup\/ml"/);
  expect(resources('glue:GetTable')).toMatch(/:catalog".*:database\/sales".*:table\/sales\/\*"/);
  expect(resources('glue:CreateTable')).toContain(':table/sales/sagemaker_tmp_*"');
  expect(resources('s3:PutObject')).toContain(':s3:::answers/here/*');
  expect(resources('s3:GetObject')).toContain(':s3:::answers/here/*');
  expect(resources('s3:GetBucketLocation')).toMatch(/:s3:::answers"/);
  const uses = statementsOf(template(), POLICY).filter(s => s.Resource === 'arn:aws:kms:eu-west-1:111122223333:key/k');
  expect(uses.map(s => s.Action)).toEqual([['kms:Decrypt', 'kms:GenerateDataKey']]);
});

test('another catalog is none of Glue', () => {
  const { resources } = athena({ catalog: 'hive' });
  expect(resources('athena:GetDataCatalog')).toContain(':datacatalog/hive"');
  expect(resources('glue:GetTable')).toBe('[]');
});

test('a query of Redshift', () => {
  const { stack, job, resources, template } = redshift({
    destination: 's3://answers/',
    sharded: true,
    pipe: true,
    localPath: '/opt/ml/processing/r',
    format: RedshiftFormat.CSV,
    compression: RedshiftCompression.GZIP,
    query: `select * from t where d = '${PipelineParameter.text('Day').asString()}'`,
  });
  expectCompliant(stack);
  expect(job().ProcessingInputs[0]).toEqual({
    InputName: 'rows',
    AppManaged: false,
    DatasetDefinition: {
      DataDistributionType: 'ShardedByS3Key',
      InputMode: 'Pipe',
      LocalPath: '/opt/ml/processing/r',
      RedshiftDatasetDefinition: {
        ClusterId: 'c1',
        Database: 'dev',
        DbUser: 'reader',
        ClusterRoleArn: 'arn:aws:iam::111122223333:role/unload',
        OutputS3Uri: 's3://answers/',
        OutputFormat: 'CSV',
        OutputCompression: 'GZIP',
        KmsKeyId: expect.any(String),
        QueryString: { 'Std:Join': { On: '', Values: ["select * from t where d = '", { Get: 'Parameters.Day' }, "'"] } },
      },
    },
  });
  expect(resources('redshift:GetClusterCredentials')).toMatch(/:dbuser:c1\/reader".*:dbname:c1\/dev"/);
  expect(resources('redshift-data:ExecuteStatement')).toMatch(/:redshift:eu-west-1:111122223333:cluster:c1"/);
  expect(statementFor(statementsOf(template(), POLICY), 'redshift-data:DescribeStatement').Condition).toEqual({
    StringEquals: { 'redshift-data:statement-owner-iam-userid': '${aws:userid}' },
  });
});

test('records may go into a feature group, which the job may write to', () => {
  const { stack, job, resources } = fixture(s => ({ outputs: [ProcessingOutput.of('fg', { featureGroup: CfnFeatureGroup.fromFeatureGroupName(s, 'Group', 'Sales') })] }));
  expectCompliant(stack);
  expect(job().ProcessingOutputConfig.Outputs[0]).toMatchObject({ AppManaged: true, FeatureStoreOutput: { FeatureGroupName: 'Sales' }, S3Output: { S3UploadMode: 'EndOfJob' } });
  expect(resources('sagemaker:PutRecord')).toMatch(/:feature-group\/Sales".*:feature-group\/sales"/);
});

test.each<[string, () => void, string[]]>([
  ['Athena', () => athena({ database: '', query: '', catalog: '', workGroup: 'has space', destination: 'here' }), [
    "query must be 1 to 4096 characters, got ''", "destination must begin with 's3://' and a bucket, or be a variable, got 'here'",
    "catalog must be 1 to 256 characters, got ''", "database must be 1 to 255 characters, got ''", "workGroup must be 1 to 128 letters, digits, ., _ and -, got 'has space'",
  ]],
  ['Redshift', () => redshift({ clusterId: '', database: 'x'.repeat(65), databaseUser: '', localPath: 'relative' }), [
    "localPath must begin with '/', got 'relative'", "clusterId must be 1 to 63 characters, got ''", `database must be 1 to 64 characters, got '${'x'.repeat(65)}'`,
    "databaseUser must be 1 to 128 characters, got ''",
  ]],
])('what is wrong with a query of %s is said', (_, run, messages) => {
  expect(errorOf(run)).toBe([`SageMakerPipeline at 'Stack/Pipeline' has ${messages.length} problems:`, ...messages.map(m => `  - step 'Prep'.inputs[0].${m}`)].join('\n'));
});
