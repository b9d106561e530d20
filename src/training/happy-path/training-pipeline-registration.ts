import { SageMakerImage } from '../../containers/sagemaker-image';
import { IModelRegistry } from '../../registry/model-registry';
import { ScriptCode } from '../steps/code/script-code';
import { ModelVersionDetails } from '../steps/models/model-version-details';

/**
 * How an accepted model is registered: step `Register`. The report of the evaluation is its `qualityStatistics`, unless `metrics` names another file.
 */
export interface TrainingPipelineRegistration extends ModelVersionDetails {
  /** The registry that gets a new version. */
  readonly registry: IModelRegistry;

  /** The image that serves the model. */
  readonly image: SageMakerImage;

  /** MIME types that the model takes. */
  readonly contentTypes: string[];

  /** Instance types that can serve the model, for example `ml.m5.large`. */
  readonly instanceTypes: string[];

  /**
   * MIME types that the model answers with.
   *
   * @default - the content types
   */
  readonly responseTypes?: string[];

  /**
   * Instance types that can run the model over a batch.
   *
   * @default - the instance types that can serve it
   */
  readonly transformInstanceTypes?: string[];

  /**
   * Environment variables of the container that serves. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Code that answers requests, in an image of AWS that does not hold it. The container downloads it when it starts, which network isolation forbids.
   *
   * @default - the image or the artifact holds it
   */
  readonly code?: ScriptCode;

  /**
   * Default of the parameter ModelApprovalStatus: `Approved`, `PendingManualApproval` or `Rejected`.
   *
   * @default 'PendingManualApproval'
   */
  readonly approvalStatus?: string;
}
