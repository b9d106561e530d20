import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { below, fixture, image, newStack, vpcOf } from './fixture';
import {
  JobDefaults, PipelineParameter, SageMakerImage, TrainingAlgorithm, TrainingChannel, TrainingDistribution, TrainingInputMode, TrainingProfiler,
  TrainingRule, TrainingStepProps,
} from '../../../../src';
import { errorOf, expectCompliant, statementFor, warningsOf } from '../../../helper';

const problemsOf = (props: Partial<TrainingStepProps>, jobDefaults?: JobDefaults) =>
  errorOf(() => fixture(props, jobDefaults)).split('\n').slice(1).map(line => line.replace("  - step 'Train'", '').replace(/^\./, ''));

test('with little said it is protected, and writes below the prefix of the pipeline', () => {
  const { argumentsOf } = fixture();
  const key = '${MlEncryptionKey1CDF763F.Arn}';
  expect(argumentsOf()).toEqual({
    AlgorithmSpecification: { TrainingInputMode: 'File', TrainingImage: image.imageUri },
    OutputDataConfig: { S3OutputPath: below('/Train'), KmsKeyId: key },
    StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
    ResourceConfig: { VolumeSizeInGB: 30, InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeKmsKeyId: key },
    RoleArn: expect.stringMatching(/^\$\{PipelineJobRole\w+\.Arn\}$/),
    InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://lake/train/', S3DataDistributionType: 'FullyReplicated' } } }],
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
  });
});

test('a training without data, of an algorithm', () => {
  const { argumentsOf, stack } = fixture({ image: undefined, channels: undefined, algorithm: TrainingAlgorithm.fromAlgorithmName('trees') });
  expect(argumentsOf().AlgorithmSpecification).toEqual({ TrainingInputMode: 'File', AlgorithmName: 'trees' });
  expect(Object.keys(argumentsOf())).not.toContain('InputDataConfig');
  expect(warningsOf(stack)).toEqual([]);
});

test('spot instances, checkpoints and retries', () => {
  const { argumentsOf, stack, statements } = fixture({
    spot: { maxWait: Duration.days(2) }, checkpoints: { destination: 's3://kept/churn/' }, maxRetryAttempts: 3, maxPendingTime: Duration.hours(2),
  });
  expect(argumentsOf()).toMatchObject({
    EnableManagedSpotTraining: true,
    StoppingCondition: { MaxRuntimeInSeconds: 86_400, MaxWaitTimeInSeconds: 172_800, MaxPendingTimeInSeconds: 7200 },
    CheckpointConfig: { S3Uri: 's3://kept/churn/' },
    RetryStrategy: { MaximumRetryAttempts: 3 },
  });
  const onKept = statements('PipelineJobRole').filter(s => JSON.stringify(s.Resource).includes(':s3:::kept'));
  expect(onKept.flatMap(s => s.Action).sort()).toEqual(['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject']);
  expect(warningsOf(stack)).toEqual([]);
});

test('checkpoints lie apart for each execution unless they are told where', () => {
  expect(fixture({ checkpoints: {} }).argumentsOf().CheckpointConfig).toEqual({ S3Uri: below('/Train/checkpoints') });
});

test('spot without checkpoints, and a warm pool of what is not kept, are warned of', () => {
  const { stack } = fixture({ spot: { maxWait: Duration.days(2) }, keepAlivePeriod: Duration.minutes(10) });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/cdk-ml-patterns:spotWithoutCheckpoints/), expect.stringMatching(/for spot instances.*cdk-ml-patterns:warmPoolUnlikely/)]);
});

test('instance groups, and a channel for one of them', () => {
  const count = PipelineParameter.integer('Workers', { defaultValue: 2 });
  const { argumentsOf } = fixture({
    instanceGroups: [
      { groupName: 'gpu', instanceType: 'ml.p3.2xlarge' }, { groupName: 'cpu', instanceType: 'ml.c5.2xlarge', instanceCount: count.asNumber() },
    ],
    channels: [TrainingChannel.s3('train', 's3://lake/train/', { instanceGroups: ['cpu'] })],
  });
  expect(argumentsOf().ResourceConfig).toEqual({
    VolumeSizeInGB: 30,
    InstanceGroups: [
      { InstanceGroupName: 'gpu', InstanceType: 'ml.p3.2xlarge', InstanceCount: 1 },
      { InstanceGroupName: 'cpu', InstanceType: 'ml.c5.2xlarge', InstanceCount: { Get: 'Parameters.Workers' } },
    ],
    VolumeKmsKeyId: '${MlEncryptionKey1CDF763F.Arn}',
  });
  expect(argumentsOf().InputDataConfig[0].DataSource.S3DataSource.InstanceGroupNames).toEqual(['cpu']);
});

