import { App, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BatchInput, BatchTransform, InferenceModel, JobDefaults, ModelArtifactBucket, PipelineParameter, S3Prefix, SageMakerImage, SageMakerPipeline,
  TransformStep, TransformStepProps,
} from '../../../../src';
import { dependencyCycle, errorOf, expectCompliant, statementFor, statementsOf, warningsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';

const PLAIN: TransformStepProps = { modelName: 'churn', input: 's3://lake/in/' };

function fixture(props: Partial<TransformStepProps> = {}, jobDefaults?: JobDefaults) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const step = new TransformStep('Score', { ...PLAIN, ...props });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [step], jobDefaults });
  return { stack, step, argumentsOf: () => definitionOf(stack).Steps[0].Arguments };
}

/** A pipeline that runs the model of a batch transform. */
function withBatch(jobDefaults?: JobDefaults) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
  const batch = new BatchTransform(stack, 'Batch', {
    model: InferenceModel.fromContainer({ image }),
    input: BatchInput.prefix(S3Prefix.of(artifacts.bucket, 'in/')),
    output: S3Prefix.of(artifacts.bucket, 'out/'),
  });
  const step = new TransformStep('Score', { modelName: batch.modelName, modelRole: batch.role, input: 's3://lake/today/' });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [step], jobDefaults });
  return stack;
}

test('with little said it writes below the prefix of the pipeline, encrypted with the key of the jobs', () => {
  const key = '${MlEncryptionKey1CDF763F.Arn}';
  expect(fixture().argumentsOf()).toEqual({
    ModelName: 'churn',
    TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://lake/in/' } } },
    TransformOutput: {
      S3OutputPath: {
        'Std:Join': { On: '', Values: [expect.stringMatching(/^s3:\/\/\$\{ArtifactsBucket\w+\}\/pipelines\/stack-pipeline-\w+\/$/), { Get: 'Execution.PipelineExecutionId' }, '/Score'] },
      },
      KmsKeyId: key,
    },
    TransformResources: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeKmsKeyId: key },
  });
});

test('a manifest, and what SageMaker keeps for monitors', () => {
  const { TransformInput, DataCaptureConfig } = fixture({
    input: 's3://lake/today.manifest', manifest: true, captureDestination: 's3://lake/kept', captureInferenceId: true,
  }).argumentsOf();
  expect(TransformInput.DataSource.S3DataSource).toEqual({ S3DataType: 'ManifestFile', S3Uri: 's3://lake/today.manifest' });
  expect(DataCaptureConfig).toEqual({ DestinationS3Uri: 's3://lake/kept', KmsKeyId: expect.any(String), GenerateInferenceId: true });
});

test('what it writes can be read by a later step', () => {
  const stack = new Stack(new App(), 'Stack');
  const first = new TransformStep('First', { ...PLAIN, destination: 's3://lake/first/' });
  const second = new TransformStep('Second', { ...PLAIN, input: first.transformOutput, destination: 's3://lake/second/' });
  new SageMakerPipeline(stack, 'Pipeline', { steps: [first, second] });
  expect(definitionOf(stack).Steps[1].Arguments.TransformInput.DataSource.S3DataSource.S3Uri).toEqual({ Get: 'Steps.First.TransformOutput.S3OutputPath' });
});

test('the pipeline may run these jobs, and no others (aws-cdk#32294)', () => {
  const statement = statementFor(statementsOf(Template.fromStack(fixture().stack), 'PipelineRolePolicy'), 'sagemaker:CreateTransformJob');
  expect(statement.Action).toEqual(['sagemaker:AddTags', 'sagemaker:CreateTransformJob', 'sagemaker:DescribeTransformJob', 'sagemaker:StopTransformJob']);
  expect(JSON.stringify(statement.Resource)).toMatch(/:transform-job\/pipelines-\*"\]\]\}$/);
});

test('batch inference in a pipeline is a step that runs the model of a batch transform (sagemaker-custom-project-templates PR 74)', () => {
  const template = expectCompliant(withBatch());
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
  const statements = statementsOf(template, 'BatchRolePolicy');
  const placesOf = (action: string) => JSON.stringify(statements.filter(s => [s.Action].flat().includes(action)).map(s => s.Resource));
  expect(placesOf('s3:GetObject')).toMatch(/:s3:::lake\/today\/\*/);
  expect(placesOf('s3:PutObject')).toMatch(/\/pipelines\/stack-pipeline-\w+\/\*/);
  expect(placesOf('s3:PutObject')).not.toContain(':s3:::lake');
});

test('the role of the model may use the key of the jobs', () => {
  const stack = withBatch(JobDefaults.secure({ encryptionKey: Key.fromKeyArn(new Stack(), 'Jobs', 'arn:aws:kms:eu-west-1:111122223333:key/jobs') }));
  const uses = statementsOf(Template.fromStack(stack), 'BatchRolePolicy').filter(s => s.Resource === 'arn:aws:kms:eu-west-1:111122223333:key/jobs');
  expect([...new Set(uses.flatMap(s => s.Action))].sort()).toEqual(
    ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  );
});

test('without the role of the model nobody gets rights to the data', () => {
  const template = Template.fromStack(fixture().stack);
  expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).not.toContain(':s3:::lake');
});

