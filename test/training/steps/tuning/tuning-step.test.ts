import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  FailStep, HyperparameterRange, HyperparameterScaling, JobDefaults, ModelArtifactBucket, PipelineParameter, ScriptCode, SageMakerImage,
  SageMakerPipeline, TrainingChannel, TrainingDistribution, TuningObjective, TuningStep, TuningStepProps, TuningStrategy,
  TuningTrainingJob, TuningWarmStart,
} from '../../../../src';
import { errorOf, expectCompliant, statementFor, statementsOf, warningsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';
import { below, checkedArguments, image, newStack } from '../training/fixture';

const JOB: TuningTrainingJob = {
  image,
  channels: [TrainingChannel.s3('train', 's3://lake/train/')],
  metricDefinitions: { rmse: 'rmse=(.*)' },
  objective: TuningObjective.minimize('rmse'),
  ranges: [HyperparameterRange.continuous('eta', 0, 1)],
};

function fixture(props: Partial<TuningStepProps> = {}, job: Partial<TuningTrainingJob> = {}, jobDefaults?: JobDefaults) {
  const stack = newStack();
  const step = new TuningStep('Tune', { trainingJobs: [{ ...JOB, ...job }], maxJobs: 4, ...props });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [step], jobDefaults });
  return {
    stack,
    step,
    argumentsOf: () => checkedArguments(stack),
  };
}

const problemsOf = (props: Partial<TuningStepProps>, job: Partial<TuningTrainingJob> = {}) =>
  errorOf(() => fixture(props, job)).split('\n').slice(1).map(line => line.replace("  - step 'Tune'.", ''));

const second: TuningTrainingJob = { ...JOB, definitionName: 'b', objective: TuningObjective.maximize('auc'), metricDefinitions: { auc: 'auc=(.*)' } };

test('with little said it is protected, and writes below the prefix of the pipeline', () => {
  const key = '${MlEncryptionKey1CDF763F.Arn}';
  const { argumentsOf, stack } = fixture();
  expect(argumentsOf()).toEqual({
    HyperParameterTuningJobConfig: {
      Strategy: 'Bayesian',
      ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 1 },
      TrainingJobEarlyStoppingType: 'Off',
      HyperParameterTuningJobObjective: { Type: 'Minimize', MetricName: 'rmse' },
      ParameterRanges: { ContinuousParameterRanges: [{ Name: 'eta', MinValue: '0', MaxValue: '1', ScalingType: 'Auto' }] },
    },
    TrainingJobDefinition: {
      AlgorithmSpecification: { TrainingInputMode: 'File', TrainingImage: image.imageUri, MetricDefinitions: [{ Name: 'rmse', Regex: 'rmse=(.*)' }] },
      OutputDataConfig: { S3OutputPath: below('/Tune'), KmsKeyId: key },
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
      HyperParameterTuningResourceConfig: { VolumeSizeInGB: 30, InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeKmsKeyId: key },
      RoleArn: expect.stringMatching(/JobRole/),
      InputDataConfig: [expect.objectContaining({ ChannelName: 'train' })],
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: true,
    },
  });
  expectCompliant(stack);
});

test('everything of the tuning itself', () => {
  const earlier = PipelineParameter.text('Earlier');
  const { argumentsOf } = fixture({
    strategy: TuningStrategy.hyperband({ minResource: 1, maxResource: 50 }),
    maxParallelJobs: 2,
    maxRuntime: Duration.hours(5),
    completion: { targetMetric: 0, maxJobsWithoutImprovement: 3, onConvergence: true },
    warmStart: TuningWarmStart.transferLearning('tuning-1', earlier.asString()),
    randomSeed: 0,
    autotune: true,
    tags: { team: 'ml' },
  });
  const { HyperParameterTuningJobConfig, ...others } = argumentsOf();
  expect(HyperParameterTuningJobConfig).toMatchObject({
    Strategy: 'Hyperband',
    StrategyConfig: { HyperbandStrategyConfig: { MinResource: 1, MaxResource: 50 } },
    ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2, MaxRuntimeInSeconds: 18_000 },
    TuningJobCompletionCriteria: {
      TargetObjectiveMetricValue: 0, BestObjectiveNotImproving: { MaxNumberOfTrainingJobsNotImproving: 3 }, ConvergenceDetected: { CompleteOnConvergence: 'Enabled' },
    },
    RandomSeed: 0,
  });
  expect(others).toMatchObject({
    WarmStartConfig: {
      WarmStartType: 'TransferLearning',
      ParentHyperParameterTuningJobs: [{ HyperParameterTuningJobName: 'tuning-1' }, { HyperParameterTuningJobName: { Get: 'Parameters.Earlier' } }],
    },
    Autotune: { Mode: 'Enabled' },
    Tags: [{ Key: 'team', Value: 'ml' }],
  });
});

