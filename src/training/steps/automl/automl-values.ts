/**
 * What an AutoML job predicts.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html
 */
export enum AutoMLProblemType {
  /** One of two classes. */
  BINARY_CLASSIFICATION = 'BinaryClassification',

  /** One of several classes. */
  MULTICLASS_CLASSIFICATION = 'MulticlassClassification',

  /** A number. */
  REGRESSION = 'Regression',
}