test('SageMaker refuses a key for disks of the instance itself', () => {
  const { stack, argumentsOf } = fixture({ instanceType: 'ml.g5.xlarge' });
  expect(argumentsOf().TransformResources).toEqual({ InstanceCount: 1, InstanceType: 'ml.g5.xlarge' });
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/on which step 'Score' runs.*cdk-ml-patterns:localDisks/)]);
});

test('a type that SageMaker does not list for batch transform is warned of, a parameter is not', () => {
  const warned = (instanceType: string) => {
    const { stack } = fixture({ instanceType });
    Template.fromStack(stack);
    return warningsOf(stack);
  };
  expect(warned('ml.t2.medium')).toEqual([expect.stringMatching(/^Step 'Score': SageMaker lists no instances of the family t2.*cdk-ml-patterns:transformInstanceType/)]);
  expect(warned(PipelineParameter.text('Type', { defaultValue: 'ml.t2.medium' }).asString())).toHaveLength(1);
  expect(warned(PipelineParameter.text('Type').asString())).toEqual([]);
});

test('all that is wrong comes at once', () => {
  expect(errorOf(() => fixture({ input: 'lake/in', instanceType: 'm5.large', maxPayload: Size.mebibytes(50), maxConcurrentTransforms: 3, captureInferenceId: true }))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 4 problems:",
    "  - step 'Score'.input must begin with 's3://' and a bucket, or be a variable, got 'lake/in'",
    "  - step 'Score'.captureInferenceId needs captureDestination",
    "  - step 'Score'.instanceType must look like 'ml.m5.large', got 'm5.large'",
    "  - step 'Score'.maxConcurrentTransforms × step 'Score'.maxPayload (MiB) must be between 0 and 100, got 150",
  ].join('\n'));
});

test('numbers may be parameters', () => {
  const count = PipelineParameter.integer('Count', { defaultValue: 2 });
  const { argumentsOf } = fixture({ instanceCount: count.asNumber(), maxConcurrentTransforms: count.asNumber(), maxPayload: Size.mebibytes(99) });
  expect(argumentsOf()).toMatchObject({
    TransformResources: { InstanceCount: { Get: 'Parameters.Count' } }, MaxConcurrentTransforms: { Get: 'Parameters.Count' },
  });
});

test('a key of its own, with which the next step may read', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/own';
  const { stack, argumentsOf } = fixture({ encryptionKey: Key.fromKeyArn(new Stack(), 'Own', KEY) });
  expect(argumentsOf()).toMatchObject({ TransformOutput: { KmsKeyId: KEY }, TransformResources: { VolumeKmsKeyId: KEY } });
  const decrypts = statementsOf(Template.fromStack(stack), 'PipelineJobRolePolicy').filter(s => s.Resource === KEY && s.Action === 'kms:Decrypt');
  expect(decrypts).toHaveLength(1);
});

test('how the job is shown, its tags and its machine image', () => {
  const { step, argumentsOf } = fixture({ trialComponentDisplayName: 'today', tags: { b: '2', a: '1' }, transformAmiVersion: 'al2-ami-sagemaker-batch-gpu-535' });
  expect(argumentsOf()).toMatchObject({
    ExperimentConfig: { TrialComponentDisplayName: 'today' },
    Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }],
    TransformResources: { TransformAmiVersion: 'al2-ami-sagemaker-batch-gpu-535' },
  });
  expect(step.transformJobName).toContain('Token');
  expect(errorOf(() => fixture({ trialComponentDisplayName: 'a b', transformAmiVersion: '-' }))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 2 problems:",
    "  - step 'Score'.trialComponentDisplayName must be 1 to 120 letters, digits and dashes, got 'a b'",
    "  - step 'Score'.transformAmiVersion must be 1 to 63 letters, digits and dashes, got '-'",
  ].join('\n'));
});
