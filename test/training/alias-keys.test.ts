import { Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { definitionOf } from './definition-of';
import { ModelArtifactBucket, ModelRegistry, ProcessingInput, ProcessingOutput, ProcessingStep, RegisterModelStep, SageMakerImage, SageMakerPipeline } from '../../src';
import { railsOf } from '../../src/training/guard-rails/rails';
import { stackFixture, statementsOf } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const ALIAS = 'arn:aws:kms:eu-west-1:111122223333:alias/ml';
const made = (stack: Stack) => new Alias(stack, 'Alias', { aliasName: 'ml', targetKey: Key.fromKeyArn(stack, 'Key', KEY) });
const byName = (stack: Stack) => Key.fromKeyArn(stack, 'Alias', ALIAS);

const CASES: [string, (stack: Stack) => Key | Alias, string, { Resource: string; Condition?: object }][] = [
  ['an alias whose key is known', s => made(s), KEY, { Resource: KEY }],
  ['an alias', s => byName(s) as Key, ALIAS, {
    Resource: KEY.replace('/1', '/*'), Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/ml' } },
  }],
];

test.each(CASES)('the key of a registry that is given by %s may be used', (_, key, named, use) => {
  const { stack, template } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'churn');
  const step = new RegisterModelStep('Register', {
    registry, image, modelArtifact: 's3://b/m.tar.gz', contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'], registryKey: key(stack),
  });
  new SageMakerPipeline(stack, 'Pipeline', { steps: [step] });
  expect(definitionOf(stack).Steps[0].Arguments.SecurityConfig).toEqual({ KmsKeyId: named });
  expect(statementsOf(template(), 'PipelineRole').filter(s => [s.Action].flat().includes('kms:CreateGrant'))).toEqual([expect.objectContaining(use)]);
});

describe.each<[string, string, (stack: Stack, key: Key | Alias) => ProcessingInput]>([
  ['Athena', 'AthenaDatasetDefinition', (_, encryptionKey) => ProcessingInput.athena('rows', { database: 'sales', query: 'select 1', encryptionKey })],
  ['Redshift', 'RedshiftDatasetDefinition', (stack, encryptionKey) => ProcessingInput.redshift('rows', {
    clusterId: 'c1', database: 'dev', databaseUser: 'reader', clusterRole: Role.fromRoleArn(stack, 'Unload', 'arn:aws:iam::111122223333:role/unload'), query: 'select 1', encryptionKey,
  })],
])('the key of an answer of %s', (_, definition, input) => {
  test.each(CASES)('that is given by %s may be used through S3', (__, key, named, { Resource, Condition }) => {
    const { stack, template } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
    const step = new ProcessingStep('Process', { image, inputs: [input(stack, key(stack))], outputs: [ProcessingOutput.of('out')] });
    new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [step] });
    const { DatasetDefinition } = definitionOf(stack).Steps[0].Arguments.ProcessingInputs[0];
    expect(DatasetDefinition[definition].KmsKeyId).toBe(named);
    const via = { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } };
    expect(statementsOf(template(), 'PipelineJobRolePolicy').filter(s => Resource === s.Resource)).toEqual([
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource, Condition: { ...via, ...Condition } },
    ]);
  });
});

test('guard rails allow a key that is given by an alias by that and by itself', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const [rail] = railsOf({ volumeKeys: [made(stack)] });
  const { allowed } = rail as any;
  expect(stack.resolve(allowed.texts)).toEqual([expect.anything(), KEY]);
});
