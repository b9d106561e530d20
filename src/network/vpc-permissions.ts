import { Stack, Token } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { arnOf } from '../core/stacks';
import { Permission } from '../identity/permission-statement';

/**
 * What a role needs so that SageMaker, or another service, can put network interfaces into subnets of a VPC.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
export function vpcPermissions(scope: Construct, vpc: IVpc, subnetIds: string[], securityGroupIds: string[], service?: string): Permission[] {
  const arn = (kind: string, name: string) => arnOf(scope, 'ec2', kind, name);
  const interfaces = arn('network-interface', '*');
  const reason = 'The ids of network interfaces are not known before they are made.';
  const inVpc = { ArnEquals: { 'ec2:Vpc': arn('vpc', vpc.vpcId) } };
  const subnets = Token.isUnresolved(subnetIds) ? [arn('subnet', '*')] : subnetIds.map(id => arn('subnet', id));
  return [
    { actions: ['ec2:CreateNetworkInterface'], resources: [...subnets, ...securityGroupIds.map(id => arn('security-group', id))], reason: 'The list of subnets is only known at deployment.' },
    { actions: ['ec2:CreateNetworkInterface'], resources: [interfaces], reason },
    { actions: ['ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'], resources: [interfaces], conditions: inVpc, reason },
    {
      actions: ['ec2:CreateNetworkInterfacePermission'],
      resources: [interfaces],
      conditions: { ...inVpc, StringEquals: { 'ec2:AuthorizedService': service ?? `sagemaker.${Stack.of(scope).urlSuffix}` } },
      reason,
    },
    {
      actions: ['ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      resources: ['*'],
      reason: 'Describing resources of EC2 knows no resources.',
    },
  ];
}
