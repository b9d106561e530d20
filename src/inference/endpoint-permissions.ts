import { IConstruct } from 'constructs';
import { logGroupArns } from '../core/arns';
import { Permission } from '../identity/permission-statement';

/**
 * What the execution role of any endpoint needs, besides its image and artifact.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
export function endpointPermissions(scope: IConstruct, endpointName: string): Permission[] {
  return [
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: logGroupArns(scope, `Endpoints/${endpointName}`),
      reason: 'The names of log streams are not known before SageMaker makes them.',
    },
    {
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': ['AWS/SageMaker', '/aws/sagemaker/Endpoints'] } },
      reason: 'cloudwatch:PutMetricData knows no resources; the condition names the namespaces.',
    },
  ];
}
