import { TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * How a state machine runs a batch transform: all that CDK's tasks can say, and other places for the data. Its `integrationPattern` is `RUN_JOB`, which waits
 * for the end of the job, unless it is `REQUEST_RESPONSE`.
 */
export interface BatchTransformTaskOptions extends TaskStateBaseProps {
  /**
   * S3 URI of the records, below the `input` of the batch transform: a text, `s3://bucket/prefix/`, or an expression as `JsonPath.stringAt('$.input')` or,
   * in JSONata, `{% $states.input.data %}`.
   *
   * @default - the `input` of the batch transform
   */
  readonly inputUri?: string;

  /**
   * S3 URI below which the answers go, below the `output` of the batch transform: a text, `s3://bucket/prefix/`, or an expression as
   * `JsonPath.stringAt('$.output')` or, in JSONata, `{% $states.input.output %}`.
   *
   * @default - the `output` of the batch transform
   */
  readonly outputUri?: string;
}
