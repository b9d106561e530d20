import { IConstruct } from 'constructs';
import { APPROVAL_STATUSES, DEFAULT_APPROVAL_STATUS } from './approval-status';
import { checkContainers } from './inference-specification';
import { renderModelMetrics } from './model-metrics';
import { checkVersion, filesOfVersion, ModelVersionDetails, renderVersion } from './model-version-details';
import { describeImage, pullImage } from './pull-image';
import { checkRegisteredContainer, RegisteredContainer, RegisteredContainerDetails, renderRegisteredContainer } from './registered-container';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { onKey } from '../../../identity/key-behind';
import { Permission } from '../../../identity/permission-statement';
import { IModelRegistry } from '../../../registry/model-registry';
import { registerPermissions } from '../../../registry/registry-permissions';
import { possibleTexts } from '../../definition/literal';
import { checkUri, readFileOrPrefix } from '../../definition/s3-uri';
import { readModel } from '../../model-location';
import { checkInstanceType, checkRunsOn } from '../instances';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { RetryableStepProps } from '../step-props';

/** There is no limit that AWS names. */
const ANY_INSTANCES = 100;

/**
 * Properties of a RegisterModelStep.
 */
export interface RegisterModelStepProps extends RetryableStepProps, RegisteredContainerDetails, ModelVersionDetails {
  /** The registry that gets a new version. */
  readonly registry: IModelRegistry;

  /**
   * The image that serves the model.
   *
   * @default - there are `containers`
   */
  readonly image?: SageMakerImage;

  /**
   * S3 URI of the model artifact, usually `modelArtifact` of a TrainingStep.
   *
   * @default - the image holds the model itself
   */
  readonly modelArtifact?: string;

  /**
   * Several containers, which work on a request one after the other, up to 15. In place of `image`, `modelArtifact` and all that is said of one container.
   *
   * @default - one container
   */
  readonly containers?: RegisteredContainer[];

  /** MIME types that the model takes, 1 or more. */
  readonly contentTypes: string[];

  /**
   * MIME types that the model answers with.
   *
   * @default - the content types
   */
  readonly responseTypes?: string[];

  /** Instance types that can serve the model, 1 or more, for example `ml.m5.large`. */
  readonly instanceTypes: string[];

  /**
   * Instance types that can run the model over a batch; an empty list says nothing of batches.
   *
   * @default - the instance types that can serve it
   */
  readonly transformInstanceTypes?: string[];

  /**
   * Whether the model may be deployed: `Approved`, `PendingManualApproval` or `Rejected`, or a parameter, whose default and allowed values
   * must be such.
   *
   * @default 'PendingManualApproval'
   */
  readonly approvalStatus?: string;

  /**
   * S3 URI of a JSON file with the statistics of the model's quality: the same as `qualityStatistics` of `metrics`.
   *
   * @default - the registry shows no quality, unless `metrics` has it
   */
  readonly qualityReport?: string;
}

/**
 * A step that registers a model as a new version.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-register-model
 */
