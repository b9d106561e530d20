import { Validations } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { MlInstanceType } from '../../../containers/ml-instance-type';
import { Problems } from '../../../core/problems';
import { keyForVolumes, keyThrough } from '../../../identity/key-permissions';
import { renderTransformJob, unlistedInstanceType } from '../../../jobs/transform-job';
import { checkTransform, TransformOptions } from '../../../jobs/transform-options';
import { literalText } from '../../definition/literal';
import { checkUri, readUri, writeUri } from '../../definition/s3-uri';
import { checkInstanceType, volumeKey, warnOfLocalDisks } from '../instances';
import { runJobs } from '../job-permissions';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { CacheableStepProps, RetryableStepProps } from '../step-props';

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: 'ml.m5.large' };

/**
 * Properties of a TransformStep.
 */
export interface TransformStepProps extends CacheableStepProps, RetryableStepProps, TransformOptions {
  /** Name of the SageMaker model: that of a BatchTransform, or a variable. */
  readonly modelName: string;

  /**
   * The role of the model, which reads the input and writes the output. It gets the rights to do so as far as the URIs are known at synth.
   *
   * @default - a role that has these rights already
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
}

/**
 * A step that runs a model over data in S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-transform
 */
export class TransformStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props model, data and instances
   */
  constructor(stepName: string, private readonly props: TransformStepProps) {
    super(stepName, 'Transform', props);
  }

  /** S3 URI below which the answers are. */
  public get transformOutput(): string {
    return this._variable('TransformOutput.S3OutputPath').asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { props } = this;
    for (const uri of ['input', 'destination', 'captureDestination'] as const) { checkUri(name(uri), props[uri], problems); }
    problems.check(props.captureInferenceId === undefined || props.captureDestination !== undefined, `${name('captureInferenceId')} needs captureDestination`);
    checkInstanceType(name('instanceType'), props.instanceType, problems);
    checkTransform(props, name, problems);
  }

  /**
   * The data are read and written by the role of the model, not by that of the jobs.
   *
   * @internal
   */
  public _permissions({ scope, protection: { key } }: StepContext): StepPermissions {
    const { modelRole, input, destination, captureDestination } = this.props;
    const written = [destination, captureDestination].filter((uri): uri is string => uri !== undefined);
    const permissions = [
      ...readUri(scope, input),
      ...written.flatMap(uri => writeUri(scope, uri)),
      ...key === undefined ? [] : [keyThrough(key, 's3', 'kms:Decrypt', 'kms:GenerateDataKey'), ...keyForVolumes(key)],
    ];
    return {
      pipeline: [runJobs(scope, 'TransformJob', 'transform-job')],
      job: [],
      model: modelRole && { role: modelRole, permissions },
    };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    const instanceType = this.props.instanceType ?? DEFAULTS.instanceType;
    warnOfLocalDisks(this.stepName, instanceType, context);
    const unlisted = unlistedInstanceType(MlInstanceType.of(literalText(instanceType) ?? ''));
    if (unlisted !== undefined) { Validations.of(context.scope).addWarning('cdk-ml-patterns:transformInstanceType', `Step '${this.stepName}': ${unlisted}`); }
  }

  /** @internal */
  protected _arguments({ protection, defaultUri }: StepContext): object {
    const { props } = this;
    const instanceType = props.instanceType ?? DEFAULTS.instanceType;
    const keyId = protection.key?.keyArn;
    return renderTransformJob({
      modelName: props.modelName,
      input: { uri: props.input, manifest: props.manifest },
      output: { uri: props.destination ?? defaultUri(this.stepName), keyId },
      capture: props.captureDestination === undefined ? undefined : { uri: props.captureDestination, keyId, inferenceId: props.captureInferenceId },
      instanceType,
      volumeKeyId: volumeKey(instanceType, { protection }),
      options: props,
    });
  }
}
