import { CfnParameter, Duration, Size } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ArtifactPrefix, CapacityReservation, ComplianceEnforcement, Hosting, InferenceAmiVersion, InstanceSettings, MlInstanceType, RoutingStrategy,
  S3Prefix,
} from '../../../src';
import { expectCompliant, stackFixture, statementFor, statementsOf, warningsOf } from '../../helper';
import { hosted, MODEL, problemsOf } from '../hosted';

const RESERVATION = 'arn:aws:sagemaker:eu-west-1:111122223333:training-plan/ours';

/** A shell into the containers is a finding. */
const JUDGED = { compliance: { exceptions: [{ rule: 'ML-SM11[AllTraffic]', reason: 'A test endpoint, for one day.' }], enforcement: ComplianceEnforcement.REPORT } };

const variantOf = (settings: InstanceSettings) => hosted(Hosting.realTime({ model: MODEL, ...settings }), JUDGED).config().ProductionVariants[0];
const problems = (settings: InstanceSettings) => problemsOf(Hosting.realTime({ model: MODEL, ...settings }));

test.each<[keyof InstanceSettings, InstanceSettings, object]>([
  ['instanceType', { instanceType: MlInstanceType.C5_XLARGE }, { InstanceType: 'ml.c5.xlarge' }],
  ['instanceCount', { instanceCount: 3 }, { InitialInstanceCount: 3 }],
  ['volumeSize', { volumeSize: Size.gibibytes(100) }, { VolumeSizeInGB: 100 }],
  ['containerStartupTimeout', { containerStartupTimeout: Duration.minutes(15) }, { ContainerStartupHealthCheckTimeoutInSeconds: 900 }],
  ['modelDownloadTimeout', { modelDownloadTimeout: Duration.minutes(20) }, { ModelDataDownloadTimeoutInSeconds: 1200 }],
  ['instanceProvisionTimeout', { instanceProvisionTimeout: Duration.minutes(30) }, { VariantInstanceProvisionTimeoutInSeconds: 1800 }],
  ['inferenceAmiVersion', { inferenceAmiVersion: InferenceAmiVersion.AL2_GPU_3_1 }, { InferenceAmiVersion: 'al2-ami-sagemaker-inference-gpu-3-1' }],
  ['ssmAccess', { ssmAccess: true }, { EnableSSMAccess: true }],
  ['routing', { routing: RoutingStrategy.RANDOM }, { RoutingConfig: { RoutingStrategy: 'RANDOM' } }],
  ['capacityReservation', { capacityReservation: CapacityReservation.only(RESERVATION) }, {
    CapacityReservationConfig: { CapacityReservationPreference: 'capacity-reservations-only', MlReservationArn: RESERVATION },
  }],
])('%s reaches the variant', (_, settings, expected) => {
  expect(variantOf(settings)).toMatchObject(expected);
});

test('pools of instance types are tried in their order, and take the place of the one type', () => {
  const variant = variantOf({ instancePools: [MlInstanceType.G5_XLARGE, MlInstanceType.of('ml.g6.xlarge')] });
  expect(variant.InstancePools).toEqual([{ InstanceType: 'ml.g5.xlarge', Priority: 1 }, { InstanceType: 'ml.g6.xlarge', Priority: 2 }]);
  expect(variant.InstanceType).toBeUndefined();
});

test('routing by prefix names both of its numbers, which CDK does not know yet', () => {
  expect(variantOf({ routing: RoutingStrategy.prefixAware({ prefixLength: 4096, concurrencyThreshold: 8 }) }).RoutingConfig).toEqual({
    RoutingStrategy: 'PREFIX_AWARE',
    PrefixAwareRoutingConfig: { PrefixLength: 4096, ConcurrencyThreshold: 8 },
  });
});

test('core dumps go to their place, encrypted, and the role may write exactly there', () => {
  const { stack, artifacts, config, template } = hosted(a => Hosting.realTime({ model: MODEL, coreDumps: a.at(ArtifactPrefix.of('dumps/')) }));
  expect(config().ProductionVariants[0].CoreDumpConfig).toEqual({
    DestinationS3Uri: stack.resolve(artifacts.bucket.s3UrlForObject('dumps/')),
    KmsKeyId: stack.resolve(artifacts.encryptionKey.keyArn),
  });
  expect(statementFor(statementsOf(template(), 'EndpointRolePolicy'), 's3:PutObject').Resource).toEqual(stack.resolve(artifacts.bucket.arnForObjects('dumps/*')));
});

test('entering containers is a warning, and the role may open the channels for it', () => {
  const { stack, template } = hosted(Hosting.realTime({ model: MODEL, ssmAccess: true }), JUDGED);
  template();
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:ssmAccess')]);
  expect(statementFor(statementsOf(template(), 'EndpointRolePolicy'), 'ssmmessages:OpenDataChannel').Resource).toBe('*');
  expect(JSON.stringify(hosted(Hosting.realTime({ model: MODEL })).template().toJSON())).not.toContain('ssmmessages');
});

