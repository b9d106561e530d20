import { MlRule, statements } from './rule';
import { namesSagemaker } from './sagemaker-role';

export const roleTrust: MlRule = {
  id: 'ML-IAM2',
  level: 'warning',
  types: ['AWS::IAM::Role'],
  info: 'SageMaker may use the role on behalf of another account: add the condition aws:SourceAccount or aws:SourceArn to its trust policy.',
  control: 'own: confused deputy',
  check: role => statements(role.AssumeRolePolicyDocument)
    .filter(s => namesSagemaker(s.Principal))
    .every(s => Object.values(s.Condition ?? {}).some((c: any) => Object.keys(c).some(k => /^aws:Source(Account|Arn)$/i.test(k)))),
};
