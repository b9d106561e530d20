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
}