test('a volume for instances with disks of their own is warned of', () => {
  const { stack, template } = hosted(Hosting.realTime({ model: MODEL, instanceType: MlInstanceType.G5_XLARGE, volumeSize: Size.gibibytes(50) }));
  template();
  expect(warningsOf(stack)[0]).toContain('volumeSize has no effect or is refused');
});

test.each<[InstanceSettings, string[]]>([
  [{ instanceCount: 0 }, ['instanceCount must be a whole number between 1 and 10000, got 0']],
  [{ instanceType: MlInstanceType.of('m5.large') }, ["instanceType must look like 'ml.m5.large', got 'm5.large'"]],
  [{ instanceType: MlInstanceType.M5_LARGE, instancePools: [MlInstanceType.M5_LARGE] }, ['instanceType and instancePools exclude each other']],
  [{ instancePools: [] }, ['instancePools must hold 1 to 5 entries, got 0']],
  [{ instancePools: [MlInstanceType.M5_LARGE, MlInstanceType.M5_LARGE] }, ['instancePools must be unique, used twice: ml.m5.large']],
  [{ volumeSize: Size.gibibytes(513) }, ['volumeSize (GiB) must be a whole number between 1 and 512, got 513']],
  [{ volumeSize: Size.mebibytes(1536) }, ['volumeSize (GiB) must be a whole number between 1 and 512, got 1.5']],
  [{ containerStartupTimeout: Duration.seconds(59) }, ['containerStartupTimeout (seconds) must be a whole number between 60 and 3600, got 59']],
  [{ modelDownloadTimeout: Duration.hours(2) }, ['modelDownloadTimeout (seconds) must be a whole number between 60 and 3600, got 7200']],
  [{ instanceProvisionTimeout: Duration.minutes(1) }, ['instanceProvisionTimeout (seconds) must be a whole number between 300 and 3600, got 60']],
  [{ inferenceAmiVersion: InferenceAmiVersion.of('AL2') }, ["inferenceAmiVersion must look like 'al2-ami-sagemaker-inference-gpu-2', got 'AL2'"]],
  [{ routing: RoutingStrategy.prefixAware({ prefixLength: 1000, concurrencyThreshold: 0 }) }, [
    'routing.prefixLength must be a whole number between 1024 and 65536, got 1000',
    'routing.concurrencyThreshold must be a whole number between 1 and 1024, got 0',
  ]],
  [{ capacityReservation: CapacityReservation.only('ours') }, ["capacityReservation must be the ARN of a capacity reservation of SageMaker, got 'ours'"]],
  [{ capacityReservation: CapacityReservation.only(RESERVATION.padEnd(259, 'x')) }, [
    expect.stringMatching(/^capacityReservation must be the ARN of a capacity reservation of SageMaker, got 'arn/) as unknown as string,
  ]],
])('%j is refused in words', (settings, expected) => {
  expect(problems(settings)).toEqual(expected);
});

test('a place for core dumps that is none is refused', () => {
  const { stack, artifacts } = hosted(Hosting.realTime({ model: MODEL }));
  expect(stack).toBeDefined();
  expect(problems({ coreDumps: S3Prefix.of(artifacts.bucket, '/dumps') })).toEqual([
    "coreDumps must end with '/', not begin with it, and hold no *, no ? and no empty part, got '/dumps'",
  ]);
});

test('a place for core dumps has a length', () => {
  const dumps = (length: number) => problems({ coreDumps: S3Prefix.of(Bucket.fromBucketName(stackFixture().stack, 'Lake', 'lake'), 'dumps/'.padStart(length, 'x')) });
  expect(dumps(512 - 's3://lake/'.length)).toEqual([]);
  expect(dumps(512)).toEqual([expect.stringMatching(/^coreDumps \(URI\) must be at most 512 characters, got 's3:\/\/lake\/xx/)]);
});

test('numbers known at deployment pass', () => {
  const { stack } = stackFixture();
  const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
  expect(problems({ instanceCount: count, volumeSize: Size.gibibytes(count), containerStartupTimeout: Duration.seconds(count) })).toEqual([]);
});

test('the fullest instances are clean', () => {
  const { stack } = hosted(a => Hosting.realTime({
    model: MODEL,
    instancePools: [MlInstanceType.of('ml.c6i.large'), MlInstanceType.C5_XLARGE],
    instanceCount: 2,
    volumeSize: Size.gibibytes(20),
    containerStartupTimeout: Duration.minutes(5),
    modelDownloadTimeout: Duration.minutes(5),
    instanceProvisionTimeout: Duration.minutes(10),
    routing: RoutingStrategy.prefixAware({ prefixLength: 2048, concurrencyThreshold: 4 }),
    coreDumps: a.at(ArtifactPrefix.of('dumps/')),
    metrics: { enhancedMetrics: true, detailedObservability: true, frequency: Duration.seconds(10) },
  }));
  expectCompliant(stack);
});
