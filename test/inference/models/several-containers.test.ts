import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { serving } from './serving';
import { InferenceModel, ModelArtifact, ModelRegistry, S3Prefix, SageMakerImage } from '../../../src';
import { errorOf, statementsOf } from '../../helper';

const imageOf = (name: string) => SageMakerImage.fromUri(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1`);
const BUCKET = Bucket.fromBucketArn(new Stack(), 'Bucket', 'arn:aws:s3:::artifacts');
const container = (name: string, containerHostname?: string, environment?: Record<string, string>) =>
  InferenceModel.fromContainer({ image: imageOf(name), containerHostname, environment });
const many = (containerHostname?: string) => InferenceModel.multiModel({ image: imageOf('many'), models: S3Prefix.of(BUCKET, 'many/'), containerHostname });

test('an inference pipeline: containers one after the other, each with what it reads', () => {
  const artifact = ModelArtifact.fromPrefix(BUCKET, 'model/');
  const { compliant, rendered, template } = serving(InferenceModel.serial([container('features'), InferenceModel.fromContainer({ image: imageOf('model'), artifact })]));
  compliant();
  expect(rendered()).toMatchObject({
    InferenceExecutionConfig: { Mode: 'Serial' },
    Containers: [{ Image: imageOf('features').imageUri }, { Image: imageOf('model').imageUri, ModelDataSource: { S3DataSource: { S3Uri: 's3://artifacts/model/' } } }],
  });
  expect(rendered().PrimaryContainer).toBeUndefined();
  const statements = statementsOf(template(), 'EndpointRole');
  const pulled = statements.filter(s => [s.Action].flat().includes('ecr:BatchGetImage')).map(s => JSON.stringify(s.Resource));
  expect(pulled).toEqual([expect.stringContaining('repository/features'), expect.stringContaining('repository/model')]);
  expect(statements.filter(s => s.Action === 'ecr:GetAuthorizationToken')).toHaveLength(1);
});

test('containers that requests name (aws-cdk#23155)', () => {
  const { compliant, rendered } = serving(InferenceModel.direct([container('a', 'first'), container('b', 'second')]));
  compliant();
  expect(rendered().InferenceExecutionConfig).toEqual({ Mode: 'Direct' });
  expect(rendered().Containers.map((c: any) => c.ContainerHostname)).toEqual(['first', 'second']);
});

test('a pipeline may hold one multi-model container, and a version of a registry that it waits for', () => {
  const models = ModelRegistry.fromModelPackageGroupName(new Stack(), 'Models', 'churn');
  const { rendered } = serving(InferenceModel.serial([many(), InferenceModel.fromModelPackage(models, { version: 3 })]));
  expect(rendered().Containers).toEqual([expect.objectContaining({ Mode: 'MultiModel' }), { ModelPackageName: expect.anything() }]);
});

test('host names known at deployment only pass', () => {
  const name = new CfnParameter(new Stack(), 'Name').valueAsString;
  expect(() => serving(InferenceModel.direct([container('a', name), container('b', name)]))).not.toThrow();
});

test.each([2, 15])('%i containers are good', count => {
  expect(() => serving(InferenceModel.serial(Array.from({ length: count }, () => container('a'))))).not.toThrow();
});

test('that a pipeline holds one multi-model container at most is no rule of direct invocation', () => {
  expect(() => serving(InferenceModel.direct([many('a'), many('b')]))).not.toThrow();
});

const KILOBYTES = (letter: string) => Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`${letter}${i}`, 'x'.repeat(1000)]));

test.each<[string, InferenceModel, string]>([
  ['one container', InferenceModel.serial([container('a')]), 'model.containers must hold 2 to 15 entries, got 1'],
  ['sixteen containers', InferenceModel.serial(Array.from({ length: 16 }, () => container('a'))), 'model.containers must hold 2 to 15 entries, got 16'],
  ['direct without host names', InferenceModel.direct([container('a'), container('b', 'b'), container('c')]),
    'model: containers[0], containers[2] must have a containerHostname, since requests name the container'],
  ['one host name of two', InferenceModel.serial([container('a', 'a'), container('b')]), 'model: containers[1] must have a containerHostname, since another container has one'],
  ['one host name twice', InferenceModel.direct([container('a', 'x'), container('b', 'x')]), 'model.containers: host names must be unique, used twice: x'],
  ['a bad host name', InferenceModel.direct([container('a', 'a_b'), container('b', 'b')]), "model.containers[0].containerHostname must be 1 to 63 letters, digits and dashes, got 'a_b'"],
  ['two multi-model containers', InferenceModel.serial([many(), many()]), 'model.containers may hold one multi-model container, got 2'],
  ['a pipeline in a pipeline', InferenceModel.serial([container('a'), InferenceModel.serial([container('b'), container('c')])]), 'model.containers[1] must be one container, got several'],
  ['too large environments', InferenceModel.serial([container('a', undefined, KILOBYTES('A')), container('b', undefined, KILOBYTES('B'))]),
    'model.environment of all containers (bytes) must be between 0 and 32768, got 34082'],
  ['a bad image', InferenceModel.serial([container('a'), InferenceModel.fromContainer({ image: SageMakerImage.fromUri('a b') })]),
    "model.containers[1].image must be 1 to 255 characters without spaces, got 'a b'"],
])('%s: an error', (_, model, problem) => {
  expect(errorOf(() => serving(model))).toBe(`InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - ${problem}`);
});
