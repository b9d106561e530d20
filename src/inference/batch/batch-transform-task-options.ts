import { TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * How a state machine runs a batch transform: all that CDK's tasks can say, and other places for the data.
 */
export interface BatchTransformTaskOptions extends TaskStateBaseProps {
  /**
   * S3 URI of the records, below the `input` of the batch transform: a text, or an expression as `JsonPath.stringAt('$.input')`.
   *
   * @default - the `input` of the batch transform
   */
  readonly inputUri?: string;

  /**
   * S3 URI below which the answers go, below the `output` of the batch transform: a text, or an expression as `JsonPath.stringAt('$.output')`.
   *
   * @default - the `output` of the batch transform
   */
  readonly outputUri?: string;
}
