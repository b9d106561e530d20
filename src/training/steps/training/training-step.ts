import { Duration, Size, Token } from 'aws-cdk-lib';
import { checkEnvironment } from '../environment';
import { checkInstanceType, checkVolumeSize, DEFAULT_INSTANCE_TYPE, gibibytes, volumeKey, warnOfLocalDisks } from '../instances';
import { runContainer, runJobs } from '../job-permissions';
import { JobStep } from '../job-step';
import { checkMetrics, renderMetrics, warnOfMetrics } from './metric-definitions';

import { StepContext, StepPermissions } from '../step-context';
import { JobStepProps, RetryableStepProps } from '../step-props';
import { TrainingChannel } from './training-channel';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { checkUri, writeUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const MAX_CHANNELS = 20;
const MAX_HYPERPARAMETERS = 100;
const MAX_HYPERPARAMETER = 2500;
const MAX_ENVIRONMENT_VALUE = 512;
const MAX_RUNTIME = Duration.days(28);

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: DEFAULT_INSTANCE_TYPE, instanceCount: 1, volumeSize: Size.gibibytes(30), maxRuntime: Duration.days(1) };

/**
 * Properties of a TrainingStep.
 */
export interface TrainingStepProps extends JobStepProps, RetryableStepProps {
  /** The image that trains. */
  readonly image: SageMakerImage;

  /** The data, 1 to 20 channels. */
  readonly channels: TrainingChannel[];

  /**
   * Hyperparameters, up to 100, each value up to 2500 characters.
   *
   * @default - none
   */
  readonly hyperparameters?: { [name: string]: string };

  /**
   * Environment variables of the container, up to 100, each value up to 512 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * How SageMaker finds metrics in the log of the container: up to 40 names of up to 255 characters, each with a regular expression of up to 500
   * characters whose group is the value, for example `{ 'validation:rmse': 'validation-rmse:([0-9.]+)' }`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/define-train-metrics.html
   *
   * @default - those that an algorithm of AWS defines itself; none for other images
   */
  readonly metricDefinitions?: { [metricName: string]: string };

  /**
   * S3 URI below which the model artifact goes.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * S3 URI for the tensors of SageMaker Debugger.
   *
   * @default - Debugger is not asked for
   */
  readonly debuggerDestination?: string;

  /**
   * S3 URI for the measurements of SageMaker's profiler.
   *
   * @default - the profiler is not asked for
   */
  readonly profilerDestination?: string;

  /**
   * Type of the instances, for example `ml.m5.xlarge`, or a parameter.
   *
   * @default 'ml.m5.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Number of instances, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;

  /**
   * How long the job may run, up to 28 days.
   *
   * @default Duration.days(1)
   */
  readonly maxRuntime?: Duration;
}

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

  /**
   * The last value of a metric that the training reported, one of the `metricDefinitions` or of those that an algorithm of AWS defines itself.
   *
   * @param metricName name of the metric, for example `validation:rmse`
   */
  public finalMetric(metricName: string): PipelineVariable {
    this.asked.add(metricName);
    return this._variable(`FinalMetricDataList['${metricName}'].Value`, true);
  }

  /** @internal */
  public get _destination(): string | undefined {
    return this.props.destination;
  }

  /** @internal */
  public get _image(): SageMakerImage {
    return this.props.image;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { props } = this;
    for (const uri of ['destination', 'debuggerDestination', 'profilerDestination'] as const) { checkUri(name(uri), props[uri], problems); }
    checkEnvironment(name('environment'), props.environment, MAX_ENVIRONMENT_VALUE, problems);
    problems.count(name('channels'), props.channels, 1, MAX_CHANNELS);
    problems.unique(`${name('channels')} names`, props.channels.map(c => c.channelName));
    props.channels.forEach((c, i) => c._check(`${name('channels')}[${i}]`, problems));
    problems.count(name('hyperparameters'), Object.keys(props.hyperparameters ?? {}), 0, MAX_HYPERPARAMETERS);
    for (const [key, value] of Object.entries(props.hyperparameters ?? {})) {
      problems.pattern(name(`hyperparameters.${key}`), value, /^[\s\S]*$/, 'be text');
      if (!Token.isUnresolved(value)) { problems.range(`${name(`hyperparameters.${key}`)} (characters)`, value.length, 0, MAX_HYPERPARAMETER); }
    }
    checkMetrics(this.stepName, props.metricDefinitions, [...this.asked], problems);
    checkInstanceType(name('instanceType'), props.instanceType, problems);
    problems.integer(name('instanceCount'), props.instanceCount, 1, Number.MAX_SAFE_INTEGER);
    checkVolumeSize(name('volumeSize'), props.volumeSize, problems);
    problems.range(`${name('maxRuntime')} (seconds)`, props.maxRuntime?.toSeconds(), 1, MAX_RUNTIME.toSeconds());
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    const { scope } = context;
    const { image, channels, destination, debuggerDestination, profilerDestination } = this.props;
    const written = [destination, debuggerDestination, profilerDestination].filter((uri): uri is string => uri !== undefined);
    return {
      pipeline: [runJobs(scope, 'TrainingJob', 'training-job')],
      job: [...runContainer(context, image, 'TrainingJobs'), ...channels.flatMap(c => c._read(scope)), ...written.flatMap(uri => writeUri(scope, uri))],
    };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    warnOfLocalDisks(this.stepName, this.props.instanceType ?? DEFAULTS.instanceType, context);
    warnOfMetrics(this.stepName, this.props.metricDefinitions, [...this.asked], context);
  }

  /** @internal */
  protected _arguments({ jobRoleArn, protection, defaultUri }: StepContext): object {
    const { props } = this;
    return {
      AlgorithmSpecification: { TrainingInputMode: 'File', TrainingImage: props.image.imageUri, MetricDefinitions: renderMetrics(props.metricDefinitions) },
      OutputDataConfig: { S3OutputPath: props.destination ?? defaultUri(this.stepName), KmsKeyId: protection.key?.keyArn },
      StoppingCondition: { MaxRuntimeInSeconds: (props.maxRuntime ?? DEFAULTS.maxRuntime).toSeconds() },
      ResourceConfig: {
        VolumeSizeInGB: gibibytes(props.volumeSize ?? DEFAULTS.volumeSize),
        InstanceCount: props.instanceCount ?? DEFAULTS.instanceCount,
        InstanceType: props.instanceType ?? DEFAULTS.instanceType,
        VolumeKmsKeyId: volumeKey(props.instanceType ?? DEFAULTS.instanceType, { protection }),
      },
      RoleArn: jobRoleArn,
      InputDataConfig: props.channels.map(c => c._render()),
      HyperParameters: sorted(props.hyperparameters),
      Environment: sorted(props.environment),
      DebugHookConfig: props.debuggerDestination && { S3OutputPath: props.debuggerDestination, CollectionConfigurations: [] },
      ProfilerConfig: props.profilerDestination && { S3OutputPath: props.profilerDestination, DisableProfiler: false },
      EnableNetworkIsolation: protection.networkIsolation,
      EnableInterContainerTrafficEncryption: protection.encryptTraffic,
      VpcConfig: protection.vpcConfig,
    };
  }
}
