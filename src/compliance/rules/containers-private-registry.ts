import { isPrivate } from './private-registry';
import { listOf, MlRule } from './rule';

export const containersPrivateRegistry: MlRule = {
  id: 'ML-SM4',
  finds: 'container',
  level: 'warning',
  types: ['AWS::SageMaker::Model'],
  info: 'An image of several comes from a registry that others control: push it to Amazon ECR, or set ImageConfig.RepositoryAccessMode to Vpc.',
  control: 'Security Hub SageMaker.19, images of Amazon ECR apart',
  check: model => listOf(model.Containers).flatMap((c, i) => isPrivate(c) ? [] : [String(c.ContainerHostname ?? i)]),
};
