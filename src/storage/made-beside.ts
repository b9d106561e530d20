import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Whether the stack of `scope` makes what `resource` stands for; false for imports. */
export function madeBeside(scope: IConstruct, resource: IConstruct): boolean {
  return CfnResource.isCfnResource(resource.node.defaultChild) && Stack.of(resource) === Stack.of(scope);
}
