import { Duration, Size } from 'aws-cdk-lib';
import { CheckSwitch } from './check-switch';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { IModelRegistry } from '../../../registry/model-registry';
import { JobStepProps } from '../step-props';

/**
 * What checks of all kinds can say.
 *
 * A check always calculates a baseline of its data. Unless it is skipped, it compares the data with an older baseline: the one supplied or, failing
 * that, the one of the newest approved model of the registry. Without either there is nothing to compare with.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-quality-clarify-baseline-lifecycle.html
 */
export interface CheckStepProps extends JobStepProps {
  /**
   * The registry whose newest approved model has the baseline to compare with.
   *
   * @default - only a supplied baseline is compared with
   */
  readonly registry?: IModelRegistry;

  /**
   * Whether nothing is compared, as in a first run that has no baseline yet.
   *
   * @default - the data is compared
   */
  readonly skipCheck?: CheckSwitch;

  /**
   * Whether the step fails if the data violates the baseline.
   *
   * @default - it fails
   */
  readonly failOnViolation?: CheckSwitch;

  /**
   * Whether the outputs `baselineUsedForDriftCheck…` are the baseline that was calculated, and not the one that was compared with.
   *
   * @default - they are the one that was compared with
   */
  readonly registerNewBaseline?: CheckSwitch;

  /**
   * S3 URI of the constraints to compare with; may be a variable.
   *
   * @default - those of the newest approved model of the registry
   */
  readonly suppliedBaselineConstraints?: string;

  /**
   * S3 URI below which baseline and violations go.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * The image that checks.
   *
   * @default - that of AWS in the Region of the stack
   */
  readonly image?: SageMakerImage;

  /**
   * More environment variables of the container, up to 100 together with those that the check sets. Not for secrets.
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

  /**
   * Tags of the job, up to 50, beside those that SageMaker gives it.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