test('one group with disks of its own takes the key from all', () => {
  const { argumentsOf, stack } = fixture({ instanceGroups: [{ groupName: 'gpu', instanceType: 'ml.g5.xlarge' }, { groupName: 'cpu', instanceType: 'ml.c5.xlarge' }] });
  expect(argumentsOf().ResourceConfig.VolumeKmsKeyId).toBeUndefined();
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/ml\.g5\.xlarge.*localDisks/)]);
});

test('types to choose from', () => {
  const { argumentsOf } = fixture({ instancePreferences: [{ instanceType: 'ml.m5.xlarge' }, { instanceType: 'ml.c5.xlarge', instanceCount: 2 }] });
  expect(argumentsOf().ResourceConfig).toEqual({
    VolumeSizeInGB: 30,
    InstancePreferences: [{ InstanceType: 'ml.m5.xlarge', InstanceCount: 1 }, { InstanceType: 'ml.c5.xlarge', InstanceCount: 2 }],
    VolumeKmsKeyId: '${MlEncryptionKey1CDF763F.Arn}',
  });
});

test('placement in UltraServers', () => {
  expect(fixture({ instancePlacement: { multipleJobs: true, placements: [{ instanceCount: 2, ultraServerId: 'us-1' }] } }).argumentsOf().ResourceConfig.InstancePlacementConfig)
    .toEqual({ EnableMultipleJobs: true, PlacementSpecifications: [{ UltraServerId: 'us-1', InstanceCount: 2 }] });
});

test('debugger, profiler and TensorBoard write below the prefix unless they are told where', () => {
  const rules = SageMakerImage.fromUri('929884845733.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-debugger-rules:latest');
  const { argumentsOf, statements } = fixture({
    debugHook: { parameters: { save_interval: '10' }, localPath: '/opt/ml/output/tensors' },
    debugRules: [TrainingRule.builtIn('VanishingGradient', rules, { parameters: { threshold: '0.1' }, destination: 's3://lake/found/' })],
    profiler: TrainingProfiler.enabled({ interval: Duration.seconds(1), parameters: { DataloaderProfilingConfig: '{}' } }),
    profilerRules: [TrainingRule.builtIn('ProfilerReport', rules)],
    tensorBoard: {},
  });
  expect(argumentsOf()).toMatchObject({
    DebugHookConfig: { S3OutputPath: below('/Train/debug'), LocalPath: '/opt/ml/output/tensors', HookParameters: { save_interval: '10' }, CollectionConfigurations: [] },
    DebugRuleConfigurations: [{
      RuleConfigurationName: 'VanishingGradient',
      RuleEvaluatorImage: rules.imageUri,
      S3OutputPath: 's3://lake/found/',
      RuleParameters: { rule_to_invoke: 'VanishingGradient', threshold: '0.1' },
    }],
    ProfilerConfig: {
      S3OutputPath: below('/Train/profile'), DisableProfiler: false, ProfilingIntervalInMilliseconds: 1000, ProfilingParameters: { DataloaderProfilingConfig: '{}' },
    },
    ProfilerRuleConfigurations: [{ RuleConfigurationName: 'ProfilerReport', RuleParameters: { rule_to_invoke: 'ProfilerReport' } }],
    TensorBoardOutputConfig: { S3OutputPath: below('/Train/tensorboard') },
  });
  const text = JSON.stringify(statements('PipelineJobRole'));
  expect(text).toContain('repository/sagemaker-debugger-rules');
  expect(text).toContain('log-group:/aws/sagemaker/ProcessingJobs');
  expect(text).toContain(':s3:::lake/found/*');
});

test('remote debugging needs channels of Systems Manager, which nobody gets otherwise', () => {
  expect(statementFor(fixture({ remoteDebug: true, infraCheck: true }).statements('PipelineJobRole'), 'ssmmessages:OpenDataChannel').Resource).toBe('*');
  expect(fixture({ remoteDebug: true, infraCheck: true }).argumentsOf()).toMatchObject({
    RemoteDebugConfig: { EnableRemoteDebug: true }, InfraCheckConfig: { EnableInfraCheck: true },
  });
  for (const remoteDebug of [undefined, false]) {
    expect(JSON.stringify(fixture({ remoteDebug }).statements('PipelineJobRole'))).not.toContain('ssmmessages');
  }
});

