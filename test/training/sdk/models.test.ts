import { Duration, Size } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { expectSdk } from './equal';
import { image, keyOf, oneKey, seedParameters, seedProcess, seedTrain } from './seed';
import {
  AutoMLChannel, AutoMLProblemType, AutoMLStep, EndpointConfigStep, EndpointStep, FailStep, JobDefaults, ModelRegistry, ModelStep, PipelineParameter,
  RegisteredContainer, RegisterModelStep, StepCache, StepModel, StepRetry, StepVariant, TransformAssembly, TransformJoinSource,
  TransformSplit, TransformStep,
} from '../../../src';

const s3 = (file: string) => `s3://ml-bucket/${file}`;

test('a model version with everything', () => {
  const parameters = seedParameters();
  const process = seedProcess(parameters);
  const train = seedTrain(parameters, process);
  expectSdk('v2/register_rich', stack => {
    const register = new RegisterModelStep('Register-RegisterModel', {
      displayName: 'Reg',
      description: 'dd',
      retries: [StepRetry.onExceptions(['Step.THROTTLING'], { maxAttempts: 3 })],
      registry: ModelRegistry.fromModelPackageGroupName(stack, 'G', 'G'),
      image: image('inference'),
      modelArtifact: train.modelArtifact,
      environment: {},
      framework: 'XGBOOST',
      frameworkVersion: '1.7',
      nearestModelName: 'x',
      contentTypes: ['text/csv'],
      responseTypes: ['application/json'],
      instanceTypes: ['ml.m5.large'],
      approvalStatus: parameters.approval.asString(),
      modelDescription: 'd',
      metrics: {
        qualityStatistics: s3('ms.json'),
        qualityConstraints: s3('mc.json'),
        dataQualityStatistics: s3('ds.json'),
        dataQualityConstraints: s3('dc.json'),
        biasReport: s3('b.json'),
        preTrainingBiasReport: s3('bpre.json'),
        postTrainingBiasReport: s3('bpost.json'),
        explainabilityReport: s3('ex.json'),
      },
      driftCheckBaselines: {
        qualityStatistics: s3('ms.json'),
        qualityConstraints: s3('mc.json'),
        dataQualityStatistics: s3('ds.json'),
        dataQualityConstraints: s3('dc.json'),
        biasConfig: s3('bc.json'),
        preTrainingBiasConstraints: s3('bp.json'),
        postTrainingBiasConstraints: s3('bq.json'),
        explainabilityConfig: s3('ecf.json'),
        explainabilityConstraints: s3('ec.json'),
      },
      customerMetadata: { mse: '1', git: 'abc' },
      domain: 'MACHINE_LEARNING',
      task: 'REGRESSION',
      samplePayload: s3('payload.tar.gz'),
      sourceUri: 'arn:x',
      skipModelValidation: true,
    });
    register.after(process);
    return { parameters: Object.values(parameters), steps: [process, train, register] };
  });
});

test('several containers, registered and made', () => {
  const parameters = seedParameters();
  const process = seedProcess(parameters);
  const train = seedTrain(parameters, process);
  const containers: RegisteredContainer[] = [
    { image: image('pre'), modelArtifact: s3('pre.tar.gz'), environment: {} },
    { image: image('inf'), modelArtifact: train.modelArtifact, environment: { K: 'V' } },
  ];
  expectSdk('v2/pipeline_model_register', stack => ({
    parameters: Object.values(parameters),
    steps: [
      process,
      train,
      new RegisterModelStep('PMRegister-RegisterModel', {
        registry: ModelRegistry.fromModelPackageGroupName(stack, 'G', 'G'),
        containers,
        contentTypes: ['text/csv'],
        instanceTypes: ['ml.m5.large'],
        approvalStatus: 'Approved',
      }),
      new ModelStep('PMCreate-CreateModel', { model: StepModel.serial(containers.map(c => StepModel.fromContainer(c))) }),
    ],
  }));
});

test('a model that is made, and transformed with', () => {
  const parameters = seedParameters();
  const data = PipelineParameter.text('BatchData', { defaultValue: s3('batch') });
  const process = seedProcess(parameters, { jobDefaults: JobDefaults.none() });
  const train = seedTrain(parameters, process, { jobDefaults: JobDefaults.none() });
  expectSdk('v2/transform_and_create_model', stack => {
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });
    const create = new ModelStep('Create-CreateModel', {
      model: StepModel.fromContainer({ image: image('inference'), modelArtifact: train.modelArtifact, environment: { X: '1' } }),
      jobDefaults: JobDefaults.secure({
        vpc,
        vpcSubnets: { subnets: [Subnet.fromSubnetId(stack, 'Subnet', 'subnet-1')] },
        securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
      }),
      tags: { a: 'b' },
    });
    const transform = new TransformStep('Transform', {
      modelName: create.modelName,
      input: data.asString(),
      destination: s3('transform'),
      contentType: 'text/csv',
      split: TransformSplit.lines(),
      assembleWith: TransformAssembly.LINE,
      accept: 'text/csv',
      instanceType: 'ml.m5.xlarge',
      maxConcurrentTransforms: 4,
      maxPayload: Size.mebibytes(6),
      environment: { E: '1' },
      inputFilter: '$[1:]',
      outputFilter: '$[0,-1]',
      joinSource: TransformJoinSource.INPUT,
      invocationTimeout: Duration.minutes(1),
      invocationRetries: 1,
      cache: StepCache.expiringAfter(Duration.days(1)),
      retries: [StepRetry.onResourceLimit({ maxAttempts: 3 })],
    });
    return {
      parameters: [...Object.values(parameters), data],
      jobDefaults: JobDefaults.secure({ encryptionKey: keyOf(stack) }), // a transform has none of its own
      steps: [process, train, create, transform],
    };
  }, [oneKey('Transform', 'TransformOutput.KmsKeyId', 'alias/o'), oneKey('Transform', 'TransformResources.VolumeKmsKeyId', 'alias/v')]);
});

test('an endpoint', () => {
  const config = new EndpointConfigStep('EC', { endpointConfigName: 'cfg', variants: [StepVariant.instances('m')], tags: {} });
  const endpoint = new EndpointStep('EP', { endpointName: 'ep', endpointConfigName: config.endpointConfigName, tags: {} });
  expectSdk('v2/endpoint_steps', () => ({ steps: [config, endpoint] }));
});

test('AutoML', () => {
  const search = new AutoMLStep('AutoML', {
    channels: [AutoMLChannel.training(s3('x'), { targetAttributeName: 'y' })],
    destination: s3('automl'),
    problemType: AutoMLProblemType.REGRESSION,
    objective: 'MSE',
  });
  expectSdk('v2/automl', () => ({
    steps: [search, new ModelStep('Best-CreateModel', { model: search.bestModel() }), new FailStep('F', { message: search.modelInsightsReport })],
  }));
});
