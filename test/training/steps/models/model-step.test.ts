import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ComplianceEnforcement, JobDefaults, ModelArtifactBucket, ModelRegistry, ModelStep, ModelStepProps, PipelineExecution, PipelineParameter,
  PipelineStep, RegisterModelStep,
  SageMakerImage, SageMakerPipeline, ScriptCode, StepModel, TrainingChannel, TrainingStep, TransformStep,
} from '../../../../src';
import { Problems } from '../../../../src/core/problems';
import { errorOf, expectCompliant, statementFor, statementsOf, warningsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';
import { strictFaults } from '../../strict';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const plain = StepModel.fromContainer({ image, modelArtifact: 's3://models/churn/model.tar.gz' });

function fixture(
  props: (stack: Stack) => Partial<ModelStepProps> = () => ({}),
  more: (create: ModelStep, stack: Stack) => PipelineStep[] = () => [],
  jobDefaults?: JobDefaults,
  enforcement?: ComplianceEnforcement,
) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const create = new ModelStep('Create', { model: plain, ...props(stack) });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [create, ...more(create, stack)], jobDefaults, compliance: { enforcement } });
  return { stack, step: () => definitionOf(stack).Steps[0] };
}

const places = (template: Template, policy: string, action: string) =>
  statementsOf(template, policy).filter(s => [s.Action].flat().includes(action)).map(s => JSON.stringify(s.Resource)).join();

/** The schema wants to see a role. */
const withRole = (definition: object) => JSON.parse(JSON.stringify(definition).replace(/"\$\{\w+\.Arn\}"/g, '"arn:aws:iam::111122223333:role/Jobs"'));

test('a model with the role of the jobs, cut off from the network', () => {
  const { stack, step } = fixture();
  expect(step()).toEqual({
    Name: 'Create',
    Type: 'Model',
    Arguments: {
      ExecutionRoleArn: expect.stringContaining('PipelineJobRole'),
      PrimaryContainer: { Image: image.imageUri, ModelDataUrl: 's3://models/churn/model.tar.gz' },
      EnableNetworkIsolation: true,
    },
  });
  expect(strictFaults(withRole(definitionOf(stack)))).toEqual([]);
  expectCompliant(stack);
});

test('the pipeline may make models of pipelines, the role of the jobs may run this one', () => {
  const template = Template.fromStack(fixture().stack);
  const make = statementFor(statementsOf(template, 'PipelineRolePolicy'), 'sagemaker:CreateModel');
  expect(make.Action).toEqual(['sagemaker:AddTags', 'sagemaker:CreateModel', 'sagemaker:DescribeModel']);
  expect(JSON.stringify(make.Resource)).toContain(':model/pipelines-*');
  expect(places(template, 'PipelineJobRolePolicy', 's3:GetObject')).toContain(':s3:::models/churn/model.tar.gz');
  expect(places(template, 'PipelineJobRolePolicy', 'ecr:BatchGetImage')).toContain(':repository/churn');
  expect(places(template, 'PipelineJobRolePolicy', 'logs:PutLogEvents')).toMatch(/TransformJobs.*Endpoints\/\*/);
});

test('the network of the job defaults, of the step before those of the pipeline', () => {
  const vpc = (stack: Stack) => JobDefaults.secure({ vpc: new Vpc(stack, 'Vpc'), networkIsolation: false });
  const { stack, step } = fixture(s => ({ jobDefaults: vpc(s) }), undefined, undefined, ComplianceEnforcement.OFF);
  const { VpcConfig, EnableNetworkIsolation } = step().Arguments;
  expect(EnableNetworkIsolation).toBe(false);
  expect(VpcConfig.Subnets).toHaveLength(2);
  expect(places(Template.fromStack(stack), 'PipelineJobRolePolicy', 'ec2:CreateNetworkInterface')).toContain(':subnet/');
});

test('a role of its own may be passed, and reads the model; that of the jobs does not', () => {
  const { stack, step } = fixture(s => ({ role: new Role(s, 'Serves', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) }));
  const template = Template.fromStack(stack);
  expect(step().Arguments.ExecutionRoleArn).toMatch(/Serves\w+\.Arn/);
  expect(places(template, 'PipelineRolePolicy', 'iam:PassRole')).toContain('Serves');
  expect(places(template, 'PipelinePermissionsOfServes', 's3:GetObject')).toContain(':s3:::models/churn');
  expect(places(template, 'PipelineJobRolePolicy', 's3:GetObject')).not.toContain(':s3:::models/churn');
});

