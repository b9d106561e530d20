import { MlInstanceType } from '../../src';
import { renderTransformJob, TransformJob, unlistedInstanceType } from '../../src/jobs/transform-job';

const JOB: TransformJob = { modelName: 'churn', input: { uri: 's3://in/a/' }, output: { uri: 's3://out/' }, instanceType: 'ml.m5.large', options: {} };
const rendered = (job: Partial<TransformJob> = {}) => JSON.parse(JSON.stringify(renderTransformJob({ ...JOB, ...job })));

test('the least that a job says', () => {
  expect(rendered()).toEqual({
    ModelName: 'churn',
    TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://in/a/' } } },
    TransformOutput: { S3OutputPath: 's3://out/' },
    TransformResources: { InstanceCount: 1, InstanceType: 'ml.m5.large' },
  });
});

test('a manifest is told from a prefix', () => {
  expect(rendered({ input: { uri: 's3://in/list', manifest: true } }).TransformInput.DataSource.S3DataSource).toEqual({ S3DataType: 'ManifestFile', S3Uri: 's3://in/list' });
});

test('keys stand where each is used', () => {
  const job = rendered({ volumeKeyId: 'v', output: { uri: 's3://out/', keyId: 'o' }, capture: { uri: 's3://kept/', keyId: 'c', inferenceId: false } });
  expect([job.TransformResources.VolumeKmsKeyId, job.TransformOutput.KmsKeyId]).toEqual(['v', 'o']);
  expect(job.DataCaptureConfig).toEqual({ DestinationS3Uri: 's3://kept/', KmsKeyId: 'c', GenerateInferenceId: false });
});

test.each(['ml.m5.large', 'ml.g6e.48xlarge', 'ml.inf2.xlarge', '${Token[TOKEN.1]}'])('%s raises no doubt', name => {
  expect(unlistedInstanceType(MlInstanceType.of(name))).toBeUndefined();
});

test.each(['ml.t2.medium', 'ml.c5d.xlarge', 'ml.p5.48xlarge'])('SageMaker does not list %s', name => {
  expect(unlistedInstanceType(MlInstanceType.of(name))).toContain(`got ${name}`);
});
