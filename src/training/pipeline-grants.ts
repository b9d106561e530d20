import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { permit } from '../identity/permission';

/**
 * Permissions on a pipeline.
 */
export class PipelineGrants {
  /** @internal */
  constructor(private readonly pipelineArns: string[]) {}

  /**
   * Lets `grantee` start executions of the pipeline.
   *
   * @param grantee who starts
   */
  public start(grantee: IGrantable): Grant {
    return permit(grantee, [{ actions: ['sagemaker:StartPipelineExecution'], resources: this.pipelineArns }]);
  }

  /**
   * Lets `grantee` answer the messages of the CallbackSteps of the pipeline, with success or failure.
   *
   * @param grantee who answers
   */
  public completeCallbacks(grantee: IGrantable): Grant {
    return permit(grantee, [{
      actions: ['sagemaker:SendPipelineExecutionStepFailure', 'sagemaker:SendPipelineExecutionStepSuccess'],
      resources: this.pipelineArns.map(arn => `${arn}/execution/*`),
      reason: 'The ids of executions are not known before they start.',
    }]);
  }
}
