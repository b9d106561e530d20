import { IConstruct } from 'constructs';
import { Permission } from '../identity/permission-statement';
import { logPermission, metricPermission } from '../identity/watching-permissions';

/**
 * What the execution role of any endpoint needs, besides its image and artifact.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
export function endpointPermissions(scope: IConstruct, endpointName: string): Permission[] {
  return [logPermission(scope, `Endpoints/${endpointName}`), metricPermission('AWS/SageMaker', '/aws/sagemaker/Endpoints')];
}
