import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { warnLate } from '../../../compliance/late-warning';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { keyForVolumes, keyThrough } from '../../../identity/key-permissions';
import { MlInstanceType } from '../../../instances/ml-instance-type';
import { renderTransformJob, unlistedInstanceType } from '../../../jobs/transform-job';
import { checkTransform, TransformOptions } from '../../../jobs/transform-options';
import { literalText } from '../../definition/literal';
import { checkUri, readUri, writeUri } from '../../definition/s3-uri';
import { checkInstanceType, volumeKey, warnOfLocalDisks } from '../instances';
import { JobDefaults } from '../job-defaults';
import { runJobs } from '../job-permissions';
import { checkTags } from '../job-tags';
import { modelStepOf } from '../models/model-of';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { CacheableStepProps, RetryableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html */
const DISPLAY_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}$/;
const AMI_VERSION = /^(?=.{1,63}$)[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/;

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: 'ml.m5.large' };

/**
 * Properties of a TransformStep.
 */
export interface TransformStepProps extends CacheableStepProps, RetryableStepProps, TransformOptions {
  /** Name of the SageMaker model: `modelName` of a ModelStep or of a BatchTransform, or a variable. */
  readonly modelName: string;

  /**
   * The role of the model, which reads the input and writes the output. It gets the rights to do so as far as the URIs are known at synth.
   *
   * @default - that of the ModelStep that makes the model; otherwise a role that has these rights already
   */
  readonly modelRole?: IRole;

  /** S3 URI of the records, a prefix; may be a step's output or a parameter. */
  readonly input: string;

  /**
   * Whether the input is a manifest, that is a list of objects, and not a prefix.
   *
   * @default false
   */
  readonly manifest?: boolean;

  /**
   * S3 URI below which the answers go, one object with the suffix `.out` for each object read.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * S3 URI below which SageMaker keeps what the model got and answered, for monitors.
   *
   * @default - nothing is kept
   */
  readonly captureDestination?: string;

  /**
   * Whether each answer that is kept gets an id, with which its ground truth can be found.
   *
   * @default - it gets none
   */
  readonly captureInferenceId?: boolean;

  /**
   * Type of the instances, for example `ml.m5.xlarge`, or a parameter.
   *
   * @default 'ml.m5.large'
   */
  readonly instanceType?: string;

  /**
   * Key that encrypts volumes and output of this job, in place of that of the pipeline's job defaults.
   *
   * @default - the key of the job defaults
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Machine image of the instances, for example `al2-ami-sagemaker-batch-gpu-535`.
   *
   * @default - as SageMaker chooses
   */
  readonly transformAmiVersion?: string;

  /**
   * Name under which the experiment of the execution shows the job, up to 120 letters, digits and dashes.
   *
   * @default - as SageMaker names it
   */
  readonly trialComponentDisplayName?: string;

  /**
   * Tags of the job.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A step that runs a model over data in S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-transform
 */
export class TransformStep extends PipelineStep {
  private readonly ownKey?: JobDefaults;

  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props model, data and instances
   */
  constructor(stepName: string, private readonly props: TransformStepProps) {
    super(stepName, 'Transform', props);
    this.ownKey = props.encryptionKey && JobDefaults.secure({ encryptionKey: props.encryptionKey });
  }

  /** S3 URI below which the answers are. */
  public get transformOutput(): string {
    return this._variable('TransformOutput.S3OutputPath').asString();
  }

  /** Name of the job. */
  public get transformJobName(): string {
    return this._variable('TransformJobName').asString();
  }

  /**
   * With this step's own key, if it has one.
   *
   * @internal
   */
  public _own(context: StepContext): StepContext {
    if (this.ownKey === undefined) { return context; }
    return { ...context, protection: { ...context.protection, key: context.protect(this.ownKey).key } };
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { props } = this;
    for (const uri of ['input', 'destination', 'captureDestination'] as const) { checkUri(name(uri), props[uri], problems); }
    problems.check(props.captureInferenceId === undefined || props.captureDestination !== undefined, `${name('captureInferenceId')} needs captureDestination`);
    checkInstanceType(name('instanceType'), props.instanceType, problems);
    modelStepOf(props.modelName)?._model._checkRunsOn(`step '${this.stepName}'`, props.instanceType ?? DEFAULTS.instanceType, problems);
    problems.pattern(name('trialComponentDisplayName'), props.trialComponentDisplayName, DISPLAY_NAME, 'be 1 to 120 letters, digits and dashes');
    problems.pattern(name('transformAmiVersion'), props.transformAmiVersion, AMI_VERSION, 'be 1 to 63 letters, digits and dashes');
    checkTransform(props, name, problems);
    checkTags(name('tags'), props.tags, problems);
  }

  /**
   * The data are read and written by the role of the model, not by that of the jobs.
   *
   * @internal
   */
  public _permissions({ scope, protection: { key } }: StepContext): StepPermissions {
    const { modelName, input, destination, captureDestination } = this.props;
    const made = modelStepOf(modelName);
    const modelRole = this.props.modelRole ?? made?._role;
    const written = [destination, captureDestination].filter((uri): uri is string => uri !== undefined);
    const permissions = [
      ...readUri(scope, input),
      ...written.flatMap(uri => writeUri(scope, uri)),
      ...key === undefined ? [] : [keyThrough(key, 's3', 'kms:Decrypt', 'kms:GenerateDataKey'), ...keyForVolumes(key)],
    ];
    return {
      pipeline: [runJobs(scope, 'TransformJob', 'transform-job')],
      job: made !== undefined && modelRole === undefined ? permissions : [], // the model has the role of the jobs
      model: modelRole && { role: modelRole, permissions },
    };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    const instanceType = this.props.instanceType ?? DEFAULTS.instanceType;
    warnOfLocalDisks(this.stepName, instanceType, context);
    const unlisted = unlistedInstanceType(MlInstanceType.of(literalText(instanceType) ?? ''));
    if (unlisted !== undefined) { warnLate(context.scope, 'cdk-ml-patterns:transformInstanceType', `Step '${this.stepName}': ${unlisted}`); }
  }

  /** @internal */
  protected _arguments({ protection, defaultUri }: StepContext): object {
    const { props } = this;
    const instanceType = props.instanceType ?? DEFAULTS.instanceType;
    const keyId = protection.key?.keyArn;
    const job = renderTransformJob({
      modelName: props.modelName,
      input: { uri: props.input, manifest: props.manifest },
      output: { uri: props.destination ?? defaultUri(this.stepName), keyId },
      capture: props.captureDestination === undefined ? undefined : { uri: props.captureDestination, keyId, inferenceId: props.captureInferenceId },
      instanceType,
      volumeKeyId: volumeKey(instanceType, { protection }),
      options: props,
    });
    return {
      ...job,
      TransformResources: { ...job.TransformResources, TransformAmiVersion: props.transformAmiVersion },
      ExperimentConfig: props.trialComponentDisplayName === undefined ? undefined : { TrialComponentDisplayName: props.trialComponentDisplayName },
      Tags: keyValues(props.tags),
    };
  }
}