test.each([
  [TuningStrategy.random(), { Strategy: 'Random' }], [TuningStrategy.hyperband(), { Strategy: 'Hyperband' }], [TuningStrategy.bayesian(), { Strategy: 'Bayesian' }],
])('strategies: %#', (strategy, expected) => {
  const { Strategy, StrategyConfig } = fixture({ strategy }).argumentsOf().HyperParameterTuningJobConfig;
  expect({ Strategy, StrategyConfig }).toEqual({ ...expected, StrategyConfig: undefined });
});

test('a grid needs no number of trainings', () => {
  const { argumentsOf, stack } = fixture({ strategy: TuningStrategy.grid(), maxJobs: undefined }, { ranges: [HyperparameterRange.categorical('booster', ['a', 'b'])] });
  expect(argumentsOf().HyperParameterTuningJobConfig.ResourceLimits).toEqual({ MaxParallelTrainingJobs: 1 });
  expect(warningsOf(stack)).toEqual([]);
});

test('all kinds of ranges', () => {
  const most = PipelineParameter.integer('Most', { defaultValue: 9 });
  const ranges = [
    HyperparameterRange.integer('depth', 1, most.asNumber(), HyperparameterScaling.LINEAR), HyperparameterRange.auto('alpha', '0.1'),
    HyperparameterRange.continuous('keep', 0.5, 0.99, HyperparameterScaling.REVERSE_LOGARITHMIC), HyperparameterRange.categorical('booster', ['a', 'b']),
  ];
  expect(fixture({ autotune: true }, { ranges }).argumentsOf().HyperParameterTuningJobConfig.ParameterRanges).toEqual({
    ContinuousParameterRanges: [{ Name: 'keep', MinValue: '0.5', MaxValue: '0.99', ScalingType: 'ReverseLogarithmic' }],
    CategoricalParameterRanges: [{ Name: 'booster', Values: ['a', 'b'] }],
    IntegerParameterRanges: [{ Name: 'depth', MinValue: '1', MaxValue: { 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Most' }] } }, ScalingType: 'Linear' }],
    AutoParameters: [{ Name: 'alpha', ValueHint: '0.1' }],
  });
});

test('several kinds of trainings have objectives and ranges of their own', () => {
  const { argumentsOf } = fixture({ trainingJobs: [{ ...JOB, definitionName: 'a' }, second] });
  const { HyperParameterTuningJobConfig, TrainingJobDefinition, TrainingJobDefinitions } = argumentsOf();
  expect(Object.keys(HyperParameterTuningJobConfig)).toEqual(['Strategy', 'ResourceLimits', 'TrainingJobEarlyStoppingType']);
  expect(TrainingJobDefinition).toBeUndefined();
  const said = TrainingJobDefinitions.map((d: any) => [d.DefinitionName, d.TuningObjective, d.HyperParameterRanges.ContinuousParameterRanges.length]);
  expect(said).toEqual([
    ['a', { Type: 'Minimize', MetricName: 'rmse' }, 1], ['b', { Type: 'Maximize', MetricName: 'auc' }, 1],
  ]);
});

test('a training says all that it can in a tuning', () => {
  const { argumentsOf, stack } = fixture({}, {
    hyperparameters: { depth: '3' },
    distribution: TrainingDistribution.torchDistributed(),
    spot: { maxWait: Duration.days(1) },
    checkpoints: {},
    maxRetryAttempts: 2,
    environment: { E: '1' },
    compressOutput: true,
    volumeSize: Size.gibibytes(50),
  });
  expect(argumentsOf().TrainingJobDefinition).toMatchObject({
    StaticHyperParameters: { depth: '3', sagemaker_torch_distributed_enabled: 'true' },
    EnableManagedSpotTraining: true,
    StoppingCondition: { MaxWaitTimeInSeconds: 86_400 },
    CheckpointConfig: { S3Uri: below('/Tune/checkpoints') },
    RetryStrategy: { MaximumRetryAttempts: 2 },
    Environment: { E: '1' },
    OutputDataConfig: { CompressionType: 'GZIP' },
    HyperParameterTuningResourceConfig: { VolumeSizeInGB: 50 },
  });
  expect(warningsOf(stack)).toEqual([]);
});

test('instances to choose from, and groups', () => {
  const { argumentsOf } = fixture({}, { instanceConfigs: [{ instanceType: 'ml.m5.large' }, { instanceType: 'ml.c5.xlarge', instanceCount: 2, volumeSize: Size.gibibytes(10) }] });
  expect(argumentsOf().TrainingJobDefinition.HyperParameterTuningResourceConfig).toEqual({
    AllocationStrategy: 'Prioritized',
    InstanceConfigs: [{ InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 }, { InstanceType: 'ml.c5.xlarge', InstanceCount: 2, VolumeSizeInGB: 10 }],
    VolumeKmsKeyId: '${MlEncryptionKey1CDF763F.Arn}',
  });
  const grouped = fixture({}, { instanceGroups: [{ groupName: 'a', instanceType: 'ml.m5.large' }] }).argumentsOf().TrainingJobDefinition;
  expect(grouped.ResourceConfig.InstanceGroups).toHaveLength(1);
  expect(grouped.HyperParameterTuningResourceConfig).toBeUndefined();
});

test('instances to choose from that have disks of their own get no key, and are named', () => {
  const { argumentsOf, stack } = fixture({}, { instanceConfigs: [{ instanceType: 'ml.m5.large' }, { instanceType: 'ml.g5.xlarge' }] });
  expect(argumentsOf().TrainingJobDefinition.HyperParameterTuningResourceConfig).not.toHaveProperty('VolumeKmsKeyId');
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Instances of ml\.g5\.xlarge, on which step 'Tune' runs, have disks of their own.*cdk-ml-patterns:localDisks/)]);
});

