import { IConstruct } from 'constructs';
import { Permission } from './permission-statement';
import { logGroupArns } from '../core/stacks';

/** Writing the log group `/aws/sagemaker/<group>`. */
export function logPermission(scope: IConstruct, group: string): Permission {
  return {
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resources: logGroupArns(scope, group),
    reason: 'The names of log streams are not known before SageMaker makes them.',
  };
}

/** Publishing metrics in some namespaces only. */
export function metricPermission(...namespaces: string[]): Permission {
  return {
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': namespaces } },
    reason: 'cloudwatch:PutMetricData knows no resources; the condition names the namespaces.',
  };
}
