/**
 * How SageMaker brings data into a training container.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-access-training-data.html
 */
export enum TrainingInputMode {
  /** Everything is copied to the volume before the container starts. */
  FILE = 'File',

  /** Read as a stream from named pipes, which the program must know. */
  PIPE = 'Pipe',

  /** Shown as files, and read from S3 when the program reads them. */
  FAST_FILE = 'FastFile',
}
