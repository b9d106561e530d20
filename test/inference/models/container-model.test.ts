import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ContainerModelOptions, CustomContainerRepo, InferenceEndpoint, InferenceModel, ModelArtifact, ModelArtifactBucket, SageMakerImage } from '../../../src';
import { errorOf, expectCompliant, onlyResource, stackFixture, statementFor, statementsOf, warningsOf } from '../../helper';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const RECOMMENDED = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' }; // else CDK warns of every reference between stacks

function serve(stack: Stack, props: ContainerModelOptions): InferenceEndpoint {
  return new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer(props) });
}

/** Ids of the warnings of this library. */
function warned(stack: Stack): string[] {
  Template.fromStack(stack);
  return warningsOf(stack).flatMap(w => [...w.matchAll(/cdk-ml-patterns:(\w+)/g)].map(m => m[1]));
}

test('image, artifact and environment become the container', () => {
  const { stack, template } = stackFixture();
  const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  const bucket = Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::artifacts', encryptionKey });
  serve(stack, { image: IMAGE, artifact: ModelArtifact.fromBucket(bucket, 'churn/model.tar.gz'), environment: { THREADS: '2' } });
  expectCompliant(stack);
  expect(onlyResource(template(), 'AWS::SageMaker::Model').Properties.PrimaryContainer).toEqual({
    Image: IMAGE.imageUri, ModelDataUrl: 's3://artifacts/churn/model.tar.gz', Environment: { THREADS: '2' },
  });
  const statements = statementsOf(template(), 'EndpointRole');
  expect(statementFor(statements, 's3:GetObject').Resource).toBe('arn:aws:s3:::artifacts/churn/model.tar.gz');
  expect(statements.filter(s => JSON.stringify(s.Condition ?? {}).includes('kms:ViaService')).map(s => [s.Action, s.Resource])).toEqual([['kms:Decrypt', encryptionKey.keyArn]]);
});

test('the environment is written in the order of its names, whatever the order of a language', () => {
  const { stack, template } = stackFixture();
  serve(stack, { image: IMAGE, environment: { B: '1', A: '2', C: '3' } });
  expect(Object.keys(onlyResource(template(), 'AWS::SageMaker::Model').Properties.PrimaryContainer.Environment)).toEqual(['A', 'B', 'C']);
});

test('exactly the repository of the image may be pulled from', () => {
  const { stack, template } = stackFixture();
  serve(stack, { image: IMAGE });
  expect(statementFor(statementsOf(template(), 'EndpointRole'), 'ecr:BatchGetImage').Resource)
    .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:eu-west-1:111122223333:repository/churn']] });
});

test('an image that the same stack makes room for cannot have been pushed yet', () => {
  const { stack } = stackFixture();
  serve(stack, { image: new CustomContainerRepo(stack, 'Images').image('1.4.2') });
  expect(warned(stack)).toEqual(['imageNotYetPushed']);
});

test('an artifact that the same stack makes room for cannot have been uploaded yet', () => {
  const { stack } = stackFixture();
  serve(stack, { image: IMAGE, artifact: new ModelArtifactBucket(stack, 'Artifacts').artifact('model.tar.gz') });
  expect(warned(stack)).toEqual(['artifactNotYetUploaded']);
});

test('from another stack, image and artifact may be there', () => {
  const app = new App({ context: RECOMMENDED });
  const [training, serving] = [new Stack(app, 'Training'), new Stack(app, 'Serving')];
  serve(serving, { image: new CustomContainerRepo(training, 'Images').image('1'), artifact: new ModelArtifactBucket(training, 'Artifacts').artifact('model.tar.gz') });
  expectCompliant(serving);
  expect(serving.dependencies).toEqual([training]);
});

test.each([
  ['public.ecr.aws/x/churn:1', 'imageOfPublicRegistry'], ['churn', 'imageOfPublicRegistry'], [Fn.importValue('Churn'), 'imagePermissionsUnknown'],
])('%s is in no repository of ECR, or nobody knows in which', (uri, warning) => {
  const { stack } = stackFixture();
  serve(stack, { image: SageMakerImage.fromUri(uri) });
  expect(warned(stack).filter(id => id.startsWith('image'))).toEqual([warning]);
});

test.each(['API_SECRET', 'db_password', 'HF_TOKEN', 'PRIVATE_KEY', 'AWS_ACCESS_KEY_ID', 'PRIVATEKEY'])('%s looks like a secret', name => {
  const { stack } = stackFixture();
  stack.node.setContext('cdk-ml-patterns:compliance', 'off');
  serve(stack, { image: IMAGE, environment: { [name]: 'x', THREADS: '2' } });
  expect(warned(stack)).toEqual(['secretInEnvironment']);
  expect(warningsOf(stack)[0]).toContain(name);
  expect(warningsOf(stack)[0]).not.toContain('THREADS');
});

test('a name of a secret whose value is only known at deployment passes, and so does an ordinary name', () => {
  const { stack } = stackFixture();
  serve(stack, { image: IMAGE, environment: { HF_TOKEN: new CfnParameter(stack, 'P', { noEcho: true }).valueAsString, KEYS: '3' } });
  expect(warned(stack)).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  ['a hundred and one variables', Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`V${i}`, ''])), 'model.environment must hold 0 to 100 entries, got 101'],
  ['a bad name', { 'A-B': '' }, "model.environment key must be letters, digits and _, not beginning with a digit, got 'A-B'"],
  ['a value that is too long in bytes', { A: 'ä'.repeat(513) }, 'model.environment.A (bytes) must be between 0 and 1024, got 1026'],
])('%s is an error', (_, environment, problem) => {
  expect(errorOf(() => serve(stackFixture().stack, { image: IMAGE, environment }))).toContain(problem);
});

test('a value of exactly the limit is good', () => {
  expect(() => serve(stackFixture().stack, { image: IMAGE, environment: { A: 'ä'.repeat(512) } })).not.toThrow();
});
