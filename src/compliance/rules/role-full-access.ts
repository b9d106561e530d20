import { listOf, MlRule } from './rule';
import { trustsSagemaker } from './sagemaker-role';

export const roleFullAccess: MlRule = {
  id: 'ML-IAM4',
  level: 'error',
  types: ['AWS::IAM::Role'],
  info: 'A role of SageMaker has a managed policy of AWS that allows far more than one model needs: write the statements out.',
  control: 'own: least privilege; cdk-nag IAM4',
  check: role => !trustsSagemaker(role) || !listOf(role.ManagedPolicyArns).some(a => /policy\/AmazonSageMakerFullAccess/.test(JSON.stringify(a))),
};