test('code is started by the toolkit, since a tuning knows no commands', () => {
  const root = mkdtempSync(join(tmpdir(), 'tuning-'));
  writeFileSync(join(root, 'train.py'), '');
  const { argumentsOf, stack } = fixture({}, { code: ScriptCode.fromFile(join(root, 'train.py')) });
  const { StaticHyperParameters, InputDataConfig } = argumentsOf().TrainingJobDefinition;
  expect(StaticHyperParameters.sagemaker_program).toBe('"train.py"');
  expect(InputDataConfig[1].ChannelName).toBe('code');
  expect(JSON.stringify(statementsOf(Template.fromStack(stack), 'PipelineJobRolePolicy'))).toContain('cdk-hnb659fds-assets');
  rmSync(root, { recursive: true });
});

test('the models of the best trainings', () => {
  const uses = (step: TuningStep) => {
    const stack = newStack();
    const text = [step.topModelArtifact(0), step.topModelArtifact(49), step.tuningJobName, step.bestTrainingJobName].join(' ');
    new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [step, new FailStep('F', { message: text })] });
    return definitionOf(stack).Steps[1].Arguments.ErrorMessage['Std:Join'].Values;
  };
  const name = (rank: number) => ({ Get: `Steps.Tune.TrainingJobSummaries[${rank}].TrainingJobName` });
  const end = [{ Get: 'Steps.Tune.HyperParameterTuningJobName' }, ' ', { Get: 'Steps.Tune.BestTrainingJob.TrainingJobName' }];
  expect(uses(new TuningStep('Tune', { trainingJobs: [{ ...JOB, destination: 's3://models/churn/' }], maxJobs: 50 }))).toEqual(
    ['s3://models/churn/', name(0), '/output/model.tar.gz s3://models/churn/', name(49), '/output/model.tar.gz ', ...end],
  );
  const described = (place: string) => ({ Get: `Steps.Tune.${place}.OutputDataConfig.S3OutputPath` });
  expect(uses(new TuningStep('Tune', { trainingJobs: [JOB], maxJobs: 50 })).slice(0, 3)).toEqual([described('TrainingJobDefinition'), '/', name(0)]);
  expect(uses(new TuningStep('Tune', { trainingJobs: [{ ...JOB, definitionName: 'a' }, second], maxJobs: 50 }))[0]).toEqual(described('TrainingJobDefinitions[0]'));
  const apart = new TuningStep('Tune', { trainingJobs: [{ ...JOB, destination: 's3://a/b' }, { ...second, destination: 's3://c/d' }] });
  expect(errorOf(() => apart.topModelArtifact(0))).toBe("Step 'Tune' has trainings with different destinations, so it is not known where the model of one of them is");
  const loose = new TuningStep('Tune', { trainingJobs: [{ ...JOB, destination: 's3://a/b', compressOutput: false }], maxJobs: 50 });
  expect(uses(loose)).toEqual(['s3://a/b/', name(0), '/output/model/ s3://a/b/', name(49), '/output/model/ ', ...end]);
  const mixed = new TuningStep('Tune', { trainingJobs: [{ ...JOB, compressOutput: false }, { ...second, compressOutput: true }] });
  expect(errorOf(() => mixed.topModelArtifact(0))).toBe("Step 'Tune' has trainings with and without compressOutput, so it is not known where the model of one of them is");
  expect(errorOf(() => apart.trainingJobName(50))).toBe("Step 'Tune': rank must be a whole number between 0 and 49, got 50");
});

