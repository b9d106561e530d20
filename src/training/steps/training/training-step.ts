import { checkDebugHook, checkTensorBoard, renderDebugHook, renderTensorBoard } from './debug-hook';
import { checkMetrics, warnOfMetrics } from './metric-definitions';
import { instanceTypes } from './training-cluster';
import { CodeParts, codeParts, Launcher } from './training-code';
import { checkTraining, checkTrainingIn, renderTraining, TrainingJob, trainingPermissions } from './training-job';
import { TrainingRule } from './training-rule';
import { TrainingStepProps } from './training-step-props';
import { warnOfTraining } from './training-warnings';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { Permission } from '../../../identity/permission-statement';
import { holdsVariable, shown } from '../../definition/literal';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { writeUri } from '../../definition/s3-uri';
import { checkRunsOn } from '../instances';
import { runJobs } from '../job-permissions';
import { JobStep } from '../job-step';
import { checkTags } from '../job-tags';
import { StepContext, StepPermissions } from '../step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const MAX_ENVIRONMENT = 100;
const MAX_WORDS = 100;
const MAX_WORD = 256;

/** https://docs.aws.amazon.com/sagemaker/latest/dg/train-remote-debugging.html */
const REMOTE_DEBUG: Permission = {
  actions: ['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'],
  resources: ['*'],
  reason: 'The channels of AWS Systems Manager know no resources.',
};

/**
 * A step that trains a model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-training
 */
export class TrainingStep extends JobStep {
  private readonly asked = new Set<string>();

  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props image, channels, hyperparameters and instances
   */
  constructor(stepName: string, private readonly props: TrainingStepProps) {
    super(stepName, 'Training', props);
  }

  /** S3 URI of the model artifact. */
  public get modelArtifact(): string {
    return this._variable('ModelArtifacts.S3ModelArtifacts').asString();
  }

  /** Name that SageMaker gave the job. */
  public get trainingJobName(): string {
    return this._variable('TrainingJobName').asString();
  }

  /**
   * The last value of a metric that the training reported, one of the `metricDefinitions` or of those that an algorithm of AWS defines itself.
   *
   * @param metricName name of the metric, for example `validation:rmse`; without quotes
   */
  public finalMetric(metricName: string): PipelineVariable {
    if (metricName.includes("'") || holdsVariable(metricName)) {
      throw new Error(`Step '${this.stepName}': the name of a metric that is asked for must hold no quotes and no variables, since it stands in a path, got "${shown(metricName)}"`);
    }
    this.asked.add(metricName);
    return this._variable(`FinalMetricDataList['${metricName}'].Value`, true);
  }

  /** @internal */
  public get _destination(): string | undefined {
    return this.props.destination;
  }

  /** @internal */
  public get _image(): SageMakerImage | undefined {
    return this.props.image;
  }

  /** @internal */
  public get _images(): SageMakerImage[] {
    const { debugRules = [], profilerRules = [] } = this.props;
    return [...super._images, ...[...debugRules, ...profilerRules].map(r => r._image)];
  }

  /** @internal */
  public get _takesPrivateRegistry(): boolean {
    return true;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { props, launcher, training: { place } } = this;
    const name = (prop: string) => `${place}.${prop}`;
    checkTraining(this.training, problems);
    checkRunsOn(name('image'), props.image, instanceTypes(props), problems);
    for (const [list, words] of [['entrypoint', props.entrypoint], ['arguments', props.arguments]] as const) {
      problems.count(name(list), words, 1, MAX_WORDS);
      if (!problems.knownList(name(list), words)) { continue; }
      words?.forEach((word, i) => problems.pattern(`${name(list)}[${i}]`, word, new RegExp(`^[^]{0,${MAX_WORD}}$`), `be at most ${MAX_WORD} characters`));
    }
    problems.check(props.code === undefined || props.entrypoint === undefined, `${place} must have code or an entrypoint, not both`);
    problems.check(props.code !== undefined || !props.trainingToolkit, `${name('trainingToolkit')} needs code`);
    problems.check(props.code === undefined || props.distribution === undefined || launcher === 'toolkit',
      `${name('distribution')} of code needs trainingToolkit: true, since the toolkit starts the processes`);
    checkMetrics(place, props.metricDefinitions, [...this.asked], problems);
    checkDebugHook(name('debugHook'), props.debugHook, problems);
    TrainingRule._checkAll(name('debugRules'), props.debugRules, problems);
    props.profiler?._check(name('profiler'), problems);
    TrainingRule._checkAll(name('profilerRules'), props.profilerRules, problems);
    checkTensorBoard(name('tensorBoard'), props.tensorBoard, problems);
    checkTags(name('tags'), props.tags, problems);
  }

