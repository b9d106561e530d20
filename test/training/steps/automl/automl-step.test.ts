import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AutoMLChannel, AutoMLProblemType, AutoMLStep, AutoMLStepProps, FailStep, InferenceEndpoint, InferenceModel, JobDefaults,
  ModelArtifactBucket, ModelRegistry, ModelStep, PipelineStep,
  RegisterModelStep, SageMakerPipeline,
} from '../../../../src';
import { errorOf, expectCompliant, statementFor, statementsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';

const channels = [AutoMLChannel.training('s3://lake/churn/', { targetAttributeName: 'churned' })];

function fixture(
  props: (stack: Stack) => Partial<AutoMLStepProps> = () => ({}), more: (search: AutoMLStep, stack: Stack) => PipelineStep[] = () => [],
) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const search = new AutoMLStep('Search', { channels, ...props(stack) });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [search, ...more(search, stack)] });
  return { stack, argumentsOf: () => definitionOf(stack).Steps[0].Arguments };
}

test('with little said it is encrypted, and writes below the prefix of the pipeline', () => {
  const key = '${MlEncryptionKey1CDF763F.Arn}';
  const { stack, argumentsOf } = fixture();
  expect(argumentsOf()).toEqual({
    InputDataConfig: [{ DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://lake/churn/' } }, TargetAttributeName: 'churned', ChannelType: 'training' }],
    OutputDataConfig: { S3OutputPath: { 'Std:Join': { On: '', Values: [expect.stringMatching(/\/pipelines\//), { Get: 'Execution.PipelineExecutionId' }, '/Search'] } }, KmsKeyId: key },
    AutoMLJobConfig: {
      CompletionCriteria: {}, SecurityConfig: { VolumeKmsKeyId: key, EnableInterContainerTrafficEncryption: true }, Mode: 'ENSEMBLING',
    },
    RoleArn: expect.stringContaining('PipelineJobRole'),
  });
  expectCompliant(stack);
});

test('with all said', () => {
  const { argumentsOf } = fixture(stack => ({
    channels: [
      AutoMLChannel.training('s3://lake/a', { targetAttributeName: 'y', contentType: 'text/csv;header=present', gzip: true, manifest: true, sampleWeightAttributeName: 'w' }),
      AutoMLChannel.validation('s3://lake/b', { targetAttributeName: 'y' }),
    ],
    problemType: AutoMLProblemType.BINARY_CLASSIFICATION,
    objective: 'F1',
    destination: 's3://out/automl',
    maxCandidates: 10,
    maxTrainingRuntime: Duration.hours(1),
    maxRuntime: Duration.hours(4),
    algorithms: ['xgboost'],
    featureSpecification: 's3://lake/features.json',
    jobDefaults: JobDefaults.secure({ vpc: new Vpc(stack, 'Vpc') }),
    tags: { a: 'b' },
  }));
  expect(argumentsOf()).toMatchObject({
    InputDataConfig: [
      {
        DataSource: { S3DataSource: { S3DataType: 'ManifestFile', S3Uri: 's3://lake/a' } },
        CompressionType: 'Gzip',
        ContentType: 'text/csv;header=present',
        SampleWeightAttributeName: 'w',
      },
      { ChannelType: 'validation' },
    ],
    OutputDataConfig: { S3OutputPath: 's3://out/automl' },
    AutoMLJobConfig: {
      CompletionCriteria: { MaxCandidates: 10, MaxRuntimePerTrainingJobInSeconds: 3600, MaxAutoMLJobRuntimeInSeconds: 14400 },
      SecurityConfig: { VpcConfig: { Subnets: expect.anything(), SecurityGroupIds: expect.anything() } },
      CandidateGenerationConfig: { FeatureSpecificationS3Uri: 's3://lake/features.json', AlgorithmsConfig: [{ AutoMLAlgorithms: ['xgboost'] }] },
    },
    AutoMLJobObjective: { MetricName: 'F1' },
    ProblemType: 'BinaryClassification',
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  expect(fixture(() => ({ validationFraction: 0.3 })).argumentsOf().AutoMLJobConfig.DataSplitConfig).toEqual({ ValidationFraction: 0.3 });
});

test('the best candidate is made, registered and compared', () => {
  const { stack } = fixture(() => ({ destination: 's3://out/automl' }), (search, s) => [
    new ModelStep('Create', { model: search.bestModel() }),
    new RegisterModelStep('Register', {
      registry: new ModelRegistry(s, 'Models'),
      image: search.bestImage(1),
      modelArtifact: search.bestModelArtifact(1),
      contentTypes: ['text/csv'],
      instanceTypes: ['ml.m5.large'],
      metrics: { qualityStatistics: search.modelInsightsReport, explainabilityReport: search.explainabilityReport },
    }),
    new FailStep('Fail', { message: `${search.bestCandidateName}: ${search.bestObjective.asString()}` }),
  ]);
  const [, create, register, fail] = definitionOf(stack).Steps.map((s: any) => s.Arguments);
  const get = (path: string) => ({ Get: `Steps.Search.${path}` });
  expect(create.PrimaryContainer.Environment.SAGEMAKER_PROGRAM).toEqual(get("BestCandidate.InferenceContainers[0].Environment['SAGEMAKER_PROGRAM']"));
  expect(register.InferenceSpecification.Containers[0]).toEqual({
    Image: get('BestCandidate.InferenceContainers[1].Image'), ModelDataUrl: get('BestCandidate.InferenceContainers[1].ModelDataUrl'),
  });
  expect(register.ModelMetrics.Explainability.Report.S3Uri).toEqual(get('BestCandidateProperties.ExplainabilityJsonReportPath'));
  expect(fail.ErrorMessage).toEqual({
    'Std:Join': { On: '', Values: [get('BestCandidate.CandidateName'), ': ', get('BestCandidate.FinalAutoMLJobObjectiveMetric.Value')] },
  });
  const reads = statementsOf(Template.fromStack(stack), 'PipelineJobRolePolicy').filter(s => s.Action === 's3:GetObject').map(s => JSON.stringify(s.Resource)).join();
  expect(reads).toContain(':s3:::out/automl*');
});

test('who registers the best candidate may look at its image, and who serves it may pull it', () => {
  const { stack } = fixture(() => ({}), (search, s) => {
    Validations.of(s).acknowledge({ id: 'cdk-ml-patterns:modelPackageNotYetRegistered', reason: 'The test is about one stack.' });
    const registry = new ModelRegistry(s, 'Models');
    new InferenceEndpoint(s, 'Endpoint', { model: InferenceModel.fromModelPackage(registry, { version: 1 }) });
    return [new RegisterModelStep('Register', {
      registry,
      image: search.bestImage(0),
      modelArtifact: search.bestModelArtifact(0),
      environment: search.bestEnvironment(0),
      contentTypes: ['text/csv'],
      instanceTypes: ['ml.m5.large'],
    })];
  });
  const [container] = definitionOf(stack).Steps[1].Arguments.InferenceSpecification.Containers;
  expect(container.Environment.SAGEMAKER_INFERENCE_OUTPUT).toEqual({ Get: "Steps.Search.BestCandidate.InferenceContainers[0].Environment['SAGEMAKER_INFERENCE_OUTPUT']" });
  const template = Template.fromStack(stack);
  const Condition = { StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } };
  const Resource = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':*:repository/*']] };
  expect(statementFor(statementsOf(template, 'PipelineRolePolicy'), 'ecr:DescribeImages')).toEqual(
    { Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:DescribeImages'], Resource, Condition },
  );
  expect(statementFor(statementsOf(template, 'EndpointRolePolicy'), 'ecr:BatchGetImage')).toEqual(
    { Effect: 'Allow', Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource, Condition },
  );
  expectCompliant(stack);
});

test('the pipeline runs the job; its role is passed on, pulls images of AWS only, and makes what Autopilot makes', () => {
  const template = Template.fromStack(fixture().stack);
  expect(statementFor(statementsOf(template, 'PipelineRolePolicy'), 'sagemaker:CreateAutoMLJob').Action).toEqual(
    ['sagemaker:AddTags', 'sagemaker:CreateAutoMLJob', 'sagemaker:DescribeAutoMLJob', 'sagemaker:StopAutoMLJob'],
  );
  const job = statementsOf(template, 'PipelineJobRolePolicy');
  expect(statementFor(job, 'iam:PassRole')).toMatchObject({
    Resource: { 'Fn::GetAtt': [expect.stringContaining('PipelineJobRole'), 'Arn'] }, Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  });
  expect(statementFor(job, 'ecr:BatchGetImage').Condition).toEqual({ StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } });
  expect(statementFor(job, 'sagemaker:CreateEndpoint').Action).toHaveLength(11);
  expect(JSON.stringify(job.filter(s => s.Action === 's3:GetObject'))).toContain(':s3:::lake/churn/*');
});

test('all that is wrong comes at once', () => {
  expect(errorOf(() => fixture(() => ({
    channels: [AutoMLChannel.validation('lake', { targetAttributeName: '', sampleWeightAttributeName: 'a b' })],
    problemType: AutoMLProblemType.REGRESSION,
    maxCandidates: 751,
    maxRuntime: Duration.seconds(0),
    validationFraction: 1,
    destination: 'x',
  })))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 10 problems:",
    "  - step 'Search'.channels[0] URI must begin with 's3://' and a bucket, or be a variable, got 'lake'",
    "  - step 'Search'.channels[0].targetAttributeName must name a column, got ''",
    "  - step 'Search'.channels[0].sampleWeightAttributeName must be 1 to 256 letters, digits, - and _, got 'a b'",
    "  - step 'Search'.channels must hold one to train on: AutoMLChannel.training(…)",
    "  - step 'Search'.validationFraction cannot be said beside a channel to validate with",
    "  - step 'Search'.destination must begin with 's3://' and a bucket, or be a variable, got 'x'",
    "  - step 'Search'.problemType needs objective",
    "  - step 'Search'.maxCandidates must be a whole number between 1 and 750, got 751",
    "  - step 'Search'.maxRuntime (seconds) must be a whole number of at least 1, got 0",
    "  - step 'Search'.validationFraction must be more than 0 and less than 1, got 1",
  ].join('\n'));
  expect(errorOf(() => fixture(() => ({ objective: 'mse' })))).toContain("step 'Search'.objective must be one of Accuracy, MSE,");
  expect(errorOf(() => new AutoMLStep('S', { channels }).bestImage(5))).toBe('index must be a whole number between 0 and 4, got 5');
});
