import { Duration, Size } from 'aws-cdk-lib';
import { ProcessingInput } from './processing-input';
import { ProcessingOutput } from './processing-output';
import { ProcessingReport } from './processing-report';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { ScriptCode } from '../code/script-code';
import { JobStepProps, RetryableStepProps } from '../step-props';

/**
 * Properties of a ProcessingStep.
 */
export interface ProcessingStepProps extends JobStepProps, RetryableStepProps {
  /** The image that processes. */
  readonly image: SageMakerImage;

  /**
   * Code of your own that the image runs (script mode). It must hold Python 3, sh and tar.
   *
   * @default - the image holds the code
   */
  readonly code?: ScriptCode;

  /**
   * Command that the container runs, 1 to 100 words of up to 256 characters. Not together with `code`. Needed for images of the container kit, which
   * serve by themselves, unless there is `code` or `arguments` are the command.
   *
   * @default - the script of `code`, or what the image runs by itself
   */
  readonly entrypoint?: string[];

  /**
   * Arguments of the command or of the script, 1 to 100 of up to 256 characters.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * Data that is brought into the container, up to 10, `code` included.
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
   * The report from which `metric` reads if it is told no other.
   *
   * @default - no report
   */
  readonly report?: ProcessingReport;

  /**
   * More reports, each with a name of its own.
   *
   * @default - no others
   */
  readonly moreReports?: ProcessingReport[];

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

  /**
   * Tags of the job, up to 50, beside those that SageMaker gives it.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
