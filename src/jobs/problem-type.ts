/**
 * What a model predicts.
 */
export enum ProblemType {
  /** A number. */
  REGRESSION = 'Regression',

  /** One of two classes. */
  BINARY_CLASSIFICATION = 'BinaryClassification',

  /** One of several classes. */
  MULTICLASS_CLASSIFICATION = 'MulticlassClassification',
}
