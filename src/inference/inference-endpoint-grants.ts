import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import { permit } from '../identity/permission';

/**
 * Permissions on an endpoint, made here or imported.
 */
export class InferenceEndpointGrants {
  /**
   * Permissions on any SageMaker endpoint of CDK.
   *
   * @param endpoint the endpoint that is called
   */
  public static fromEndpoint(endpoint: IEndpointRef): InferenceEndpointGrants {
    return new InferenceEndpointGrants(endpoint);
  }

  private constructor(private readonly endpoint: IEndpointRef) {}

  /**
   * Lets `grantee` call the endpoint.
   *
   * @param grantee who calls
   */
  public invoke(grantee: IGrantable): Grant {
    return permit(grantee, [{ actions: ['sagemaker:InvokeEndpoint'], resources: [this.endpoint.endpointRef.endpointArn] }]);
  }
}
