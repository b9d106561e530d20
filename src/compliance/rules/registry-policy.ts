import { listOf, MlRule, statements } from './rule';

export const registryPolicy: MlRule = {
  id: 'ML-SM29',
  level: 'error',
  types: ['AWS::SageMaker::ModelPackageGroup'],
  info: 'Anybody may use the models of the group: name accounts as principals, or add a condition such as aws:PrincipalOrgID.',
  control: 'own: models for everybody',
  check: group => statements(group.ModelPackageGroupPolicy).every(s => s.Effect !== 'Allow' || isBound(s.Condition) || !isOpen(s)),
};

function isOpen({ Principal, NotPrincipal }: any): boolean {
  return NotPrincipal !== undefined || Principal === '*' || listOf(Principal?.AWS).includes('*');
}

/** An empty condition is always true. */
function isBound(condition: any): boolean {
  return Object.values(condition ?? {}).some((keys: any) => Object.keys(keys).length > 0);
}
