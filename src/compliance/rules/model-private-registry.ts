import { isPrivate } from './private-registry';
import { MlRule } from './rule';

export const modelPrivateRegistry: MlRule = {
  id: 'ML-SM3',
  level: 'warning',
  types: ['AWS::SageMaker::Model'],
  info: 'The image comes from a registry that others control: push it to Amazon ECR, or set ImageConfig.RepositoryAccessMode to Vpc.',
  control: 'Security Hub SageMaker.16, images of Amazon ECR apart',
  check: model => isPrivate(model.PrimaryContainer),
};
