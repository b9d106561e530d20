import { APPROVAL_STATUSES, DEFAULT_APPROVAL_STATUS } from './approval-status';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { IModelRegistry } from '../../../registry/model-registry';
import { registerPermissions } from '../../../registry/registry-permissions';
import { checkUri } from '../../definition/s3-uri';
import { checkEnvironment } from '../environment';
import { checkInstanceType } from '../instances';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { RetryableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelPackageContainerDefinition.html */
const MAX_ENVIRONMENT_VALUE = 1024;
const ANY_INSTANCES = 100;

/**
 * Properties of a RegisterModelStep.
 */
export interface RegisterModelStepProps extends RetryableStepProps {
  /** The registry that gets a new version. */
  readonly registry: IModelRegistry;

  /** The image that serves the model. */
  readonly image: SageMakerImage;

  /** S3 URI of the model artifact, usually `modelArtifact` of a TrainingStep. */
  readonly modelArtifact: string;

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
   * Instance types that can run the model over a batch.
   *
   * @default - the instance types that can serve it
   */
  readonly transformInstanceTypes?: string[];

  /**
   * Whether the model may be deployed: `Approved`, `PendingManualApproval` or `Rejected`, or a parameter.
   *
   * @default 'PendingManualApproval'
   */
  readonly approvalStatus?: string;

  /**
   * S3 URI of a JSON file with the statistics of the model's quality.
   *
   * @default - the registry shows no quality
   */
  readonly qualityReport?: string;

  /**
   * Environment variables of the container that serves. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
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
  public get _modelArtifact(): string {
    return this.props.modelArtifact;
  }

  /** @internal */
  public get _image(): SageMakerImage {
    return this.props.image;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { contentTypes, instanceTypes, transformInstanceTypes = [], approvalStatus } = this.props;
    checkUri(name('modelArtifact'), this.props.modelArtifact, problems);
    checkUri(name('qualityReport'), this.props.qualityReport, problems);
    checkEnvironment(name('environment'), this.props.environment, MAX_ENVIRONMENT_VALUE, problems);
    for (const list of ['contentTypes', 'responseTypes', 'instanceTypes', 'transformInstanceTypes'] as const) { problems.knownList(name(list), this.props[list]); }
    problems.count(name('contentTypes'), contentTypes, 1, ANY_INSTANCES);
    problems.count(name('instanceTypes'), instanceTypes, 1, ANY_INSTANCES);
    instanceTypes.forEach((t, i) => checkInstanceType(name(`instanceTypes[${i}]`), t, problems));
    transformInstanceTypes.forEach((t, i) => checkInstanceType(name(`transformInstanceTypes[${i}]`), t, problems));
    problems.oneOf(name('approvalStatus'), approvalStatus, APPROVAL_STATUSES);
  }

  /**
   * SageMaker looks at image and artifact with the pipeline's role when it registers them.
   *
   * @internal
   */
  public _permissions(_context: StepContext): StepPermissions {
    const { registry, image } = this.props;
    return { pipeline: [...registerPermissions(registry), ...image._describe()], job: [] };
  }

  /** @internal */
  protected _arguments(): object {
    const { props } = this;
    return {
      ModelPackageGroupName: props.registry.modelPackageGroupName,
      ModelMetrics: props.qualityReport && {
        ModelQuality: { Statistics: { ContentType: 'application/json', S3Uri: props.qualityReport } },
        Bias: {},
        Explainability: {},
      },
      InferenceSpecification: {
        Containers: [{ Image: props.image.imageUri, Environment: sorted(props.environment), ModelDataUrl: props.modelArtifact }],
        SupportedContentTypes: props.contentTypes,
        SupportedResponseMIMETypes: props.responseTypes ?? props.contentTypes,
        SupportedRealtimeInferenceInstanceTypes: props.instanceTypes,
        SupportedTransformInstanceTypes: props.transformInstanceTypes ?? props.instanceTypes,
      },
      ModelApprovalStatus: props.approvalStatus ?? DEFAULT_APPROVAL_STATUS,
      SkipModelValidation: 'None',
    };
  }
}
