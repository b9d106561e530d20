import { Stack, Token } from 'aws-cdk-lib';
import { CfnRepository, IRepository } from 'aws-cdk-lib/aws-ecr';
import { isElsewhere } from '../core/stacks';

/** Why another account or Region cannot name a repository of the app whose name CloudFormation makes up, which CDK says without naming who does; undefined if it can. */
export function unnamedElsewhere(user: Stack, repository: IRepository): string | undefined {
  const resource = repository.node.defaultChild;
  const { stack } = repository;
  const madeUp = resource instanceof CfnRepository && Token.isUnresolved(resource.repositoryName);
  if (!madeUp || user.environment === stack.environment) { return undefined; }
  const otherRegion = isElsewhere(stack, { region: user.region });
  const copy = otherRegion ? '; SageMaker runs images of its own Region only, so copy it there with addImage and ContainerSource.fromImage' : '';
  return `stack '${user.node.path}' in ${user.environment} uses the image, which is in ${stack.environment}, `
    + `where CloudFormation makes up the name of the repository '${repository.node.path}': give it a repositoryName (which replaces a repository that was deployed without)${copy}`;
}
