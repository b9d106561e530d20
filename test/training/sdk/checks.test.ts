import { Duration, Size, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { expectSdk, Listed } from './equal';
import { image, keyOf, oneKey, seedParameters, seedProcess, seedTrain } from './seed';
import {
  CheckDatasetFormat, CheckSwitch, ClarifyCheck, ClarifyCheckStep, ClarifyCheckType, JobDefaults, ModelRegistry, PipelineParameter,
  ProblemType, QualityCheck, QualityCheckStep, RegisterModelStep, StepCache,
} from '../../../src';

const ANALYZER = 'sagemaker-model-monitor-analyzer';
const CLARIFY = 'sagemaker-clarify-processing:1.0';
const registryOf = (stack: Stack) => ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'G');

/** The SDK knows the domain of the partition when it runs; CloudFormation puts it in. */
const domain = (step: string, account: string, name: string): Listed => ({
  path: `$.Steps[${step}].Arguments.AppSpecification.ImageUri`,
  expected: `${account}.dkr.ecr.eu-west-1.amazonaws.com/${name}`,
  actual: `${account}.dkr.ecr.eu-west-1.\${AWS::URLSuffix}/${name}`,
  why: 'the domain of the partition is put in by CloudFormation',
});

/** What the references say of the first check of each kind: a job as large and as protected as can be. */
const LARGE = {
  instanceType: 'ml.c5.xlarge', volumeSize: Size.gibibytes(60), maxRuntime: Duration.minutes(30), environment: { E: '1' },
};

const protectedIn = (stack: Stack) => JobDefaults.secure({
  encryptionKey: keyOf(stack),
  interContainerTrafficEncryption: false,
  vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] }),
  securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
});

/** What `protectedIn` writes of a check otherwise than the reference. */
const protectedOtherwise = (step: string): Listed[] => [
  oneKey(step, 'ProcessingResources.ClusterConfig.VolumeKmsKeyId', 'alias/v'),
  oneKey(step, 'ProcessingOutputConfig.KmsKeyId', 'alias/o'),
  {
    path: `$.Steps[${step}].Arguments.NetworkConfig.EnableInterContainerTrafficEncryption`,
    expected: undefined,
    actual: false,
    why: 'the default of the service, which the SDK leaves out',
  },
];

test('checks of quality', () => {
  const parameters = seedParameters();
  const skip = PipelineParameter.flag('SkipCheck', { defaultValue: false });
  const register = PipelineParameter.flag('RegisterNewBaseline', { defaultValue: false });
  const process = seedProcess(parameters);
  const format = CheckDatasetFormat.csv({ header: false });
  expectSdk('v2/quality_checks', stack => {
    const registry = registryOf(stack);
    const data = new QualityCheckStep('DataQuality', {
      ...LARGE,
      dataset: process.output('train'),
      check: QualityCheck.dataQuality({ format }),
      destination: 's3://ml-bucket/dq',
      registry,
      skipCheck: CheckSwitch.when(skip),
      failOnViolation: CheckSwitch.on(),
      registerNewBaseline: CheckSwitch.when(register),
      suppliedBaselineStatistics: 's3://ml-bucket/stats.json',
      suppliedBaselineConstraints: 's3://ml-bucket/cons.json',
      cache: StepCache.expiringAfter(Duration.days(1)),
      jobDefaults: protectedIn(stack),
    });
    const model = new QualityCheckStep('ModelQuality', {
      dataset: 's3://ml-bucket/pred',
      check: QualityCheck.modelQuality({ format, problemType: ProblemType.REGRESSION, inferenceAttribute: '_c0', groundTruthAttribute: '_c1' }),
      destination: 's3://ml-bucket/mq',
      registry,
      failOnViolation: CheckSwitch.off(),
      registerNewBaseline: CheckSwitch.on(),
    });
    const train = seedTrain(parameters, process);
    const step = new RegisterModelStep('Reg-RegisterModel', {
      registry,
      image: image('inference'),
      modelArtifact: train.modelArtifact,
      contentTypes: ['text/csv'],
      instanceTypes: ['ml.m5.large'],
      transformInstanceTypes: [],
      environment: {},
      metrics: {
        qualityStatistics: model.calculatedBaselineStatistics,
        dataQualityStatistics: data.calculatedBaselineStatistics,
        dataQualityConstraints: data.calculatedBaselineConstraints,
      },
      driftCheckBaselines: {
        dataQualityStatistics: data.baselineUsedForDriftCheckStatistics,
        dataQualityConstraints: data.baselineUsedForDriftCheckConstraints,
      },
    });
    return { parameters: [...Object.values(parameters), skip, register], steps: [process, data, model, train, step] };
  }, [...protectedOtherwise('DataQuality'), domain('DataQuality', '468650794304', ANALYZER), domain('ModelQuality', '468650794304', ANALYZER)]);
});

test('checks by Clarify', () => {
  const parameters = seedParameters();
  const process = seedProcess(parameters);
  const file = 's3://ml-bucket/ac/analysis_config.json';
  const plain = { dataset: process.output('train'), destination: 's3://ml-bucket/bias' };
  expectSdk('v2/clarify_checks', stack => ({
    parameters: Object.values(parameters),
    steps: [
      process,
      new ClarifyCheckStep('Bias', {
        ...LARGE,
        ...plain,
        check: ClarifyCheck.fromFile(ClarifyCheckType.DATA_BIAS, file),
        registry: registryOf(stack),
        suppliedBaselineConstraints: 's3://ml-bucket/b.json',
        jobDefaults: protectedIn(stack),
      }),
      new ClarifyCheckStep('ModelBias', { ...plain, check: ClarifyCheck.fromFile(ClarifyCheckType.MODEL_BIAS, file, { modelName: 'my-model' }) }),
      new ClarifyCheckStep('Explain', { ...plain, check: ClarifyCheck.fromFile(ClarifyCheckType.MODEL_EXPLAINABILITY, file, { modelName: 'my-model' }) }),
    ],
  }), [...protectedOtherwise('Bias'), domain('Bias', '131013547314', CLARIFY), domain('ModelBias', '131013547314', CLARIFY), domain('Explain', '131013547314', CLARIFY)]);
});
