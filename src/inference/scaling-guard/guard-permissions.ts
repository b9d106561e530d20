import { ArnFormat, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { arnOf, sagemakerArn } from '../../core/stacks';
import { lowerCase } from '../../core/tokens';
import { Permission } from '../../identity/permission-statement';

const reading = (...actions: string[]) => actions.map(a => `application-autoscaling:${a}`);

/**
 * What the guard may do. Application Auto Scaling asks of who registers a target or puts a policy what it will do itself in SageMaker and CloudWatch.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html
 * https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
 */
export function guardPermissions(scope: IConstruct, endpointName: string, parameterName: string, logGroupArn: string): Permission[] {
  const name = lowerCase(endpointName);
  return [
    {
      actions: reading('DescribeScalableTargets', 'DescribeScalingPolicies', 'DescribeScheduledActions'),
      resources: ['*'],
      reason: 'Application Auto Scaling knows no resources for reading its targets.',
    },
    {
      actions: reading('DeregisterScalableTarget', 'RegisterScalableTarget', 'PutScalingPolicy', 'PutScheduledAction'),
      resources: [arnOf(scope, 'application-autoscaling', 'scalable-target', '*')],
      conditions: {
        StringEquals: {
          'application-autoscaling:service-namespace': 'sagemaker',
          'application-autoscaling:scalable-dimension': 'sagemaker:variant:DesiredInstanceCount',
        },
      },
      reason: 'A scalable target has an id that nobody knows before it is registered.',
    },
    {
      actions: reading('ListTagsForResource', 'TagResource'),
      resources: [arnOf(scope, 'application-autoscaling', 'scalable-target', '*')],
      reason: 'A scalable target has an id that nobody knows before it is registered.',
    },
    { actions: ['sagemaker:DescribeEndpoint', 'sagemaker:UpdateEndpointWeightsAndCapacities'], resources: [sagemakerArn(scope, 'endpoint', name)] },
    {
      actions: ['sagemaker:DescribeEndpointConfig'],
      resources: [sagemakerArn(scope, 'endpoint-config', '*')],
      reason: 'CloudFormation names endpoint configurations.',
    },
    {
      actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
      resources: [Stack.of(scope).formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
      reason: 'Application Auto Scaling checks with alarms of its own naming whether who puts a policy may make them.',
    },
    { actions: ['ssm:GetParameter', 'ssm:PutParameter'], resources: [arnOf(scope, 'ssm', 'parameter', parameterName)] },
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn], reason: 'A log group has as many streams as it needs.' },
  ];
}