test('an image in a registry that is none of AWS, whose credentials a function knows', () => {
  const stack = newStack();
  const provider = Function.fromFunctionArn(stack, 'Provider', 'arn:aws:lambda:eu-west-1:111122223333:function:credentials');
  const registry = SageMakerImage.fromPrivateRegistry('registry.example.com/train:1', { credentialsProvider: provider });
  const { argumentsOf, statements } = fixture({ image: registry }, JobDefaults.secure({ vpc: vpcOf(stack) }), stack);
  expect(argumentsOf().AlgorithmSpecification).toMatchObject({
    TrainingImage: 'registry.example.com/train:1',
    TrainingImageConfig: {
      TrainingRepositoryAccessMode: 'Vpc', TrainingRepositoryAuthConfig: { TrainingRepositoryCredentialsProviderArn: 'arn:aws:lambda:eu-west-1:111122223333:function:credentials' },
    },
  });
  expect(statementFor(statements('PipelineJobRole'), 'lambda:InvokeFunction').Resource).toBe('arn:aws:lambda:eu-west-1:111122223333:function:credentials');
  expect(problemsOf({ image: SageMakerImage.fromPrivateRegistry('registry.example.com/train:1') })).toEqual([
    'image is in a private registry, which SageMaker reaches through a VPC only: give jobDefaults a vpc',
  ]);
});

test('a step of its own may have the VPC', () => {
  const stack = newStack();
  const props = { image: SageMakerImage.fromPrivateRegistry('registry.example.com/train:1'), jobDefaults: JobDefaults.secure({ vpc: vpcOf(stack) }) };
  expect(fixture(props, undefined, stack).argumentsOf().AlgorithmSpecification.TrainingImageConfig).toEqual({ TrainingRepositoryAccessMode: 'Vpc' });
});

test.each<[string, TrainingDistribution, object]>([
  ['MPI', TrainingDistribution.mpi({ processesPerHost: 4, customOptions: '--x "y"' }), {
    sagemaker_mpi_enabled: 'true', sagemaker_mpi_num_of_processes_per_host: '4', sagemaker_mpi_custom_mpi_options: '"--x \\"y\\""',
  }],
  ['torchrun', TrainingDistribution.torchDistributed(), { sagemaker_torch_distributed_enabled: 'true' }],
  ['DDP', TrainingDistribution.pytorchDdp(), { sagemaker_pytorch_ddp_enabled: 'true' }],
  ['the library of SageMaker', TrainingDistribution.smDataParallel('ml.p4d.24xlarge'), {
    sagemaker_distributed_dataparallel_enabled: 'true', sagemaker_distributed_dataparallel_custom_mpi_options: '""', sagemaker_instance_type: '"ml.p4d.24xlarge"',
  }],
  ['parameter servers', TrainingDistribution.parameterServer(), { sagemaker_parameter_server_enabled: 'true' }],
  ['mirrored workers', TrainingDistribution.multiWorkerMirrored(), { sagemaker_multi_worker_mirrored_strategy_enabled: 'true' }],
  ['XLA', TrainingDistribution.pytorchXla(), { sagemaker_pytorch_xla_multi_worker_enabled: 'true' }],
])('distribution by %s is said as the SDK says it', (_, distribution, expected) => {
  expect(fixture({ distribution, hyperparameters: { eta: '0.2' } }).argumentsOf().HyperParameters).toEqual({ ...expected, eta: '0.2' });
});

