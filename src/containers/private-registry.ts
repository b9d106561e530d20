import { IFunctionRef } from 'aws-cdk-lib/aws-lambda';
import { Permission } from '../identity/permission-statement';

/**
 * How SageMaker signs in to a private Docker registry.
 */
export interface PrivateRegistryOptions {
  /**
   * Function that returns `{ "Credentials": { "Username": …, "Password": … } }`. SageMaker calls it through the VPC of the endpoint, which therefore
   * needs an interface endpoint for Lambda.
   *
   * @default - the registry asks for no credentials
   */
  readonly credentialsProvider?: IFunctionRef;
}

/**
 * Calling the function that knows the credentials, and no other.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html#inference-private-docker-perms
 *
 * @internal
 */
export function signInPermissions({ credentialsProvider }: PrivateRegistryOptions): Permission[] {
  return credentialsProvider === undefined ? [] : [{ actions: ['lambda:InvokeFunction'], resources: [credentialsProvider.functionRef.functionArn] }];
}