test('the pipeline may run tunings and look at their trainings; containers get what a training needs', () => {
  const { stack } = fixture({}, { destination: 's3://models/churn' });
  const pipeline = statementsOf(Template.fromStack(stack), 'PipelineRolePolicy');
  expect(statementFor(pipeline, 'sagemaker:CreateHyperParameterTuningJob')).toMatchObject({
    Action: [
      'sagemaker:AddTags', 'sagemaker:CreateHyperParameterTuningJob', 'sagemaker:DescribeHyperParameterTuningJob',
      'sagemaker:ListTrainingJobsForHyperParameterTuningJob', 'sagemaker:StopHyperParameterTuningJob',
    ],
    Resource: { 'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(/:hyper-parameter-tuning-job\/\*$/)])] },
  });
  expect(statementFor(pipeline, 'sagemaker:DescribeTrainingJob').Action).toEqual(['sagemaker:AddTags', 'sagemaker:DescribeTrainingJob']);
  expect(JSON.stringify(pipeline)).not.toContain('CreateTrainingJob');
  const job = JSON.stringify(statementsOf(Template.fromStack(stack), 'PipelineJobRolePolicy'));
  expect(job).toContain(':s3:::models/churn*');
  expect(job).toContain(':s3:::lake/train/*');
});

test('a tuning without end, and one without metric, are warned of', () => {
  const { stack } = fixture({ maxJobs: undefined }, { metricDefinitions: undefined });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/so rmse stays without a value.*metricNotDefined/), expect.stringMatching(/step 'Tune' ends.*tuningWithoutLimit/)]);
});

