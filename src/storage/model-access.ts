import { Problems } from '../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceHubAccessConfig.html; the account of the public hub is `aws`. */
const HUB_CONTENT = /^(?=.{1,255}$)arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:(\d{12}|aws):hub-content\/\S+$/;

/**
 * What a model of a hub, such as JumpStart, asks of those who use it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3ModelDataSource.html
 */
export interface ModelAccessOptions {
  /**
   * ARN of the hub content that gives access to the model. Who deploys the model needs `sagemaker:DeployHubModel` on it.
   *
   * @default - the model is read by the rights of the endpoint's role alone
   */
  readonly hubContentArn?: string;

  /**
   * Whether you accept the end-user license agreement of the model, having read it. Only `true` can be said, and nothing says it for you.
   *
   * @default - no license is accepted, so a model that has one does not deploy
   */
  readonly acceptEula?: boolean;
}

/**
 * The conditions, or undefined if there are none.
 *
 * @internal
 */
export function checkedAccess({ hubContentArn, acceptEula }: ModelAccessOptions = {}, problems: Problems): ModelAccessOptions | undefined {
  problems.pattern('hubContentArn', hubContentArn, HUB_CONTENT, "be the ARN of a hub content, 'arn:aws:sagemaker:…:hub-content/…' of up to 255 characters");
  problems.check(acceptEula !== false, 'acceptEula must be true, or be left out for a model without a license agreement, got false');
  return hubContentArn === undefined && acceptEula === undefined ? undefined : { hubContentArn, acceptEula };
}