test('the number of processes may be a parameter', () => {
  const processes = PipelineParameter.integer('Processes', { defaultValue: 2 });
  const { argumentsOf } = fixture({ distribution: TrainingDistribution.mpi({ processesPerHost: processes.asNumber() }) });
  expect(argumentsOf().HyperParameters.sagemaker_mpi_num_of_processes_per_host).toEqual({ 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Processes' }] } });
});

test('an unpacked model, another input mode, and tags in the order of keys', () => {
  expect(fixture({ compressOutput: false, inputMode: TrainingInputMode.FAST_FILE, tags: { team: 'ml', app: 'churn' } }).argumentsOf()).toMatchObject({
    OutputDataConfig: { CompressionType: 'NONE' },
    AlgorithmSpecification: { TrainingInputMode: 'FastFile' },
    Tags: [{ Key: 'app', Value: 'churn' }, { Key: 'team', Value: 'ml' }],
  });
});

test('the pipeline may run these jobs, and its containers read and write their places alone', () => {
  const { statements } = fixture({ destination: 's3://models/churn' });
  expect(statementFor(statements('PipelineRole'), 'sagemaker:CreateTrainingJob')).toMatchObject({
    Action: ['sagemaker:AddTags', 'sagemaker:CreateTrainingJob', 'sagemaker:DescribeTrainingJob', 'sagemaker:StopTrainingJob'],
    Resource: expect.objectContaining({ 'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(/:training-job\/pipelines-\*$/)])] }),
  });
  const places = statements('PipelineJobRole').filter(s => [s.Action].flat().includes('s3:PutObject')).map(s => JSON.stringify(s.Resource));
  expect(places.filter(p => p.includes(':s3:::models/churn*'))).toHaveLength(1);
  expect(places.filter(p => p.includes(':s3:::lake'))).toEqual([]);
});

test('everything together passes the checks', () => {
  const stack = newStack();
  fixture({
    checkpoints: {},
    debugHook: {},
    profiler: TrainingProfiler.enabled(),
    tensorBoard: {},
    remoteDebug: true,
    keepAlivePeriod: Duration.minutes(5),
    tags: { team: 'ml' },
    arguments: ['--x'],
    entrypoint: ['train'],
  }, undefined, stack);
  expectCompliant(stack);
});

test.each<[string, Partial<TrainingStepProps>, string[]]>([
  ['neither image nor algorithm', { image: undefined }, [' must have an image or an algorithm, and not both']],
  ['both', { algorithm: TrainingAlgorithm.fromAlgorithmName('a') }, [' must have an image or an algorithm, and not both']],
  ['no algorithm', { image: undefined, algorithm: TrainingAlgorithm.fromAlgorithmArn('arn:aws:s3:::x') }, ["algorithm must be the name or the ARN of an algorithm, got 'arn:aws:s3:::x'"]],
  ['a wait shorter than the run', { maxRuntime: Duration.hours(2), spot: { maxWait: Duration.hours(1) } }, ['spot.maxWait must be at least maxRuntime, which is 2 hours (7200 seconds), got 1 hour (3600 seconds)']],
  ['a wait shorter than the run that is the default', { spot: { maxWait: Duration.hours(1) } }, ['spot.maxWait must be at least maxRuntime, which is 1 day (86400 seconds, the default), got 1 hour (3600 seconds)']],
  ['bad places', { checkpoints: { destination: 'ckpt', localPath: 'here' }, debugHook: { destination: 'd' }, tensorBoard: { localPath: 'x' } }, [
    "checkpoints.destination must begin with 's3://' and a bucket, or be a variable, got 'ckpt'", "checkpoints.localPath must begin with '/', got 'here'",
    "debugHook.destination must begin with 's3://' and a bucket, or be a variable, got 'd'", "tensorBoard.localPath must begin with '/', got 'x'",
  ]],
  ['a long warm pool', { keepAlivePeriod: Duration.hours(7) }, ['keepAlivePeriod (seconds) must be a whole number between 0 and 21600, got 25200']],
  ['groups and a type', { instanceType: 'ml.m5.large', instanceGroups: [{ groupName: 'a', instanceType: 'ml.m5.large' }] }, [
    'instanceGroups say the type and number of instances: leave out instanceType and instanceCount',
  ]],
  ['bad groups', { instanceGroups: [{ groupName: '', instanceType: 'm5' }, { groupName: '', instanceType: 'ml.m5.large', instanceCount: 0 }] }, [
    'instanceGroups names must be unique, used twice: ', "instanceGroups[0].groupName must be 1 to 64 characters, got ''",
    "instanceGroups[0].instanceType must look like 'ml.m5.large', got 'm5'", "instanceGroups[1].groupName must be 1 to 64 characters, got ''",
    'instanceGroups[1].instanceCount must be a whole number of at least 1, got 0',
  ]],
  ['preferences', { instanceCount: 2, spot: { maxWait: Duration.days(2) }, instancePreferences: [{ instanceType: 'm5' }, { instanceType: 'm5', instanceCount: 0 }] }, [
    'instancePreferences say the instances: leave out instanceType, instanceCount, instanceGroups and instancePlacement',
    'instancePreferences types must be unique, used twice: m5', "instancePreferences[0].instanceType must look like 'ml.m5.large', got 'm5'",
    "instancePreferences[1].instanceType must look like 'ml.m5.large', got 'm5'",
    'instancePreferences[1].instanceCount must be a whole number of at least 1, got 0',
    ' must have spot or instancePreferences, not both',
  ]],
  ['too many hyperparameters with those of the distribution', {
    distribution: TrainingDistribution.torchDistributed(), hyperparameters: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`h${i}`, ''])),
  }, ['hyperparameters must hold 0 to 99 entries, got 100']],
  ['a channel of no group', { channels: [TrainingChannel.s3('a', 's3://b/c', { instanceGroups: ['gpu'] })] }, [
    "channels[0].instanceGroups must be one of those there are, and there are none, got 'gpu'",
  ]],
  ['times', { maxPendingTime: Duration.minutes(10), maxRetryAttempts: 31, maxRuntime: Duration.days(29) }, [
    'maxRuntime (seconds) must be a whole number between 1 and 2419200, got 2505600', 'maxPendingTime (seconds) must be a whole number between 1800 and 2419200, got 600',
    'maxRetryAttempts must be a whole number between 1 and 30, got 31',
  ]],
  ['words', { entrypoint: [], arguments: ['x'.repeat(257)] }, ['entrypoint must hold 1 to 100 entries, got 0', `arguments[0] must be at most 256 characters, got '${'x'.repeat(257)}'`]],
  ['the toolkit without code', { trainingToolkit: true }, ['trainingToolkit needs code']],
  ['what the distribution says', { distribution: TrainingDistribution.torchDistributed(), hyperparameters: { sagemaker_torch_distributed_enabled: 'false' } }, [
    'hyperparameters.sagemaker_torch_distributed_enabled is said by code or distribution',
  ]],
  ['processes', { distribution: TrainingDistribution.mpi({ processesPerHost: 0 }) }, ['distribution.processesPerHost must be a whole number of at least 1, got 0']],
  ['an interval', { profiler: TrainingProfiler.enabled({ interval: Duration.millis(300) }) }, ['profiler.interval must be one of 100, 200, 500, 1000, 5000, 60000 milliseconds, got 300']],
  ['rules', { debugRules: [TrainingRule.custom('', image), TrainingRule.custom('', image, { instanceType: 'x', volumeSize: Size.gibibytes(0), destination: 'y', localPath: 'z' })] }, [
    'debugRules names must be unique, used twice: ', "debugRules[0] name must be 1 to 256 characters, got ''", "debugRules[1] name must be 1 to 256 characters, got ''",
    "debugRules[1].instanceType must look like 'ml.m5.large', got 'x'", 'debugRules[1].volumeSize (GiB) must be a whole number between 1 and 16384, got 0',
    "debugRules[1].destination must begin with 's3://' and a bucket, or be a variable, got 'y'", "debugRules[1].localPath must begin with '/', got 'z'",
  ]],
  ['collections', { debugHook: { collections: [{ collectionName: '', parameters: { a: 'x'.repeat(257) } }] } }, [
    "debugHook.collections[0].collectionName must be 1 to 256 characters, got ''",
    `debugHook.collections[0].parameters.a must be at most 256 characters, got '${'x'.repeat(257)}'`,
  ]],
  ['tags', { tags: { 'aws:x': 'a', 'ok': 'b!' } }, [
    "tags key must be 1 to 128 letters, digits, spaces and any of _.:/=+-@, and not begin with 'aws:', got 'aws:x'",
    "tags.ok must be up to 256 letters, digits, spaces and any of _.:/=+-@, got 'b!'",
  ]],
])('limits: %s', (_, props, expected) => {
  expect(problemsOf(props)).toEqual(expected);
});

test('values that are only known later pass', () => {
  const type = PipelineParameter.text('Type');
  const uri = PipelineParameter.text('Uri').asString();
  expect(() => fixture({
    instanceGroups: [{ groupName: 'a', instanceType: type.asString() }],
    checkpoints: { destination: uri },
    debugHook: { destination: uri },
    tags: { a: type.asString() },
    arguments: [uri],
    channels: [TrainingChannel.s3('a', uri)],
  }).argumentsOf()).not.toThrow();
});

test('the name of the job can be used by others', () => {
  const { step, stack } = fixture();
  expect(() => Stack.of(stack).resolve(step.trainingJobName)).toThrow(/'Steps.Train.TrainingJobName' is only known while the pipeline runs/);
});
