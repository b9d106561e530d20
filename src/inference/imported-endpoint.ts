import { Resource } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { EndpointReference, IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { InferenceEndpointGrants } from './inference-endpoint-grants';
import { sagemakerArn } from '../core/arns';
import { lowerCase } from '../core/tokens';

/** An endpoint that something else made. */
export class ImportedEndpoint extends Resource implements IEndpoint {
  public readonly endpointArn: string;
  public readonly endpointRef: EndpointReference;

  constructor(scope: Construct, id: string, public readonly endpointName: string) {
    super(scope, id);
    this.endpointArn = sagemakerArn(this, 'endpoint', lowerCase(endpointName));
    this.endpointRef = { endpointArn: this.endpointArn };
  }

  public grantInvoke(grantee: IGrantable): Grant {
    return InferenceEndpointGrants.fromEndpoint(this).invoke(grantee);
  }
}
