import { Duration } from 'aws-cdk-lib';
import { TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';
import { isExpression, checkNoPath, checkStateUri } from './state-text';
import { Problems } from '../../core/problems';
import { seconds } from '../../core/units';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html */
export const INVOCATION_SECONDS = { min: 1, max: 3600 };
export const TTL_SECONDS = { min: 60, max: 21_600 };
const INFERENCE_ID = /^[!-~][ -~]{0,63}$/;

/**
 * A state that sends a request to an asynchronous endpoint. It does not wait for the answer, so its `integrationPattern` can only be `REQUEST_RESPONSE`.
 */
export interface InvokeAsyncTaskProps extends TaskStateBaseProps {
  /**
   * Where the request lies in S3: a text, `s3://bucket/key`, or an expression as `JsonPath.stringAt('$.document')` or, in JSONata, `{% $states.input.document %}`.
   * The role of the endpoint must be able to read it.
   */
  readonly inputLocation: string;

  /**
   * Id that tells which request an answer is for: it comes back in the result of the state and in what the topics of the endpoint are told. 1 to 64
   * visible characters, or an expression as `JsonPath.stringAt('$.id')`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html
   *
   * @default - SageMaker makes one, which the result of the state holds
   */
  readonly inferenceId?: string;

  /**
   * Media type of the request.
   *
   * @default - none
   */
  readonly contentType?: string;

  /**
   * Media type that the answer shall have.
   *
   * @default - whatever the container gives
   */
  readonly accept?: string;

  /**
   * Time that the container may take, up to an hour.
   *
   * @default - 15 minutes, the default of SageMaker
   */
  readonly invocationTimeout?: Duration;

  /**
   * Time that the request may wait, 1 minute to 6 hours.
   *
   * @default - 6 hours, the default of SageMaker
   */
  readonly requestTtl?: Duration;
}

/** All that is wrong with the properties. */
export function checkAsyncTask(props: InvokeAsyncTaskProps, problems: Problems): void {
  const { inputLocation, inferenceId, contentType, accept } = props;
  const { min, max } = INVOCATION_SECONDS;
  checkStateUri('inputLocation', inputLocation, problems);
  checkNoPath({ inferenceId, contentType, accept }, problems);
  if (inferenceId !== undefined && !isExpression(inferenceId)) { problems.pattern('inferenceId', inferenceId, INFERENCE_ID, 'be 1 to 64 visible ASCII characters; blanks are allowed after the first'); }
  problems.integer('invocationTimeout (seconds)', seconds(props.invocationTimeout), min, max);
  problems.integer('requestTtl (seconds)', seconds(props.requestTtl), TTL_SECONDS.min, TTL_SECONDS.max);
}
