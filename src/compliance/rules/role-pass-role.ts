import { listOf, MlRule } from './rule';
import { IAM_TYPES, sagemakerStatements } from './sagemaker-role';

export const rolePassRole: MlRule = {
  id: 'ML-IAM3',
  level: 'error',
  types: IAM_TYPES,
  info: 'A role of SageMaker may pass roles freely: name the roles and the condition iam:PassedToService.',
  check: (properties, find) => sagemakerStatements(properties, find)
    .filter(s => s.Effect === 'Allow' && listOf(s.Action).includes('iam:PassRole'))
    .every(s => !listOf(s.Resource).some(r => typeof r === 'string' && r.includes('*')) && JSON.stringify(s.Condition ?? {}).includes('iam:PassedToService')),
};
