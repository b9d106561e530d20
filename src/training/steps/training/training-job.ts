import { Duration, Token } from 'aws-cdk-lib';
import { renderMetrics } from './metric-definitions';
import { checkTrainingCluster, renderTrainingCluster } from './training-cluster';
import { addedHyperparameters, CODE_CHANNEL, CodeParts, Launcher } from './training-code';
import { TrainingJobOptions } from './training-job-options';
import { checkCheckpoints, checkSpot, renderCheckpoints } from './training-spot';
import { TrainingInputMode } from './training-values';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { checkSeconds, inSeconds } from '../../../core/units';
import { Permission } from '../../../identity/permission-statement';
import { checkUri, readUri, writeUri } from '../../definition/s3-uri';
import { checkEnvironment } from '../environment';
import { runContainer } from '../job-permissions';
import { StepContext } from '../step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const MAX_CHANNELS = 20;
const MAX_HYPERPARAMETERS = 100;
const MAX_HYPERPARAMETER_NAME = 256;
const MAX_HYPERPARAMETER = 2500;
const MAX_ENVIRONMENT_VALUE = 512;
const MAX_RUNTIME = Duration.days(28);
const MIN_PENDING = Duration.minutes(30);
const MAX_RETRIES = 30;

/** Every default stands here, and only here. */
const DEFAULTS = { maxRuntime: Duration.days(1), inputMode: TrainingInputMode.FILE };

/** One training: what it says, and where that is told. */
export interface TrainingJob {
  /** How problems name it, `step 'Train'` for example. */
  readonly place: string;
  /** Names below which it writes if it does not say where. */
  readonly segments: string[];
  readonly options: TrainingJobOptions;
  readonly maxEnvironment: number;
  readonly launcher: Launcher;
}

/** What can be checked without the pipeline around it. */
export function checkTraining({ place, options, maxEnvironment, launcher }: TrainingJob, problems: Problems): void {
  const name = (prop: string) => `${place}.${prop}`;
  const { image, algorithm, channels, code, distribution, hyperparameters = {}, maxRuntime, maxPendingTime } = options;
  problems.check((image === undefined) !== (algorithm === undefined), `${place} must have an image or an algorithm, and not both`);
  algorithm?._check(name('algorithm'), problems);
  checkUri(name('destination'), options.destination, problems);
  checkEnvironment(name('environment'), options.environment, MAX_ENVIRONMENT_VALUE, problems);
  problems.count(name('environment'), Object.keys(options.environment ?? {}), 0, maxEnvironment);
  problems.count(name('channels'), channels, 1, code === undefined ? MAX_CHANNELS : MAX_CHANNELS - 1);
  problems.unique(`${name('channels')} names`, [...channels?.map(c => c.channelName) ?? [], ...code === undefined ? [] : [CODE_CHANNEL]]);
  channels?.forEach((c, i) => c._check(`${name('channels')}[${i}]`, problems));
  code?._check(name('code'), problems);
  problems.check(code === undefined || launcher !== 'toolkit' || image?._kitBase === undefined,
    `${name('code')} would not run, since the image is of the container kit, which holds no training toolkit: put the code into the image, with ContainerSource.fromTemplate`);
  distribution?._check(name('distribution'), problems);
  const added = [...addedHyperparameters(code, launcher), ...Object.keys(distribution?._hyperparameters() ?? {})];
  problems.count(name('hyperparameters'), Object.keys(hyperparameters), 0, MAX_HYPERPARAMETERS - added.length);
  for (const [key, value] of Object.entries(hyperparameters)) {
    problems.check(key !== '' && key.length <= MAX_HYPERPARAMETER_NAME, `${name('hyperparameters')} must have names of 1 to ${MAX_HYPERPARAMETER_NAME} characters, got '${key}'`);
    problems.pattern(name(`hyperparameters.${key}`), value, /^[\s\S]*$/, 'be text');
    if (!Token.isUnresolved(value)) { problems.range(`${name(`hyperparameters.${key}`)} (characters)`, value.length, 0, MAX_HYPERPARAMETER); }
    problems.check(!added.includes(key), `${name(`hyperparameters.${key}`)} is said by code or distribution`);
  }
  checkTrainingCluster(name, options, problems);
  checkSeconds(name('maxRuntime'), maxRuntime, { min: 1, max: MAX_RUNTIME.toSeconds() }, problems);
  checkSeconds(name('maxPendingTime'), maxPendingTime, { min: MIN_PENDING.toSeconds(), max: MAX_RUNTIME.toSeconds() }, problems);
  problems.integer(name('maxRetryAttempts'), options.maxRetryAttempts, 1, MAX_RETRIES);
  problems.check(options.spot === undefined || options.instancePreferences === undefined, `${place} must have spot or instancePreferences, not both`);
  checkSpot(name, options.spot, { maxRuntime, byDefault: DEFAULTS.maxRuntime }, problems);
  checkCheckpoints(name('checkpoints'), options.checkpoints, problems);
}