test.each<[string, Partial<TuningStepProps>, Partial<TuningTrainingJob>, string[]]>([
  ['nothing to tune', { trainingJobs: [] }, {}, ['trainingJobs must hold 1 to 10 entries, got 0']],
  ['no ranges', {}, { ranges: [] }, ['trainingJobs[0].ranges must hold at least 1 entry, got 0']],
  ['a metric that is not defined', {}, { objective: TuningObjective.minimize('auc') }, ["trainingJobs[0] has no metric 'auc'; it has: rmse"]],
  ['a grid of numbers', { strategy: TuningStrategy.grid() }, {}, [
    'trainingJobs[0].ranges must all be categorical, since a grid takes no others: https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-how-it-works.html',
  ]],
  ['automatic ranges', {}, { ranges: [HyperparameterRange.auto('a', '1')] }, ['trainingJobs[0].ranges hold automatic ones, which need autotune: true']],
  ['what is tuned and fixed', {}, { hyperparameters: { eta: '1' } }, ['trainingJobs[0].hyperparameters must not hold what is looked for: eta']],
  ['several without names', { trainingJobs: [JOB, { ...second, definitionName: undefined }] }, {}, [
    'trainingJobs[0].definitionName must be given, since there are several', 'trainingJobs[1].definitionName must be given, since there are several',
  ]],
  ['one name twice', { trainingJobs: [{ ...JOB, definitionName: 'b' }, second] }, {}, ['trainingJobs names must be unique, used twice: b']],
  ['bad ranges', {}, { ranges: [HyperparameterRange.integer('a', 1.5, 1), HyperparameterRange.continuous('a', 0, 1), HyperparameterRange.categorical('', [])] }, [
    'trainingJobs[0].ranges names must be unique, used twice: a', 'trainingJobs[0].ranges[0] min must be at most max, which is 1, got 1.5',
    'trainingJobs[0].ranges[0] min must be a whole number between -9007199254740991 and 9007199254740991, got 1.5',
    "trainingJobs[0].ranges[2] name must be 1 to 256 characters, got ''", 'trainingJobs[0].ranges[2] values must hold 1 to 30 entries, got 0',
  ]],
  ['Hyperband that stops early', { strategy: TuningStrategy.hyperband({ minResource: 9, maxResource: 3 }), earlyStopping: true }, {}, [
    'strategy.minResource must be at most maxResource, which is 3, got 9', 'earlyStopping must be false, since Hyperband stops trainings itself',
  ]],
  ['numbers', { maxJobs: 0, maxParallelJobs: 2, maxRuntime: Duration.minutes(1), completion: { maxJobsWithoutImprovement: 2 }, randomSeed: -1 }, {}, [
    'maxJobs must be a whole number of at least 1, got 0', 'maxParallelJobs must be at most maxJobs, which is 0, got 2',
    'maxRuntime (seconds) must be a whole number between 120 and 15768000, got 60', 'completion.maxJobsWithoutImprovement must be a whole number of at least 3, got 2',
    'randomSeed must be a whole number of at least 0, got -1',
  ]],
  ['a warm pool', {}, { keepAlivePeriod: Duration.minutes(1) }, ['trainingJobs[0].keepAlivePeriod cannot be said, since a tuning keeps its instances by itself']],
  ['instances said twice', {}, { instanceConfigs: [{ instanceType: 'm5' }], instanceType: 'ml.m5.large' }, [
    'trainingJobs[0].instanceConfigs say all of the instances: leave out the other properties of instances',
    "trainingJobs[0].instanceConfigs[0].instanceType must look like 'ml.m5.large', got 'm5'",
  ]],
  ['parents', { warmStart: TuningWarmStart.identicalDataAndAlgorithm() }, {}, ['warmStart must hold 1 to 5 entries, got 0']],
  ['a parent', { warmStart: TuningWarmStart.identicalDataAndAlgorithm('a_b') }, {}, ["warmStart must name tuning jobs, 1 to 32 letters, digits and dashes, got 'a_b'"]],
  ['variables of all together', {
    trainingJobs: [{ ...JOB, definitionName: 'a' }, second].map((t, i) => ({ ...t, environment: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`V${i}${n}`, 'x'])) })),
  }, {}, ['trainingJobs environment variables must hold 0 to 48 entries, got 60']],
  ['an image', {}, { image: SageMakerImage.fromPrivateRegistry('x/y:1') }, [
    'trainingJobs[0].image is in a private registry, which only containers of an InferenceModel and training steps can use',
  ]],
])('limits: %s', (_, props, job, expected) => {
  expect(problemsOf(props, job)).toEqual(expected);
});

test('values that are only known later pass', () => {
  const count = PipelineParameter.integer('Count');
  expect(() => fixture({ maxJobs: count.asNumber(), maxParallelJobs: count.asNumber(), randomSeed: count.asNumber() }, {
    ranges: [HyperparameterRange.continuous('a', count.asNumber(), 1)],
  }).argumentsOf()).not.toThrow();
  expect(Stack.of(fixture().stack)).toBeDefined();
});

test.each([
  ['logarithmic from zero', HyperparameterRange.continuous('eta', 0, 1, HyperparameterScaling.LOGARITHMIC), 'min must be greater than 0, since its scaling is logarithmic, got 0'],
  ['reverse logarithmic to one', HyperparameterRange.continuous('keep', 0.5, 1, HyperparameterScaling.REVERSE_LOGARITHMIC), 'max must be less than 1, since its scaling is reverse logarithmic, got 1'],
  ['reverse logarithmic from below zero', HyperparameterRange.integer('keep', -1, 0, HyperparameterScaling.REVERSE_LOGARITHMIC), 'min must be at least 0, since its scaling is reverse logarithmic, got -1'],
])('a range that its scaling does not know: %s', (_, range, message) => {
  expect(errorOf(() => fixture({}, { ranges: [range] }))).toMatch(message);
});

test('there is no better training than there are trainings', () => {
  const { step } = fixture({ maxJobs: 4 });
  expect(() => step.topModelArtifact(3)).not.toThrow();
  expect(errorOf(() => step.topModelArtifact(4))).toBe("Step 'Tune': rank must be less than maxJobs, 4, got 4");
});
