import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  InferenceEndpoint, InferenceModel, ModelRegistry, PipelineParameter, RegisterModelStep, RegisterModelStepProps, SageMakerImage, SageMakerPipeline,
  TextParameterOptions,
} from '../../../../src';
import { errorOf, statementsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';
import { strictFaults } from '../../strict';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
const other = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/features:1');
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/registry';

function fixture(props: Partial<RegisterModelStepProps>, one = true) {
  const stack = new Stack(new App(), 'Stack');
  const registry = new ModelRegistry(stack, 'Models');
  const given = { registry, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'], ...one && { image, modelArtifact: 's3://models/m.tar.gz' }, ...props };
  new SageMakerPipeline(stack, 'Pipeline', { steps: [new RegisterModelStep('Register', given)] });
  return { stack, registry, argumentsOf: () => definitionOf(stack).Steps[0].Arguments };
}

test('what the registry keeps beside containers', () => {
  const run = PipelineParameter.text('Run', { defaultValue: '7' });
  const { stack, argumentsOf } = fixture({
    modelDescription: `run ${run.asString()}`,
    customerMetadata: { z: '1', a: run.asString() },
    metadataProperties: { commitId: 'abc', repository: 'r', generatedBy: 'g', projectId: 'p' },
    modelCard: { content: '{"model_overview":{}}' },
    lifeCycle: { stage: 'Development', stageStatus: 'Pending', stageDescription: 'new' },
    registryKey: Key.fromKeyArn(new Stack(), 'Key', KEY),
    dataInputConfig: '{}',
    containerHostname: 'churn',
    additionalInferenceSpecifications: [{
      specificationName: 'fast',
      description: 'compiled',
      containers: [{ image: other, modelArtifact: 's3://models/fast/', uncompressed: true }],
      contentTypes: ['text/csv'],
      responseTypes: ['text/csv'],
      instanceTypes: ['ml.inf2.xlarge'],
      transformInstanceTypes: ['ml.inf2.xlarge'],
    }],
  });
  expect(argumentsOf()).toMatchObject({
    ModelPackageDescription: { 'Std:Join': { On: '', Values: ['run ', { Get: 'Parameters.Run' }] } },
    CustomerMetadataProperties: { a: { Get: 'Parameters.Run' }, z: '1' },
    MetadataProperties: { CommitId: 'abc', Repository: 'r', GeneratedBy: 'g', ProjectId: 'p' },
    ModelCard: { ModelCardContent: '{"model_overview":{}}', ModelCardStatus: 'Draft' },
    ModelLifeCycle: { Stage: 'Development', StageStatus: 'Pending', StageDescription: 'new' },
    SecurityConfig: { KmsKeyId: KEY },
    InferenceSpecification: { Containers: [{ ContainerHostname: 'churn', ModelInput: { DataInputConfig: '{}' } }] },
    AdditionalInferenceSpecifications: [{
      Name: 'fast',
      Description: 'compiled',
      Containers: [{ Image: other.imageUri, ModelDataSource: { S3DataSource: { S3Uri: 's3://models/fast/', S3DataType: 'S3Prefix', CompressionType: 'None' } } }],
      SupportedContentTypes: ['text/csv'],
      SupportedResponseMIMETypes: ['text/csv'],
      SupportedRealtimeInferenceInstanceTypes: ['ml.inf2.xlarge'],
      SupportedTransformInstanceTypes: ['ml.inf2.xlarge'],
    }],
    SkipModelValidation: 'None',
  });
  expect(Object.keys(argumentsOf().CustomerMetadataProperties)).toEqual(['a', 'z']);
  expect(strictFaults(definitionOf(stack))).toEqual([]);
});

test('the pipeline reads every file, artifact and image, and may use the key', () => {
  const { stack } = fixture({
    qualityReport: 's3://reports/q.json',
    metrics: { biasReport: 's3://reports/bias.json' },
    driftCheckBaselines: { biasConfig: 's3://baselines/config.json' },
    samplePayload: 's3://payloads/p.tar.gz',
    registryKey: Key.fromKeyArn(new Stack(), 'Key', KEY),
    additionalInferenceSpecifications: [{ specificationName: 'fast', containers: [{ image: other, modelArtifact: 's3://fast/m.tar.gz' }] }],
  });
  const statements = statementsOf(Template.fromStack(stack), 'PipelineRolePolicy');
  const places = (action: string) => JSON.stringify(statements.filter(s => [s.Action].flat().includes(action)).map(s => s.Resource));
  for (const place of ['reports/q.json', 'reports/bias.json', 'baselines/config.json', 'payloads/p.tar.gz', 'models/m.tar.gz', 'fast/m.tar.gz']) {
    expect(places('s3:GetObject')).toContain(`:s3:::${place}"`);
  }
  expect(places('ecr:BatchGetImage')).toMatch(/repository\/churn.*repository\/features/);
  expect(places('kms:GenerateDataKey')).toBe(JSON.stringify([KEY]));
});

test('whoever serves the version may pull and read what each container needs', () => {
  const { stack, registry } = fixture({ containers: [{ image: other, modelArtifact: 's3://pre/p.tar.gz' }, { image, modelArtifact: 's3://models/m.tar.gz' }] }, false);
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromModelPackage(registry, { version: 1 }) });
  const statements = JSON.stringify(statementsOf(Template.fromStack(stack), 'EndpointRolePolicy'));
  for (const place of [':s3:::pre/p.tar.gz', ':s3:::models/m.tar.gz', 'repository/churn', 'repository/features']) { expect(statements).toContain(place); }
});

