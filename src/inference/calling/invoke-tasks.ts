import { aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib'; // loaded when the first task is made, not with the library
import { IntegrationPattern, TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { checkCallKind } from './call-kind';
import { InvokeAsyncTaskProps, checkAsyncTask } from './invoke-async-task-props';
import { InvokeTaskProps, checkTask } from './invoke-task-props';
import { Problems } from '../../core/problems';

const SERVICE = 'sagemakerruntime';

/** What is called. */
export interface TaskTarget {
  readonly endpointName: string;
  readonly endpointArn: string;
  /** Whether requests wait in a queue; undefined of an import. */
  readonly asynchronous?: boolean;
  /** Name in the account and ARN of the inference component that the task asks for. */
  readonly component?: { readonly name: string; readonly arn: string };
}

/**
 * A state that calls an endpoint, by the SDK integration of Step Functions.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function invokeTask(scope: Construct, id: string, target: TaskTarget, props: InvokeTaskProps): TaskStateBase {
  const { payload, contentType, accept, componentName: _, targetVariant, targetModel, targetContainerHostname, ...state } = props;
  const problems = new Problems();
  checkCallKind(target.asynchronous, 'invoke', problems);
  checkPattern(props.integrationPattern, problems);
  checkTask(props, problems);
  problems.throwIfAny(scope, 'InvokeTask', id);
  return new tasks.CallAwsService(scope, id, {
    ...state,
    service: SERVICE,
    action: 'invokeEndpoint',
    iamAction: 'sagemaker:InvokeEndpoint',
    iamResources: [target.endpointArn, ...target.component ? [target.component.arn] : []],
    parameters: given({
      EndpointName: target.endpointName,
      InferenceComponentName: target.component?.name,
      Body: payload.value,
      ContentType: contentType ?? 'application/json',
      Accept: accept,
      TargetVariant: targetVariant,
      TargetModel: targetModel,
      TargetContainerHostname: targetContainerHostname,
    }),
  });
}

/** A state that hands a request to an asynchronous endpoint and goes on at once. */
export function invokeAsyncTask(scope: Construct, id: string, target: TaskTarget, props: InvokeAsyncTaskProps): TaskStateBase {
  const { inputLocation, inferenceId, contentType, accept, invocationTimeout, requestTtl, ...state } = props;
  const problems = new Problems();
  checkCallKind(target.asynchronous, 'invokeAsync', problems);
  checkPattern(props.integrationPattern, problems);
  checkAsyncTask(props, problems);
  problems.throwIfAny(scope, 'InvokeAsyncTask', id);
  return new tasks.CallAwsService(scope, id, {
    ...state,
    service: SERVICE,
    action: 'invokeEndpointAsync',
    iamAction: 'sagemaker:InvokeEndpointAsync',
    iamResources: [target.endpointArn],
    parameters: given({
      EndpointName: target.endpointName,
      InferenceId: inferenceId,
      InputLocation: inputLocation,
      ContentType: contentType,
      Accept: accept,
      InvocationTimeoutSeconds: invocationTimeout?.toSeconds(),
      RequestTTLSeconds: requestTtl?.toSeconds(),
    }),
  });
}

/** CDK has no `.sync` for these calls, and a state that waits for a token sends none here: it could only time out. */
function checkPattern(pattern: IntegrationPattern | undefined, problems: Problems): void {
  problems.oneOf('integrationPattern', pattern, [sfn.IntegrationPattern.REQUEST_RESPONSE]);
}

/** The parameters that have a value. */
function given(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
}
