import { IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { InvokeAsyncTaskProps } from './calling/invoke-async-task-props';
import { InvokeTaskProps } from './calling/invoke-task-props';
import { InferenceEndpointGrants } from './inference-endpoint-grants';
import { InferenceEndpointMetrics } from './observing/inference-endpoint-metrics';

/**
 * An endpoint, made here or imported.
 */
export interface IInferenceEndpoint extends IEndpoint {
  /** Permissions to call the endpoint. */
  readonly grants: InferenceEndpointGrants;

  /** Metrics of the endpoint: of the main variant, which an import takes to be `AllTraffic`. */
  readonly metrics: InferenceEndpointMetrics;

  /**
   * A state for a state machine of Step Functions that calls the endpoint and waits for the answer: its result has `Body`, `ContentType` and
   * `InvokedProductionVariant`. The state machine may then call exactly this endpoint.
   *
   * @param scope where the state stands
   * @param id its id there, which is also its name
   * @param props what is sent, and whatever states have
   */
  invokeTask(scope: Construct, id: string, props: InvokeTaskProps): TaskStateBase;

  /**
   * A state for a state machine of Step Functions that sends a request to an asynchronous endpoint and goes on at once: its result has `OutputLocation`,
   * `FailureLocation` and `InferenceId`. The topics of the endpoint tell when the answer is there, with the same `InferenceId`.
   *
   * @param scope where the state stands
   * @param id its id there, which is also its name
   * @param props where the request lies, and whatever states have
   */
  invokeAsyncTask(scope: Construct, id: string, props: InvokeAsyncTaskProps): TaskStateBase;
}