test('the report of quality is one of the metrics', () => {
  const json = (S3Uri: string) => ({ ContentType: 'application/json', S3Uri });
  expect(fixture({ qualityReport: 's3://r/q.json', metrics: { qualityConstraints: 's3://r/c.json' } }).argumentsOf().ModelMetrics).toEqual({
    ModelQuality: { Statistics: json('s3://r/q.json'), Constraints: json('s3://r/c.json') }, Bias: {}, Explainability: {},
  });
});

test('without more it says no more', () => {
  expect(Object.keys(fixture({}).argumentsOf())).toEqual(['ModelPackageGroupName', 'InferenceSpecification', 'ModelApprovalStatus', 'SkipModelValidation']);
});

test('all that is wrong comes at once', () => {
  const metadata = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, i === 0 ? '' : 'v']));
  expect(errorOf(() => fixture({
    frameworkVersion: '1',
    modelDescription: 'x'.repeat(1025),
    samplePayload: 'payload',
    customerMetadata: metadata,
    modelCard: { content: 'no', status: 'New' },
    lifeCycle: { stage: 'a b', stageStatus: 'ok' },
    metrics: { biasReport: 'b.json', qualityStatistics: 's3://r/q.json' },
    qualityReport: 's3://r/q.json',
    additionalInferenceSpecifications: [{ specificationName: 'a b', containers: [], instanceTypes: ['m5'] }],
  }))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 14 problems:",
    "  - step 'Register'.frameworkVersion must be 3 to 10 characters as '1.7', got '1'",
    "  - step 'Register'.frameworkVersion needs framework",
    "  - step 'Register'.qualityReport and metrics.qualityStatistics are the same: give one of them",
    "  - step 'Register'.modelDescription (characters) must be between 0 and 1024, got 1025",
    "  - step 'Register'.samplePayload must begin with 's3://' and a bucket, or be a variable, got 'payload'",
    "  - step 'Register'.metrics.biasReport must begin with 's3://' and a bucket, or be a variable, got 'b.json'",
    "  - step 'Register'.customerMetadata must hold 0 to 50 entries, got 51",
    "  - step 'Register'.customerMetadata.k0 (characters) must be between 1 and 256, got 0",
    "  - step 'Register'.modelCard.content must be JSON, got 'no'",
    "  - step 'Register'.modelCard.status must be one of Draft, PendingReview, Approved, Archived, got 'New'",
    "  - step 'Register'.lifeCycle.stage must be 1 to 63 letters, digits and dashes, got 'a b'",
    "  - step 'Register'.additionalInferenceSpecifications[0].specificationName must be 1 to 63 letters, digits and dashes, got 'a b'",
    "  - step 'Register'.additionalInferenceSpecifications[0].containers must hold 1 to 15 entries, got 0",
    "  - step 'Register'.additionalInferenceSpecifications[0].instanceTypes[0] must look like 'ml.m5.large', got 'm5'",
  ].join('\n'));
});

test.each<[string, Partial<RegisterModelStepProps>, boolean, string]>([
  ['neither image nor containers', {}, false, "step 'Register' must have image or containers, got none"],
  ['both', { containers: [{ image }] }, true, "step 'Register' must have image or containers, not both"],
  ['details beside containers', { containers: [{ image }], framework: 'SKLEARN', environment: {} }, false, "step 'Register': environment, framework must be said of each of the containers"],
])('%s is a problem', (_, props, one, problem) => {
  expect(errorOf(() => fixture(props, one))).toContain(`  - ${problem}`);
});

describe('an approval status that is a parameter', () => {
  const withStatus = (options: TextParameterOptions) => () => fixture({ approvalStatus: PipelineParameter.text('Status', options).asString() });

  test('is one in its default and in all that it allows', () => {
    expect(errorOf(withStatus({ defaultValue: 'Pending' }))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 1 problem:",
      "  - step 'Register'.approvalStatus (default of the parameter 'Status') must be one of Approved, PendingManualApproval, Rejected, got 'Pending'",
    ].join('\n'));
    expect(errorOf(withStatus({ defaultValue: 'Rejected', allowedValues: ['Rejected', 'Maybe'] }))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 1 problem:",
      "  - step 'Register'.approvalStatus (allowed by the parameter 'Status') must be one of Approved, PendingManualApproval, Rejected, got 'Maybe'",
    ].join('\n'));
  });

  test('is told once that its default is none of what it allows', () => {
    expect(errorOf(withStatus({ defaultValue: 'Pending', allowedValues: ['Approved'] }))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 1 problem:",
      "  - parameter 'Status'.defaultValue must be one of Approved, got 'Pending'",
    ].join('\n'));
  });

  test('may be what is not known', () => {
    expect(withStatus({})).not.toThrow();
    expect(withStatus({ defaultValue: Aws.STACK_NAME })).not.toThrow();
    expect(withStatus({ defaultValue: 'Approved', allowedValues: ['Approved', Aws.STACK_NAME] })).not.toThrow();
  });
});