  /** @internal */
  public _checkIn(context: StepContext, problems: Problems): void {
    const { training, props: { image } } = this;
    checkTrainingIn(training, context, problems);
    const reached = image?._privateRegistry === undefined || context.protection.vpcConfig !== undefined;
    problems.check(reached, `${training.place}.image is in a private registry, which SageMaker reaches through a VPC only: give jobDefaults a vpc`);
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    const { debugHook, profiler, tensorBoard, debugRules = [], profilerRules = [], remoteDebug } = this.props;
    const written = [debugHook?.destination, profiler?._destination, tensorBoard?.destination].filter((uri): uri is string => uri !== undefined);
    return {
      pipeline: [runJobs(context.scope, 'TrainingJob', 'training-job')],
      job: [
        ...trainingPermissions(this.training, context, this.code(context)),
        ...written.flatMap(uri => writeUri(context.scope, uri)),
        ...[...debugRules, ...profilerRules].flatMap(r => r._permissions(context)),
        ...remoteDebug ?? false ? [REMOTE_DEBUG] : [],
      ],
    };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    const { stepName, props, asked, launcher } = this;
    warnOfTraining(stepName, props, launcher, context);
    warnOfMetrics(stepName, props, [...asked], context);
  }

  /** @internal */
  protected _arguments(context: StepContext): object {
    const { props, stepName } = this;
    const code = this.code(context);
    const { AlgorithmSpecification, ...common } = renderTraining(this.training, context, code);
    const below = (segment: string) => () => context.defaultUri(stepName, segment);
    return {
      ...common,
      AlgorithmSpecification: {
        ...AlgorithmSpecification,
        TrainingImageConfig: renderRegistry(props.image),
        ContainerEntrypoint: code.entrypoint ?? props.entrypoint,
        ContainerArguments: props.arguments,
        EnableSageMakerMetricsTimeSeries: props.metricsTimeSeries,
      },
      DebugHookConfig: renderDebugHook(props.debugHook, below('debug')),
      DebugRuleConfigurations: props.debugRules?.map(r => r._render()),
      ProfilerConfig: props.profiler?._render(below('profile')),
      ProfilerRuleConfigurations: props.profilerRules?.map(r => r._render()),
      TensorBoardOutputConfig: renderTensorBoard(props.tensorBoard, below('tensorboard')),
      RemoteDebugConfig: props.remoteDebug === undefined ? undefined : { EnableRemoteDebug: props.remoteDebug },
      InfraCheckConfig: props.infraCheck === undefined ? undefined : { EnableInfraCheck: props.infraCheck },
      Tags: keyValues(props.tags),
    };
  }

  private get training(): TrainingJob {
    const { stepName, props: options, launcher } = this;
    return { place: `step '${stepName}'`, segments: [stepName], options, maxEnvironment: MAX_ENVIRONMENT, launcher };
  }

  private get launcher(): Launcher {
    return this.props.trainingToolkit ?? false ? 'toolkit' : 'command';
  }

  private code(context: StepContext): CodeParts {
    return codeParts(this.props.code, this.launcher, this.props.inputMode, context);
  }
}

function renderRegistry(image: SageMakerImage | undefined): object | undefined {
  const registry = image?._privateRegistry;
  const arn = registry?.credentialsProvider?.functionRef.functionArn;
  return registry && {
    TrainingRepositoryAccessMode: 'Vpc',
    TrainingRepositoryAuthConfig: arn === undefined ? undefined : { TrainingRepositoryCredentialsProviderArn: arn },
  };
}
