import { Resource, ResourceProps, Token } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { EndpointReference } from 'aws-cdk-lib/aws-sagemaker';
import { TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { InvokeAsyncTaskProps } from './calling/invoke-async-task-props';
import { InvokeTaskProps } from './calling/invoke-task-props';
import { invokeAsyncTask, invokeTask } from './calling/invoke-tasks';
import { InferenceEndpointGrants, componentArn } from './inference-endpoint-grants';
import { IInferenceEndpoint } from './inference-endpoint-interface';
import { InferenceEndpointMetrics } from './observing/inference-endpoint-metrics';
import { sagemakerArn } from '../core/stacks';
import { lowerCase } from '../core/tokens';

/** What tells an endpoint that something else made. */
export interface ImportedEndpointProps extends ResourceProps {
  readonly endpointName: string;
  /** If it is given, it also tells account and Region. */
  readonly endpointArn?: string;
}

/** An endpoint that something else made. */
export class ImportedEndpoint extends Resource implements IInferenceEndpoint {
  public readonly endpointName: string;
  public readonly endpointArn: string;
  public readonly endpointRef: EndpointReference;
  public readonly grants: InferenceEndpointGrants;
  public readonly metrics: InferenceEndpointMetrics;

  constructor(scope: Construct, id: string, { endpointName, endpointArn }: ImportedEndpointProps) {
    super(scope, id, { environmentFromArn: endpointArn });
    this.endpointName = endpointName;
    this.endpointArn = endpointArn ?? sagemakerArn(this, 'endpoint', lowerCase(endpointName));
    this.endpointRef = { endpointArn: this.endpointArn };
    this.grants = InferenceEndpointGrants.fromEndpoint(this);
    const known = (value: string) => endpointArn === undefined || Token.isUnresolved(value) ? undefined : value;
    this.metrics = InferenceEndpointMetrics._at({ account: known(this.env.account), region: known(this.env.region) }, endpointName);
  }

  public grantInvoke(grantee: IGrantable): Grant {
    return this.grants.invoke(grantee);
  }

  public invokeTask(scope: Construct, id: string, props: InvokeTaskProps): TaskStateBase {
    const name = props.componentName;
    const component = name === undefined ? undefined : { name, arn: componentArn(this, name) };
    return invokeTask(scope, id, { component, endpointName: this.endpointName, endpointArn: this.endpointArn }, props);
  }

  public invokeAsyncTask(scope: Construct, id: string, props: InvokeAsyncTaskProps): TaskStateBase {
    return invokeAsyncTask(scope, id, { endpointName: this.endpointName, endpointArn: this.endpointArn }, props);
  }
}
