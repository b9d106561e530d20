import { arnParts, covers, hasWildcard, texts } from './iam-patterns';
import { MlRule } from './rule';
import { IAM_TYPES, sagemakerStatements } from './sagemaker-role';

export const rolePassRole: MlRule = {
  id: 'ML-IAM3',
  level: 'error',
  types: IAM_TYPES,
  info: 'A role of SageMaker may pass roles freely: name the roles and the condition iam:PassedToService.',
  control: 'own: least privilege',
  check: (properties, find) => sagemakerStatements(properties, find).filter(s => s.Effect === 'Allow' && passesRoles(s)).every(s => named(s) && boundToService(s)),
};

function passesRoles(statement: any): boolean {
  const covered = (list: unknown) => texts(list).some(a => covers(a, 'iam:PassRole'));
  const action = statement.NotAction === undefined ? covered(statement.Action) : !covered(statement.NotAction);
  return action && (statement.NotResource !== undefined || texts(statement.Resource).some(mayBeRole));
}

/** A wildcard action on a bucket passes no role; a resource that is only known at deployment may be one. */
function mayBeRole(resource: string): boolean {
  const [arn, , service] = arnParts(resource);
  return service === undefined || arn !== 'arn' || covers(service.replace('<>', '*'), 'iam');
}

function named(statement: any): boolean {
  return statement.NotResource === undefined && !texts(statement.Resource).some(hasWildcard);
}

function boundToService(statement: any): boolean {
  return Object.values(statement.Condition ?? {}).some((c: any) => Object.keys(c).some(k => /^iam:PassedToService$/i.test(k)));
}
