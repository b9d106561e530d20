import { listOf, MlRule, statements } from './rule';

export const registryPolicy: MlRule = {
  id: 'ML-SM29',
  level: 'error',
  types: ['AWS::SageMaker::ModelPackageGroup'],
  info: 'Anybody may use the models of the group: name accounts as principals, or add a condition such as aws:PrincipalOrgID.',
  check: group => statements(group.ModelPackageGroupPolicy).every(s => s.Effect !== 'Allow' || s.Condition !== undefined || !open(s.Principal)),
};

function open(principal: any): boolean {
  return principal === '*' || listOf(principal?.AWS).includes('*');
}
