import { Duration, Size } from 'aws-cdk-lib';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { ReportMetric } from '../../definition/report-metric';
import { checkEnvironment } from '../environment';
import { checkInstanceType, checkVolumeSize, DEFAULT_INSTANCE_TYPE, gibibytes, volumeKey, warnOfLocalDisks } from '../instances';
import { runContainer, runJobs } from '../job-permissions';
import { JobStep } from '../job-step';

import { ProcessingInput, ProcessingOutput } from './processing-io';
import { StepContext, StepPermissions } from '../step-context';
import { JobStepProps, RetryableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html */
const MAX_INPUTS = 10;
const MAX_INSTANCES = 100;
const MAX_ENVIRONMENT_VALUE = 256;
const MAX_RUNTIME = Duration.days(5);
const MAX_ARGUMENT = 256;
const REPORT_PATH = /^(?!\/)(?!(.*\/)?\.\.\/).+\.json$/;

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: DEFAULT_INSTANCE_TYPE, instanceCount: 1, volumeSize: Size.gibibytes(30) };

/**
 * A JSON file that a processing step writes, so that conditions can read metrics from it.
 */
export interface ProcessingReport {
  /** The output that holds the file. */
  readonly outputName: string;

  /** Path of the file in the output, for example `evaluation.json`. */
  readonly path: string;

  /**
   * Name of the report, unique in its step.
   *
   * @default 'Report'
   */
  readonly reportName?: string;
}

/**
 * Properties of a ProcessingStep.
 */
export interface ProcessingStepProps extends JobStepProps, RetryableStepProps {
  /** The image that processes. */
  readonly image: SageMakerImage;

  /**
   * Command that the container runs, each word up to 256 characters.
   *
   * @default - what the image runs by itself
   */
  readonly entrypoint?: string[];

  /**
   * Arguments of the command, each up to 256 characters.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * Data that is copied into the container, up to 10.
   *
   * @default - none
   */
  readonly inputs?: ProcessingInput[];

  /**
   * What is copied out of the container, up to 10.
   *
   * @default - none
   */
  readonly outputs?: ProcessingOutput[];

  /**
   * The report from which conditions read metrics.
   *
   * @default - no report
   */
  readonly report?: ProcessingReport;

  /**
   * Environment variables of the container, up to 100. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Type of the instances, for example `ml.m5.xlarge`, or a parameter.
   *
   * @default 'ml.m5.xlarge'
   */
  readonly instanceType?: string;

  /**
   * Number of instances, 1 to 100, or a parameter.
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
   * How long the job may run, up to 5 days.
   *
   * @default - what SageMaker allows, 1 day
   */
  readonly maxRuntime?: Duration;
}

/**
 * A step that runs a container over data: preparing it, or evaluating a model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-processing
 */
export class ProcessingStep extends JobStep {
  private readonly inputs: ProcessingInput[];
  private readonly outputs: ProcessingOutput[];

  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props image, data and instances
   */
  constructor(stepName: string, private readonly props: ProcessingStepProps) {
    super(stepName, 'Processing', props);
    this.inputs = props.inputs ?? [];
    this.outputs = props.outputs ?? [];
  }

  /**
   * S3 URI of an output.
   *
   * @param outputName one of the step's outputs
   */
  public output(outputName: string): string {
    const known = this.outputs.map(o => o.outputName);
    if (!known.includes(outputName)) {
      throw new Error(`Step '${this.stepName}' has no output '${outputName}'; it has: ${known.length > 0 ? known.join(', ') : 'none'}`);
    }
    return this._variable(`ProcessingOutputConfig.Outputs['${outputName}'].S3Output.S3Uri`).asString();
  }

