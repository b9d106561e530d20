import { App, CfnParameter, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { IModelRegistry, InferenceEndpoint, InferenceModel, ModelArtifact, ModelPackageOptions, ModelRegistry, SageMakerImage } from '../../../src';
import { addModelSource } from '../../../src/registry/model-sources';
import { dependencyCycle, expectCompliant, onlyResource, stackFixture, statementFor, statementsOf, warningsOf } from '../../helper';
import { sample } from '../../sample';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

function serve(stack: Stack, registry: IModelRegistry, options: ModelPackageOptions = { version: 3 }): InferenceEndpoint {
  return new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromModelPackage(registry, options) });
}

const container = (template: Template) => onlyResource(template, 'AWS::SageMaker::Model').Properties.PrimaryContainer;
const imported = (stack: Stack) => ModelRegistry.fromModelPackageGroupName(stack, 'Imported', 'Churn');

test('the container is a version of the registry', () => {
  const { stack, template } = stackFixture();
  serve(stack, imported(stack));
  expect(container(template())).toEqual({
    ModelPackageName: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':model-package/churn/3']] },
  });
});

test('the version may be known at deployment only', () => {
  const { stack, template } = stackFixture();
  serve(stack, imported(stack), { version: new CfnParameter(stack, 'Version', { type: 'Number' }).valueAsNumber });
  expect(JSON.stringify(container(template()))).toContain(':model-package/churn/",{"Ref":"Version"}');
});

test('the model waits for the registry of the same stack', () => {
  const { stack, template } = stackFixture();
  serve(stack, new ModelRegistry(stack, 'Models'));
  expect(onlyResource(template(), 'AWS::SageMaker::Model').DependsOn).toContainEqual(expect.stringMatching(/^Models/));
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
  expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/^The registry is made by this stack, so on the first deployment it holds no version yet/));
});

test('the stack that serves waits for the stack of the registry, though the name is no reference', () => {
  const app = new App();
  const [training, serving] = [new Stack(app, 'Training'), new Stack(app, 'Serving')];
  serve(serving, new ModelRegistry(training, 'Models'));
  app.synth();
  expect(serving.dependencies).toEqual([training]);
});

test('what the pipelines of the app register may be read and pulled, and nothing else', () => {
  const { serving } = sample();
  const statements = statementsOf(Template.fromStack(serving), 'EndpointRole');
  const imports = (value: unknown) => JSON.stringify(value).match(/ExportsOutput\w+?(Images|Artifacts|MlEncryptionKey)/)?.[1];
  expect(imports(statementFor(statements, 'ecr:BatchGetImage').Resource)).toBe('Images');
  const read = statementFor(statements, 's3:GetObject');
  expect(imports(read.Resource)).toBe('Artifacts');
  expect(JSON.stringify(read.Resource)).toMatch(/\/pipelines\/training-pipeline-[0-9a-f]{8}\/\*/);
  expect(statements.flatMap(s => s.Action)).not.toContain('s3:PutObject');
  expect(statements.filter(s => s.Action === 'kms:Decrypt').map(s => imports(s.Resource))).toEqual(['MlEncryptionKey']);
});

test('pipelines that come after the endpoint count as well', () => {
  const { stack, template } = stackFixture();
  const models = new ModelRegistry(stack, 'Models');
  Validations.of(stack).acknowledge({ id: 'cdk-ml-patterns:modelPackageNotYetRegistered', reason: 'The test is about one stack.' });
  serve(stack, models);
  addModelSource(models, () => [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::late/k'] }]);
  expect(statementFor(statementsOf(template(), 'EndpointRole'), 's3:GetObject').Resource).toBe('arn:aws:s3:::late/k');
  expectCompliant(stack);
});

test('where no pipeline of the app registers models, image and artifact are named', () => {
  const { stack, template } = stackFixture();
  const artifact = ModelArtifact.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'artifacts'), 'churn/model.tar.gz');
  serve(stack, imported(stack), { version: 3, artifact, image: IMAGE });
  expectCompliant(stack);
  const statements = statementsOf(template(), 'EndpointRole');
  expect(JSON.stringify(statementFor(statements, 's3:GetObject').Resource)).toContain(':s3:::artifacts/churn/model.tar.gz');
  expect(JSON.stringify(statementFor(statements, 'ecr:BatchGetImage').Resource)).toContain(':repository/churn');
});

test('where nothing tells where the model is, there is a warning, once', () => {
  const { app, stack } = stackFixture();
  serve(stack, new ModelRegistry(stack, 'Models'));
  app.synth();
  app.synth({ force: true });
  expect(warningsOf(stack)).toEqual(['modelPackageNotYetRegistered', 'modelSourceUnknown'].map(id => expect.stringContaining(`cdk-ml-patterns:${id}`)));
});

test('a registry of another Region is an error, one of another account a warning', () => {
  const app = new App();
  const at = (id: string, account: string, region: string) => new Stack(app, id, { env: { account, region } });
  const registry = ModelRegistry.fromModelPackageGroupName(at('Registry', '111122223333', 'eu-west-1'), 'Models', 'churn');
  const served = (stack: Stack) => new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromModelPackage(registry, { version: 1 }) });
  expect(() => served(at('Far', '111122223333', 'us-east-1'))).toThrow('model must be in the Region of the endpoint, us-east-1, got eu-west-1');
  const other = at('Other', '999999999999', 'eu-west-1');
  served(other);
  expect(JSON.stringify(warningsOf(other))).toContain('cdk-ml-patterns:registryOfOtherAccount');
});

test('a version may have an environment, and another of its inference specifications', () => {
  const { stack, template } = stackFixture();
  serve(stack, imported(stack), { version: 3, image: IMAGE, environment: { THREADS: '2' }, inferenceSpecificationName: 'gpu', containerHostname: 'churn' });
  expect(container(template())).toMatchObject({ InferenceSpecificationName: 'gpu', Environment: { THREADS: '2' }, ContainerHostname: 'churn' });
  const other = stackFixture().stack;
  expect(() => serve(other, imported(other), { version: 3, environment: { 1: '' } })).toThrow('model.environment key must be');
});