export class RegisterModelStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props registry, image, artifact and what the model takes
   */
  constructor(stepName: string, private readonly props: RegisterModelStepProps) {
    super(stepName, 'RegisterModel', props);
  }

  /** ARN of the model version. */
  public get modelPackageArn(): string {
    return this._variable('ModelPackageArn').asString();
  }

  /** @internal */
  public get _registry(): IModelRegistry {
    return this.props.registry;
  }

  /** @internal */
  public get _approvalStatus(): string {
    return this.props.approvalStatus ?? DEFAULT_APPROVAL_STATUS;
  }

  /** @internal */
  public get _image(): SageMakerImage | undefined {
    return this.props.image;
  }

  /** @internal */
  public get _images(): SageMakerImage[] {
    return this.containers.map(c => c.image);
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { image, containers, contentTypes, instanceTypes, transformInstanceTypes = [], qualityReport, metrics } = this.props;
    problems.check((image === undefined) !== (containers === undefined), `step '${this.stepName}' must have image or containers, ${image === undefined ? 'got none' : 'not both'}`);
    if (problems.knownList(name('containers'), containers) && containers !== undefined) {
      checkContainers(name('containers'), containers, [...instanceTypes, ...transformInstanceTypes], problems);
      const alone = OF_ONE.filter(prop => this.props[prop] !== undefined);
      problems.check(alone.length === 0, `step '${this.stepName}': ${alone.join(', ')} must be said of each of the containers`);
    } else {
      checkRegisteredContainer(name, this.props, problems);
      checkRunsOn(name('image'), image, [...instanceTypes, ...transformInstanceTypes], problems);
    }
    checkUri(name('qualityReport'), qualityReport, problems);
    problems.check(qualityReport === undefined || metrics?.qualityStatistics === undefined, `${name('qualityReport')} and metrics.qualityStatistics are the same: give one of them`);
    checkVersion(name, this.props, problems);
    for (const list of ['contentTypes', 'responseTypes', 'instanceTypes', 'transformInstanceTypes'] as const) { problems.knownList(name(list), this.props[list]); }
    problems.count(name('contentTypes'), contentTypes, 1, ANY_INSTANCES);
    problems.count(name('instanceTypes'), instanceTypes, 1, ANY_INSTANCES);
    instanceTypes.forEach((t, i) => checkInstanceType(name(`instanceTypes[${i}]`), t, problems));
    transformInstanceTypes.forEach((t, i) => checkInstanceType(name(`transformInstanceTypes[${i}]`), t, problems));
    possibleTexts(name('approvalStatus'), this._approvalStatus).forEach(({ name: of, value }) => problems.oneOf(of, value, APPROVAL_STATUSES));
  }

  /**
   * SageMaker looks at images, artifacts and files with the pipeline's role when it registers them.
   *
   * @internal
   */
  public _permissions({ scope }: StepContext): StepPermissions {
    const { registry, qualityReport, registryKey } = this.props;
    const files = [...qualityReport === undefined ? [] : [qualityReport], ...filesOfVersion(this.props)];
    return {
      pipeline: [
        ...registerPermissions(registry),
        ...this.containers.flatMap(c => describeImage(scope, c.image)),
        ...this.containers.flatMap(c => c.modelArtifact === undefined ? [] : readModel(scope, c.modelArtifact)),
        ...files.flatMap(uri => readFileOrPrefix(scope, uri)),
        ...registryKey === undefined ? [] : [
          onKey(registryKey, { actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'] }),
        ],
      ],
      job: [],
    };
  }

  /**
   * What whoever serves the model needs.
   *
   * @internal
   */
  public _run(scope: IConstruct): Permission[] {
    return this.containers.flatMap(({ image, modelArtifact, code }) => [
      ...pullImage(scope, image),
      ...modelArtifact === undefined ? [] : readModel(scope, modelArtifact),
      ...code?._place(scope).permissions ?? [],
    ]);
  }

  /** @internal */
  protected _arguments({ scope }: StepContext): object {
    const { props } = this;
    const { qualityReport, metrics } = props;
    const files = qualityReport === undefined ? metrics : { ...metrics, qualityStatistics: qualityReport };
    return {
      ModelPackageGroupName: props.registry.modelPackageGroupName,
      ModelMetrics: files && renderModelMetrics(files),
      InferenceSpecification: {
        Containers: this.ownContainers.map(c => renderRegisteredContainer(scope, c)),
        SupportedContentTypes: props.contentTypes,
        SupportedResponseMIMETypes: props.responseTypes ?? props.contentTypes,
        SupportedRealtimeInferenceInstanceTypes: props.instanceTypes,
        SupportedTransformInstanceTypes: props.transformInstanceTypes?.length === 0 ? undefined : props.transformInstanceTypes ?? props.instanceTypes,
      },
      ModelApprovalStatus: this._approvalStatus,
      ...renderVersion(scope, props),
    };
  }

  private get ownContainers(): RegisteredContainer[] {
    const { image, containers } = this.props;
    return containers ?? (image === undefined ? [] : [{ ...this.props, image }]);
  }

  /** Those of other ways to serve the model too. */
  private get containers(): RegisteredContainer[] {
    return [...this.ownContainers, ...this.props.additionalInferenceSpecifications?.flatMap(s => s.containers) ?? []];
  }
}

/** What can be said of one container. */
const OF_ONE = [
  'modelArtifact', 'environment', 'code', 'containerHostname', 'uncompressed', 'acceptEula', 'framework', 'frameworkVersion', 'nearestModelName', 'dataInputConfig',
] as const;