  /**
   * A number in the step's report.
   *
   * @param path where it stands, for example `regression_metrics.mse.value`
   */
  public metric(path: string): ReportMetric {
    if (this.props.report === undefined) { throw new Error(`Step '${this.stepName}' has no report to read the metric '${path}' from`); }
    return ReportMetric._of(this, this.reportName, path);
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
    for (const [list, words] of [['entrypoint', props.entrypoint], ['arguments', props.arguments]] as const) {
      if (!problems.knownList(name(list), words)) { continue; }
      words?.forEach((word, i) => problems.pattern(`${name(list)}[${i}]`, word, new RegExp(`^[\\s\\S]{0,${MAX_ARGUMENT}}$`), `be at most ${MAX_ARGUMENT} characters`));
    }
    problems.count(name('inputs'), this.inputs, 0, MAX_INPUTS);
    problems.count(name('outputs'), this.outputs, 0, MAX_INPUTS);
    problems.unique(`${name('inputs')} names`, this.inputs.map(i => i.inputName));
    problems.unique(`${name('outputs')} names`, this.outputs.map(o => o.outputName));
    this.inputs.forEach((input, i) => input._check(`${name('inputs')}[${i}]`, problems));
    this.outputs.forEach((output, i) => output._check(`${name('outputs')}[${i}]`, problems));
    problems.oneOf(`${name('report')}.outputName`, props.report?.outputName, this.outputs.map(o => o.outputName));
    problems.pattern(`${name('report')}.path`, props.report?.path, REPORT_PATH, "be a relative path to a .json file, without '..'");
    checkEnvironment(name('environment'), props.environment, MAX_ENVIRONMENT_VALUE, problems);
    checkInstanceType(name('instanceType'), props.instanceType, problems);
    problems.integer(name('instanceCount'), props.instanceCount, 1, MAX_INSTANCES);
    checkVolumeSize(name('volumeSize'), props.volumeSize, problems);
    problems.range(`${name('maxRuntime')} (seconds)`, props.maxRuntime?.toSeconds(), 1, MAX_RUNTIME.toSeconds());
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    const { scope } = context;
    return {
      pipeline: [runJobs(scope, 'ProcessingJob', 'processing-job')],
      job: [...runContainer(context, this.props.image, 'ProcessingJobs'), ...this.inputs.flatMap(i => i._read(scope)), ...this.outputs.flatMap(o => o._write(scope))],
    };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    warnOfLocalDisks(this.stepName, this.props.instanceType ?? DEFAULTS.instanceType, context);
  }

  /** @internal */
  protected _arguments({ jobRoleArn, protection, defaultUri }: StepContext): object {
    const { props } = this;
    const network = {
      EnableNetworkIsolation: protection.networkIsolation,
      EnableInterContainerTrafficEncryption: protection.encryptTraffic,
      VpcConfig: protection.vpcConfig,
    };
    return {
      ProcessingResources: {
        ClusterConfig: {
          InstanceType: props.instanceType ?? DEFAULTS.instanceType,
          InstanceCount: props.instanceCount ?? DEFAULTS.instanceCount,
          VolumeSizeInGB: gibibytes(props.volumeSize ?? DEFAULTS.volumeSize),
          VolumeKmsKeyId: volumeKey(props.instanceType ?? DEFAULTS.instanceType, { protection }),
        },
      },
      AppSpecification: { ImageUri: props.image.imageUri, ContainerArguments: props.arguments, ContainerEntrypoint: props.entrypoint },
      RoleArn: jobRoleArn,
      StoppingCondition: props.maxRuntime && { MaxRuntimeInSeconds: props.maxRuntime.toSeconds() },
      Environment: sorted(props.environment),
      ProcessingInputs: this.inputs.length > 0 ? this.inputs.map(i => i._render()) : undefined,
      ProcessingOutputConfig: this.outputs.length === 0 ? undefined : {
        Outputs: this.outputs.map(o => o._render(() => defaultUri(this.stepName, o.outputName))),
        KmsKeyId: protection.key?.keyArn,
      },
      NetworkConfig: Object.values(network).some(v => v !== undefined) ? network : undefined,
    };
  }

  /** @internal */
  protected _extra(): object {
    const { report } = this.props;
    return { PropertyFiles: report && [{ PropertyFileName: this.reportName, OutputName: report.outputName, FilePath: report.path }] };
  }

  private get reportName(): string {
    return this.props.report?.reportName ?? 'Report';
  }
}
