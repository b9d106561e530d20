import { texts } from './iam-patterns';
import { Find, listOf, Rendered, statements } from './rule';

export const IAM_TYPES = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];

/** The statements that a role of SageMaker gets from this resource: a role's inline policies, or a policy attached to such a role. */
export function sagemakerStatements(properties: any, find: Find): any[] {
  if (properties.AssumeRolePolicyDocument !== undefined) {
    return trustsSagemaker(properties) ? listOf(properties.Policies).flatMap(p => statements(p.PolicyDocument)) : [];
  }
  const roles = listOf(properties.Roles).map(find).filter((r): r is Rendered => r !== undefined);
  return roles.some(r => trustsSagemaker(r.properties)) ? statements(properties.PolicyDocument) : [];
}

/** Whether SageMaker may assume the role. */
export function trustsSagemaker(role: any): boolean {
  return statements(role.AssumeRolePolicyDocument).some(s => s.Effect === 'Allow' && namesSagemaker(s.Principal));
}

/** Some programs put the name of the service together: `sagemaker.<AWS::URLSuffix>`. */
export function namesSagemaker(principal: any): boolean {
  return texts(principal?.Service).some(s => s.startsWith('sagemaker.'));
}
