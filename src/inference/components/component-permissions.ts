import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { Permission } from '../../identity/permission-statement';
import { logPermission, metricPermission } from '../../identity/watching-permissions';

/** What the execution role needs for components beyond what it needs for the endpoint: their logs and metrics are apart, and each has alarms of its own. */
export function componentPermissions(scope: IConstruct, names: string[], alarms: CfnAlarm[]): Permission[] {
  const watched: Permission[] = alarms.length === 0 ? [] : [{ actions: ['cloudwatch:DescribeAlarms'], resources: alarms.map(a => a.attrArn) }];
  return [...names.map(name => logPermission(scope, `InferenceComponents/${name}`)), metricPermission('/aws/sagemaker/InferenceComponents'), ...watched];
}
