import { Duration, Size } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { expectSdk } from './equal';
import { image, keyOf, oneKey, seedParameters, seedProcess, seedTrain } from './seed';
import { JobDefaults, TrainingProfiler, TrainingRule } from '../../../src';

test('a warm pool, and no profiler', () => {
  const parameters = seedParameters();
  const process = seedProcess(parameters);
  const train = seedTrain(parameters, process, { keepAlivePeriod: Duration.minutes(30), profiler: TrainingProfiler.disabled() });
  expectSdk('v2/training_warm_pool', () => ({ parameters: Object.values(parameters), steps: [process, train] }));
});

test('everything that a training can say', () => {
  const parameters = seedParameters();
  expectSdk('v2/training_full', stack => {
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-1', 'subnet-2'],
    });
    const jobDefaults = JobDefaults.secure({
      encryptionKey: keyOf(stack), vpc, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    });
    const process = seedProcess(parameters, { environment: { A: '1' }, maxRuntime: Duration.hours(2), tags: { team: 'ml' } });
    const train = seedTrain(parameters, process, {
      entrypoint: ['python3', '/opt/ml/code/train.py'],
      arguments: ['--x', '1'],
      metricDefinitions: { 'validation:rmse': 'rmse=([0-9.]+)' },
      metricsTimeSeries: true,
      environment: { E: 'v' },
      instanceCount: 2,
      volumeSize: Size.gibibytes(100),
      maxRuntime: Duration.hours(1),
      spot: { maxWait: Duration.hours(2) },
      checkpoints: { destination: 's3://ml-bucket/ckpt', localPath: '/opt/ml/checkpoints' },
      maxRetryAttempts: 2,
      debugHook: { destination: 's3://ml-bucket/dbg', collections: [{ collectionName: 'losses', parameters: { save_interval: '50' } }] },
      debugRules: [TrainingRule.custom('rule1', image('rule'), {
        instanceType: 'ml.t3.medium', volumeSize: Size.gibibytes(10), parameters: { rule_to_invoke: 'X' },
      })],
      profiler: TrainingProfiler.enabled({ destination: 's3://ml-bucket/prof', interval: Duration.millis(500) }),
      tensorBoard: { destination: 's3://ml-bucket/tb', localPath: '/opt/ml/output/tensorboard' },
      tags: { team: 'ml' },
    });
    return { parameters: Object.values(parameters), jobDefaults, steps: [process, train] };
  }, [
    oneKey('Process', 'ProcessingResources.ClusterConfig.VolumeKmsKeyId', 'alias/vol'), oneKey('Process', 'ProcessingOutputConfig.KmsKeyId', 'alias/out'),
    oneKey('Train', 'ResourceConfig.VolumeKmsKeyId', 'alias/vol'), oneKey('Train', 'OutputDataConfig.KmsKeyId', 'alias/out'),
  ]);
});