/** What depends on the pipeline around it. */
export function checkTrainingIn({ place, options }: TrainingJob, context: StepContext, problems: Problems): void {
  const groups = options.instanceGroups?.map(g => g.groupName) ?? [];
  options.channels?.forEach((c, i) => c._checkIn(`${place}.channels[${i}]`, groups, context, problems));
}

/** What the role of the containers needs. */
export function trainingPermissions({ options }: TrainingJob, context: StepContext, code: CodeParts): Permission[] {
  const { scope } = context;
  const { image, channels = [], destination, checkpoints } = options;
  const kept = checkpoints?.destination;
  return [
    ...runContainer(context, image, 'TrainingJobs'),
    ...channels.flatMap(c => c._read(context)),
    ...code.permissions,
    ...destination === undefined ? [] : writeUri(scope, destination),
    ...kept === undefined ? [] : [...readUri(scope, kept), ...writeUri(scope, kept)],
  ];
}

/** The part that `CreateTrainingJob` and a definition of `CreateHyperParameterTuningJob` have in common. */
export function renderTraining({ segments, options }: TrainingJob, context: StepContext, code: CodeParts) {
  const { protection, defaultUri, jobRoleArn } = context;
  const { image, algorithm, spot, maxRetryAttempts, compressOutput } = options;
  const channels = [...options.channels?.map(c => c._render()) ?? [], ...code.channels];
  const hyperparameters = { ...code.hyperparameters, ...options.distribution?._hyperparameters(), ...options.hyperparameters };
  return {
    AlgorithmSpecification: {
      TrainingInputMode: options.inputMode ?? DEFAULTS.inputMode,
      TrainingImage: image?.imageUri,
      AlgorithmName: algorithm?._name,
      MetricDefinitions: renderMetrics(options.metricDefinitions),
    },
    OutputDataConfig: {
      S3OutputPath: options.destination ?? defaultUri(...segments),
      KmsKeyId: protection.key?.keyArn,
      CompressionType: compressOutput === undefined ? undefined : compressOutput ? 'GZIP' : 'NONE',
    },
    StoppingCondition: {
      MaxRuntimeInSeconds: inSeconds(options.maxRuntime ?? DEFAULTS.maxRuntime),
      MaxWaitTimeInSeconds: inSeconds(spot?.maxWait),
      MaxPendingTimeInSeconds: inSeconds(options.maxPendingTime),
    },
    ResourceConfig: renderTrainingCluster(options, context),
    RoleArn: jobRoleArn,
    InputDataConfig: channels.length > 0 ? channels : undefined,
    HyperParameters: Object.keys(hyperparameters).length > 0 ? sorted(hyperparameters) : undefined,
    Environment: sorted(options.environment),
    EnableNetworkIsolation: protection.networkIsolation,
    EnableInterContainerTrafficEncryption: protection.encryptTraffic,
    VpcConfig: protection.vpcConfig,
    EnableManagedSpotTraining: spot === undefined ? undefined : true,
    CheckpointConfig: renderCheckpoints(options.checkpoints, () => defaultUri(...segments, 'checkpoints')),
    RetryStrategy: maxRetryAttempts === undefined ? undefined : { MaximumRetryAttempts: maxRetryAttempts },
  };
}