test('a model that a training writes outside the prefix of the pipeline can be read', () => {
  const train = new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://lake/a/')], destination: 's3://elsewhere/out' });
  const { stack } = fixture(() => ({ model: StepModel.fromContainer({ image, modelArtifact: train.modelArtifact }) }), () => [train]);
  expect(places(Template.fromStack(stack), 'PipelineJobRolePolicy', 's3:GetObject')).toContain(':s3:::elsewhere/out*');
});

describe('a transform with the model', () => {
  const transform = (create: ModelStep) => [new TransformStep('Score', { modelName: create.modelName, input: 's3://lake/in/' })];

  test('reads its data with the role of the jobs', () => {
    const { stack } = fixture(undefined, transform);
    expect(definitionOf(stack).Steps[1].Arguments.ModelName).toEqual({ Get: 'Steps.Create.ModelName' });
    expect(places(Template.fromStack(stack), 'PipelineJobRolePolicy', 's3:GetObject')).toContain(':s3:::lake/in/*');
  });

  test('or with that of the model, if it has one', () => {
    const { stack } = fixture(s => ({ role: new Role(s, 'Serves', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) }), transform);
    const template = Template.fromStack(stack);
    expect(places(template, 'PipelinePermissionsOfServes', 's3:GetObject')).toContain(':s3:::lake/in/*');
    expect(places(template, 'PipelineJobRolePolicy', 's3:GetObject')).not.toContain(':s3:::lake/in');
  });
});

test('files as they are, with a license', () => {
  const model = StepModel.fromContainer({ image, modelArtifact: 's3://models/llama/', uncompressed: true, acceptEula: true, containerHostname: 'a' });
  expect(fixture(() => ({ model })).step().Arguments.PrimaryContainer).toEqual({
    ContainerHostname: 'a',
    Image: image.imageUri,
    ModelDataSource: {
      S3DataSource: { S3Uri: 's3://models/llama/', S3DataType: 'S3Prefix', CompressionType: 'None', ModelAccessConfig: { AcceptEula: true } },
    },
  });
});

test('many models in one container', () => {
  const { stack, step } = fixture(() => ({ model: StepModel.multiModel({ image, models: 's3://models/all/', cacheModels: false }) }));
  expect(step().Arguments.PrimaryContainer).toEqual({
    Image: image.imageUri, ModelDataUrl: 's3://models/all/', Mode: 'MultiModel', MultiModelConfig: { ModelCacheSetting: 'Disabled' },
  });
  expect(strictFaults(withRole(definitionOf(stack)))).toEqual([]);
});

test.each<[string, string, string | undefined]>([
  ['a text', 's3://models/all', 's3://models/all'],
  ['a variable within', `s3://models/${PipelineExecution.ID}/all`, 's3://models/{Execution.PipelineExecutionId}/all'],
  ['the default of a parameter', PipelineParameter.text('P', { defaultValue: 's3://models/all' }).asString(), '{Parameters.P}'],
  ['a variable at the end', `s3://models/${PipelineExecution.ID}`, undefined],
  ['a token at the end', `s3://models/${new CfnParameter(new Stack(), 'Name').valueAsString}`, undefined],
])('the place of many models ends with a slash: %s', (_, models, refused) => {
  const problems = new Problems();
  StepModel.multiModel({ image, models })._check('model', problems);
  const run = () => problems.throwIfAny(new Stack());
  if (refused === undefined) { expect(run).not.toThrow(); } else { expect(errorOf(run)).toContain(`  - model.models must end with '/', got '${refused}'`); }
});

test('containers that requests name', () => {
  const one = (containerHostname: string) => StepModel.fromContainer({ image, containerHostname });
  const { Containers, InferenceExecutionConfig } = fixture(() => ({ model: StepModel.direct([one('a'), one('b')]) })).step().Arguments;
  expect(Containers).toHaveLength(2);
  expect(InferenceExecutionConfig).toEqual({ Mode: 'Direct' });
});

