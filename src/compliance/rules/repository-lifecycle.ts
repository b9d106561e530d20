import { MlRule } from './rule';

export const repositoryLifecycle: MlRule = {
  id: 'ML-ECR3',
  level: 'warning',
  types: ['AWS::ECR::Repository'],
  info: 'Images that nobody needs are kept, and found vulnerable, for ever: set LifecyclePolicy.',
  control: 'Security Hub ECR.3',
  check: repository => repository.LifecyclePolicy !== undefined,
};
