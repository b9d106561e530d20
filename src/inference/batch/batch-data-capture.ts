import { TransformJob } from '../../jobs/transform-job';
import { S3Prefix } from '../../storage/s3-prefix';

/**
 * What SageMaker keeps of a batch transform for monitors: what the model got and what it answered.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BatchDataCaptureConfig.html
 */
export interface BatchDataCapture {
  /** Where it is kept, apart for input and output. */
  readonly destination: S3Prefix;

  /**
   * Whether each answer gets an id, with which its ground truth can be found.
   *
   * @default - it gets none
   */
  readonly generateInferenceId?: boolean;
}

/** Encrypted with the key of the place, or with the other where the place does not tell. */
export function renderCapture({ destination, generateInferenceId }: BatchDataCapture, otherKeyArn: string): TransformJob['capture'] {
  return { uri: destination.uri, keyId: destination.encryptionKey?.keyArn ?? otherKeyArn, inferenceId: generateInferenceId };
}
