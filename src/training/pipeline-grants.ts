import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { permit } from '../identity/permission';

/**
 * Permissions on a pipeline.
 */
export class PipelineGrants {
  /** @internal */
  constructor(private readonly pipelineArn: string) {}

  /**
   * Lets `grantee` start executions of the pipeline.
   *
   * @param grantee who starts
   */
  public start(grantee: IGrantable): Grant {
    return permit(grantee, [{ actions: ['sagemaker:StartPipelineExecution'], resources: [this.pipelineArn] }]);
  }

  /**
   * Lets `grantee` answer the messages of the CallbackSteps of the pipeline, with success or failure.
   *
   * @param grantee who answers
   */
  public completeCallbacks(grantee: IGrantable): Grant {
    return permit(grantee, [{
      actions: ['sagemaker:SendPipelineExecutionStepFailure', 'sagemaker:SendPipelineExecutionStepSuccess'],
      resources: [`${this.pipelineArn}/execution/*`],
      reason: 'The ids of executions are not known before they start.',
    }]);
  }
}
