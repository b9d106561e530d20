import { ArnFormat, CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** ARN of something in the account and Region of `scope`, `resource/name`. */
export function arnOf(scope: IConstruct, service: string, resource: string, resourceName: string): string {
  return Stack.of(scope).formatArn({ service, resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}

/** ARN of the SageMaker resource `resource/name` in the account and Region of `scope`. */
export function sagemakerArn(scope: IConstruct, resource: string, resourceName: string): string {
  return arnOf(scope, 'sagemaker', resource, resourceName);
}

/** ARN of a log group below `/aws/sagemaker/` and all of its streams. */
export function logGroupArns(scope: IConstruct, group: string): string[] {
  const stack = Stack.of(scope);
  const arn = (resourceName: string) => stack.formatArn({ service: 'logs', resource: 'log-group', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [arn(`/aws/sagemaker/${group}`), arn(`/aws/sagemaker/${group}:log-stream:*`)];
}

/** The stack that is deployed with all stacks nested in it as one. */
export function outermostStack(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermostStack(stack.nestedStackParent);
}

/** Whether an account or a Region is known to be another than that of the stack of `scope`; what is only known at deployment passes. */
export function isElsewhere(scope: IConstruct, { account, region }: { readonly account?: string; readonly region?: string }): boolean {
  const here = Stack.of(scope);
  const differs = (one: string | undefined, other: string) => one !== undefined && Token.compareStrings(one, other) === TokenComparison.DIFFERENT;
  return differs(account, here.account) || differs(region, here.region);
}

/** Whether the stack of `scope` makes what `resource` stands for; false for imports. */
export function madeBeside(scope: IConstruct, resource: IConstruct): boolean {
  return CfnResource.isCfnResource(resource.node.defaultChild) && Stack.of(resource) === Stack.of(scope);
}

/** `waiting` is deployed after `first`; by the name that newer versions of CDK have for it, which warn of the older one. */
export function waitForStack(waiting: Stack, first: Stack, reason: string): void {
  const { addStackDependency, addDependency } = waiting as Stack & { addStackDependency?: Stack['addDependency'] };
  (addStackDependency ?? addDependency).call(waiting, first, reason);
}

/** The same for resources. */
export function waitForResource(waiting: CfnResource, first: CfnResource): void {
  const { addResourceDependency, addDependency } = waiting as CfnResource & { addResourceDependency?: CfnResource['addDependency'] };
  (addResourceDependency ?? addDependency).call(waiting, first);
}
