import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import { checkCallKind } from './calling/call-kind';
import { Problems } from '../core/problems';
import { lowerCase } from '../core/tokens';
import { permit } from '../identity/permission';

/**
 * Permissions on an endpoint, made here or imported. An endpoint with inference components lets all of them be called; the permission names each.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export class InferenceEndpointGrants {
  /**
   * Permissions on any SageMaker endpoint of CDK.
   *
   * @param endpoint the endpoint that is called
   */
  public static fromEndpoint(endpoint: IEndpointRef): InferenceEndpointGrants {
    return new InferenceEndpointGrants(endpoint, []);
  }

  /**
   * Permissions on any SageMaker endpoint of CDK that hosts inference components.
   *
   * @param endpoint the endpoint that is called
   * @param inferenceComponentNames names in the account of the inference components that it hosts
   */
  public static fromComponents(endpoint: IEndpointRef, inferenceComponentNames: string[]): InferenceEndpointGrants {
    return new InferenceEndpointGrants(endpoint, inferenceComponentNames);
  }

  /**
   * Permissions on an endpoint whose kind is known.
   *
   * @internal
   */
  public static _of(endpoint: IEndpointRef, inferenceComponentNames: string[], asynchronous: boolean): InferenceEndpointGrants {
    return new InferenceEndpointGrants(endpoint, inferenceComponentNames, asynchronous);
  }

  private constructor(
    private readonly endpoint: IEndpointRef,
    private readonly inferenceComponentNames: string[],
    private readonly asynchronous?: boolean,
  ) {}

  /**
   * Lets `grantee` call the endpoint and wait for the answer. Of an asynchronous endpoint of this library this is an error.
   *
   * @param grantee who calls
   */
  public invoke(grantee: IGrantable): Grant {
    this.checkKind('invoke');
    return permit(grantee, [{ actions: ['sagemaker:InvokeEndpoint'], resources: [this.arn, ...this.componentArns] }]);
  }

  /**
   * Lets `grantee` call some of the models of a multi-model endpoint.
   *
   * @param grantee who calls
   * @param targetModels the models, at least one, as the caller names them; `*` and `?` stand for any characters
   */
  public invokeModels(grantee: IGrantable, targetModels: string[]): Grant {
    this.checkKind('invoke');
    const problems = new Problems();
    problems.count('targetModels', targetModels, 1, Number.MAX_SAFE_INTEGER);
    problems.throwIfAny(this.endpoint, 'InferenceEndpointGrants');
    const conditions = { StringLike: { 'sagemaker:TargetModel': targetModels } };
    return permit(grantee, [{ conditions, actions: ['sagemaker:InvokeEndpoint'], resources: [this.arn] }]);
  }

  /**
   * Lets `grantee` send requests to an asynchronous endpoint; an error of any other endpoint of this library. The caller must also write the request into S3: that is for the bucket, or the place
   * in it, to grant, as is reading the answer.
   *
   * @param grantee who calls
   */
  public invokeAsync(grantee: IGrantable): Grant {
    this.checkKind('invokeAsync');
    return permit(grantee, [{ actions: ['sagemaker:InvokeEndpointAsync'], resources: [this.arn] }]);
  }

  /**
   * Lets `grantee` call the endpoint and read the answer while it is made. Also lets it call as with `invoke`, since the page of the operation asks for that
   * action and the list of actions for one of its own.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html
   *
   * @param grantee who calls
   */
  public invokeStream(grantee: IGrantable): Grant {
    this.checkKind('invoke');
    const actions = ['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointWithResponseStream'];
    return permit(grantee, [{ actions, resources: [this.arn, ...this.componentArns] }]);
  }

  /**
   * Lets `grantee` talk with the container in both directions over one connection. The list of actions of AWS does not show this one yet; without it the
   * call is denied.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithBidirectionalStream.html
   *
   * @param grantee who calls
   */
  public invokeBidirectionalStream(grantee: IGrantable): Grant {
    this.checkKind('invoke');
    return permit(grantee, [{ actions: ['sagemaker:InvokeEndpointWithBidirectionalStream'], resources: [this.arn, ...this.componentArns] }]);
  }

  /**
   * Lets `grantee` change, on demand, how many instances and which share of the calls the variants have (`UpdateEndpointWeightsAndCapacities`), and how many
   * copies inference components have (`UpdateInferenceComponentRuntimeConfig`), and look how far that is. Scaling that the program asks for changes the
   * numbers again, within its bounds.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpointWeightsAndCapacities.html
   *
   * @param grantee who changes the capacity
   */
  public changeCapacity(grantee: IGrantable): Grant {
    const copies = ['sagemaker:DescribeInferenceComponent', 'sagemaker:UpdateInferenceComponentRuntimeConfig'];
    return permit(grantee, [
      { actions: ['sagemaker:DescribeEndpoint', 'sagemaker:UpdateEndpointWeightsAndCapacities'], resources: [this.arn] },
      ...this.inferenceComponentNames.length === 0 ? [] : [{ actions: copies, resources: this.componentArns }],
    ]);
  }

  private checkKind(call: 'invoke' | 'invokeAsync'): void {
    const problems = new Problems();
    checkCallKind(this.asynchronous, call, problems);
    problems.throwIfAny(this.endpoint, 'InferenceEndpointGrants');
  }

  private get arn(): string {
    return this.endpoint.endpointRef.endpointArn;
  }

  private get componentArns(): string[] {
    return this.inferenceComponentNames.map(name => componentArn(this.endpoint, name));
  }
}

/** ARN of an inference component beside an endpoint, by its name in the account. */
export function componentArn(endpoint: IEndpointRef, inferenceComponentName: string): string {
  const { account, region } = endpoint.env;
  const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
  return Stack.of(endpoint).formatArn({ account, region, arnFormat, service: 'sagemaker', resource: 'inference-component', resourceName: lowerCase(inferenceComponentName) });
}
