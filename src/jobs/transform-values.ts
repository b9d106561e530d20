/**
 * How the objects that a batch transform reads are compressed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformInput.html
 */
export enum TransformCompression {
  /** Not at all. */
  NONE = 'None',

  /** With gzip; SageMaker unpacks them. */
  GZIP = 'Gzip',
}

/**
 * How the answers to the records of one object are put together.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
 */
export enum TransformAssembly {
  /** One after the other. */
  NONE = 'None',

  /** With a newline after each. */
  LINE = 'Line',
}

/**
 * What is joined with the answers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 */
export enum TransformJoinSource {
  /** Nothing. */
  NONE = 'None',

  /** The record that was answered. */
  INPUT = 'Input',
}

/**
 * How many records make one request.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
 */
export enum TransformBatchStrategy {
  /** As many as fit into the payload. */
  MULTI_RECORD = 'MultiRecord',

  /** One. */
  SINGLE_RECORD = 'SingleRecord',
}
