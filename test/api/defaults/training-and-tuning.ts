import { App, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import {
  HyperparameterRange, JobDefaults, ModelArtifactBucket, SageMakerImage, SageMakerPipeline, ScriptCode, TrainingChannel, TrainingStep,
  TuningObjective, TuningStep,
} from '../../../src';
import { definitionOf } from '../../training/definition-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

/** Steps with nothing but what is required, and what has defaults of its own. */
function plain() {
  const stack = new Stack(new App(), 'Plain');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
  const efs = FileSystem.fromFileSystemAttributes(stack, 'Efs', {
    fileSystemId: 'fs-0123456789abcdef0', securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
  });
  const job = { image, objective: TuningObjective.minimize('rmse'), ranges: [HyperparameterRange.continuous('eta', 0, 1)] };
  new SageMakerPipeline(stack, 'Pipeline', {
    artifacts: new ModelArtifactBucket(stack, 'Artifacts'),
    jobDefaults: JobDefaults.secure({ vpc }),
    steps: [
      new TrainingStep('Train', { image, channels: [TrainingChannel.efs('a', efs, '/a')], code: ScriptCode.fromFile(__filename) }),
      new TrainingStep('Groups', { image, instanceGroups: [{ groupName: 'a', instanceType: 'ml.m5.large' }] }),
      new TrainingStep('Prefer', { image, instancePreferences: [{ instanceType: 'ml.m5.large' }] }),
      new TuningStep('Tune', { trainingJobs: [job] }),
      new TuningStep('Choose', { trainingJobs: [{ ...job, instanceConfigs: [{ instanceType: 'ml.m5.large' }] }] }),
    ],
  });
  return definitionOf(stack).Steps.map((s: any) => s.Arguments);
}

const [train, groups, prefer, tune, choose] = plain();
const [config] = choose.TrainingJobDefinition.HyperParameterTuningResourceConfig.InstanceConfigs;

export const ROWS = [
  ['TrainingJobOptions.inputMode', 'TrainingInputMode.FILE', train.AlgorithmSpecification.TrainingInputMode, 'File'],
  ['TrainingJobOptions.instanceType', "'ml.m5.xlarge'", train.ResourceConfig.InstanceType, 'ml.m5.xlarge'],
  ['TrainingJobOptions.instanceCount', '1', train.ResourceConfig.InstanceCount, 1],
  ['TrainingJobOptions.volumeSize', 'Size.gibibytes(30)', train.ResourceConfig.VolumeSizeInGB, 30],
  ['TrainingJobOptions.maxRuntime', 'Duration.days(1)', train.StoppingCondition.MaxRuntimeInSeconds, 86_400],
  ['TrainingStepProps.trainingToolkit', 'false', train.AlgorithmSpecification.ContainerEntrypoint === undefined, false],
  ['TrainingInstanceGroup.instanceCount', '1', groups.ResourceConfig.InstanceGroups[0].InstanceCount, 1],
  ['TrainingInstancePreference.instanceCount', '1', prefer.ResourceConfig.InstancePreferences[0].InstanceCount, 1],
  ['FileSystemChannelOptions.writable', 'false', train.InputDataConfig[0].DataSource.FileSystemDataSource.FileSystemAccessMode, 'ro'],
  ['TuningStepProps.maxParallelJobs', '1', tune.HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs, 1],
  ['TuningStepProps.earlyStopping', 'false', tune.HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType, 'Off'],
  ['TuningStepProps.autotune', 'false', tune.Autotune, undefined],
  ['TuningInstanceConfig.instanceCount', '1', config.InstanceCount, 1],
  ['TuningInstanceConfig.volumeSize', 'Size.gibibytes(30)', config.VolumeSizeInGB, 30],
];