test('a version that the pipeline registers', () => {
  const { stack } = fixture(undefined, (_, s) => {
    const registry = new ModelRegistry(s, 'Models');
    const register = new RegisterModelStep('Register', { registry, image, modelArtifact: 's3://other/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'] });
    return [register, new ModelStep('Packaged', { model: StepModel.fromModelPackage(register.modelPackageArn, { inferenceSpecificationName: 'fast' }) })];
  });
  expect(definitionOf(stack).Steps[2].Arguments.PrimaryContainer).toEqual({
    ModelPackageName: { Get: 'Steps.Register.ModelPackageArn' }, InferenceSpecificationName: 'fast',
  });
  const template = Template.fromStack(stack);
  expect(places(template, 'PipelineJobRolePolicy', 's3:GetObject')).toContain(':s3:::other/m.tar.gz');
  expect(places(template, 'PipelineRolePolicy', 'sagemaker:DescribeModelPackage')).toMatch(/:model-package\/.*\/\*/);
});

test('a version by its ARN', () => {
  const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/7';
  const template = Template.fromStack(fixture(() => ({ model: StepModel.fromModelPackage(arn) })).stack);
  expect(places(template, 'PipelineRolePolicy', 'sagemaker:DescribeModelPackage')).toBe(JSON.stringify(arn));
});

describe('code of one\'s own', () => {
  const model = StepModel.fromContainer({ image, code: ScriptCode.fromFile(__filename) });

  test('is named to the container, and its role may read it', () => {
    const { stack, step } = fixture(() => ({ model }), undefined, JobDefaults.secure({ networkIsolation: false }), ComplianceEnforcement.OFF);
    expect(step().Arguments.PrimaryContainer.Environment).toEqual({
      SAGEMAKER_PROGRAM: 'model-step.test.ts', SAGEMAKER_SUBMIT_DIRECTORY: expect.stringMatching(/^s3:\/\/cdk-hnb659fds-assets-.*\.gz$/),
    });
    expect(places(Template.fromStack(stack), 'PipelineJobRolePolicy', 's3:GetObject')).toContain('cdk-hnb659fds-assets');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('cannot be downloaded without a network', () => {
    const { stack } = fixture(() => ({ model }));
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Step 'Create': the container downloads its code.*cdk-ml-patterns:codeWithoutNetwork/)]);
  });
});

test('all that is wrong comes at once', () => {
  const wrong = StepModel.fromContainer({
    image: SageMakerImage.fromUri('a b'), modelArtifact: 'models/x', uncompressed: true, acceptEula: false, containerHostname: 'a_b', environment: { 1: 'x' },
  });
  expect(errorOf(() => fixture(() => ({ model: wrong })))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 6 problems:",
    "  - step 'Create'.image must be 1 to 255 characters without spaces, got 'a b'",
    "  - step 'Create'.model.modelArtifact must begin with 's3://' and a bucket, or be a variable, got 'models/x'",
    "  - step 'Create'.model.environment key must be letters, digits and _, and not begin with a digit, got '1'",
    "  - step 'Create'.model.containerHostname must be 1 to 63 letters, digits and dashes, got 'a_b'",
    "  - step 'Create'.model.acceptEula must be true, or be left out for a model without a license agreement, got false",
    "  - step 'Create'.model.modelArtifact must end with '/' if it is uncompressed, got 'models/x'",
  ].join('\n'));
});

test.each<[string, StepModel, string]>([
  ['one of several', StepModel.serial([plain]), "step 'Create'.model.containers must hold 2 to 15 entries, got 1"],
  ['several in one', StepModel.serial([plain, StepModel.serial([plain, plain])]), "step 'Create'.model.containers must be one container each, got several in one"],
  ['no host name', StepModel.direct([plain, StepModel.fromContainer({ image, containerHostname: 'a' })]), "step 'Create'.model.containers[0] must have a containerHostname, since requests name the container"],
  ['one host name', StepModel.serial([plain, StepModel.fromContainer({ image, containerHostname: 'a' })]), "step 'Create'.model.containers[0] must have a containerHostname, since another container has one"],
  ['no package', StepModel.fromModelPackage('churn/7'), "step 'Create'.model.modelPackageArn must be the ARN of a model package, got 'churn/7'"],
  ['a license of nothing', StepModel.fromContainer({ image, acceptEula: true }), "step 'Create'.model.acceptEula needs modelArtifact"],
  ['two programs', StepModel.fromContainer({ image, code: ScriptCode.fromFile(__filename), environment: { SAGEMAKER_PROGRAM: 'x' } }), "step 'Create'.model.environment.SAGEMAKER_PROGRAM is set by code"],
])('%s is a problem', (_, model, problem) => {
  expect(errorOf(() => fixture(() => ({ model })))).toContain(`  - ${problem}`);
});
