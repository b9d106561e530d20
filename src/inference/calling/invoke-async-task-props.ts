import { Duration } from 'aws-cdk-lib';
import { TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';
import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html */
export const INVOCATION_SECONDS = { min: 1, max: 3600 };
export const TTL_SECONDS = { min: 60, max: 21_600 };

/**
 * A state that sends a request to an asynchronous endpoint.
 */
export interface InvokeAsyncTaskProps extends TaskStateBaseProps {
  /** Where the request lies in S3, `s3://bucket/key`, or a path into the input of the state. The role of the endpoint must be able to read it. */
  readonly inputLocation: string;

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
  const { min, max } = INVOCATION_SECONDS;
  problems.integer('invocationTimeout (seconds)', seconds(props.invocationTimeout), min, max);
  problems.integer('requestTtl (seconds)', seconds(props.requestTtl), TTL_SECONDS.min, TTL_SECONDS.max);
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false });
}
