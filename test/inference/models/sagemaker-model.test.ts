import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { serving } from './serving';
import { InferenceEndpoint, InferenceModel, ModelArtifact, SageMakerImage } from '../../../src';
import { sagemakerModel } from '../../../src/inference/models/sagemaker-model';
import { dependencyCycle, errorOf, onlyResource, stackFixture, statementFor } from '../../helper';

const IMAGE = SageMakerImage.fromUri('763104351884.dkr.ecr.eu-west-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.3.0');
const BUCKET = Bucket.fromBucketArn(new Stack(), 'Bucket', 'arn:aws:s3:::artifacts');

test('a model of 70 billion parameters need not be compressed first (aws-cdk PR 30949)', () => {
  const artifact = ModelArtifact.fromPrefix(BUCKET, 'llama/');
  const { compliant, rendered, statements } = serving(InferenceModel.fromContainer({ image: IMAGE, artifact, environment: { HF_MODEL_ID: '/opt/ml/model' } }));
  compliant();
  expect(rendered().PrimaryContainer).toEqual({
    Image: IMAGE.imageUri,
    ModelDataSource: { S3DataSource: { S3Uri: 's3://artifacts/llama/', S3DataType: 'S3Prefix', CompressionType: 'None' } },
    Environment: { HF_MODEL_ID: '/opt/ml/model' },
  });
  expect(statementFor(statements(), 's3:ListBucket').Condition).toEqual({ StringLike: { 's3:prefix': 'llama/*' } });
});

test('the model waits for the rights to read its artifact, in a bucket whose account is only known at deployment as well (aws-cdk#10064)', () => {
  const { stack, template } = stackFixture();
  const account = new CfnParameter(stack, 'Account').valueAsString;
  const bucket = Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::artifacts', account });
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image: IMAGE, artifact: ModelArtifact.fromBucket(bucket, 'm.tar.gz') }) });
  const [[policy]] = Object.entries(template().findResources('AWS::IAM::ManagedPolicy')).filter(([, p]) => JSON.stringify(p).includes('s3:GetObject'));
  expect(onlyResource(template(), 'AWS::SageMaker::Model').DependsOn).toContain(policy);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('an image of another account may be pulled from exactly its repository (aws-solutions-constructs#986)', () => {
  const { statements } = serving(InferenceModel.fromContainer({ image: IMAGE }));
  expect(statementFor(statements(), 'ecr:BatchGetImage').Resource)
    .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:eu-west-1:763104351884:repository/huggingface-pytorch-tgi-inference']] });
});

test('an image of a private registry is reached through the VPC, with credentials from a function (aws-cdk#23156)', () => {
  const { stack, template } = stackFixture();
  const credentialsProvider = Function.fromFunctionArn(stack, 'Login', 'arn:aws:lambda:eu-west-1:111122223333:function:login');
  const model = InferenceModel.fromContainer({ image: SageMakerImage.fromPrivateRegistry('registry.example.com/churn:1', { credentialsProvider }) });
  new InferenceEndpoint(stack, 'Endpoint', { model, vpc: new Vpc(stack, 'Vpc') });
  expect(onlyResource(template(), 'AWS::SageMaker::Model').Properties).toMatchObject({
    PrimaryContainer: {
      Image: 'registry.example.com/churn:1',
      ImageConfig: { RepositoryAccessMode: 'Vpc', RepositoryAuthConfig: { RepositoryCredentialsProviderArn: 'arn:aws:lambda:eu-west-1:111122223333:function:login' } },
    },
    VpcConfig: { Subnets: expect.anything() },
  });
  const statements = Object.values(template().findResources('AWS::IAM::ManagedPolicy')).flatMap((p: any) => p.Properties.PolicyDocument.Statement);
  expect(statementFor(statements, 'lambda:InvokeFunction').Resource).toBe('arn:aws:lambda:eu-west-1:111122223333:function:login');
  expect(statements.flatMap((s: any) => s.Action)).not.toContain('ecr:GetAuthorizationToken');
});

test('without credentials only the way to the registry is said', () => {
  const { stack, template } = stackFixture();
  const model = InferenceModel.fromContainer({ image: SageMakerImage.fromPrivateRegistry('registry.example.com/churn:1') });
  new InferenceEndpoint(stack, 'Endpoint', { model, vpc: new Vpc(stack, 'Vpc') });
  expect(onlyResource(template(), 'AWS::SageMaker::Model').Properties.PrimaryContainer.ImageConfig).toEqual({ RepositoryAccessMode: 'Vpc' });
});

test('an endpoint without isolation may download from a hub', () => {
  const model = InferenceModel.fromContainer({ image: IMAGE, environment: { HF_MODEL_ID: 'gpt2' } });
  const exceptions = ['ML-SM1', 'ML-SM2'].map(rule => ({ rule, reason: 'It downloads its model from a hub.' }));
  const { compliant, rendered } = serving(model, { networkIsolation: false, compliance: { exceptions } });
  compliant();
  expect(rendered()).toMatchObject({ EnableNetworkIsolation: false, PrimaryContainer: { Environment: { HF_MODEL_ID: 'gpt2' } } });
  expect(errorOf(() => serving(model))).toContain("InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - model.environment.HF_MODEL_ID makes the container download 'gpt2'");
});

test('no kind of hosting can forget what surrounds a model', () => {
  const { stack } = stackFixture();
  const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/own');
  const made = (model: InferenceModel) => () => sagemakerModel(stack, 'Model', { model, role, networkIsolation: true });
  expect(made(InferenceModel.fromContainer({ image: SageMakerImage.fromPrivateRegistry('x/y:1') }))).toThrow('model.image is in a private registry');
  expect(made(InferenceModel.fromContainer({ image: IMAGE, environment: { SM_VLLM_MODEL: 'a/b' } }))).toThrow('model.environment.SM_VLLM_MODEL makes the container download');
});
