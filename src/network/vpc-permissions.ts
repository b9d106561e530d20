import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Permission } from '../identity/permission-statement';

/**
 * What a role needs so that SageMaker, or another service, can put network interfaces into subnets of a VPC. A VPC and its subnets may belong to another
 * account that shares them; the network interfaces belong to whoever makes them.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
export function vpcPermissions(scope: Construct, vpc: IVpc, subnetIds: string[], securityGroups: ISecurityGroup[], service?: string): Permission[] {
  const stack = Stack.of(scope);
  const arn = (kind: string, name: string, account = stack.account) => stack.formatArn({
    service: 'ec2', account: Token.isUnresolved(account) ? stack.account : account, resource: kind, resourceName: name, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  const owner = vpc.env.account;
  const interfaces = arn('network-interface', '*');
  const reason = 'The ids of network interfaces are not known before they are made.';
  const inVpc = { ArnEquals: { 'ec2:Vpc': arn('vpc', vpc.vpcId, owner) } };
  const subnets = Token.isUnresolved(subnetIds) ? [arn('subnet', '*', owner)] : subnetIds.map(id => arn('subnet', id, owner));
  const groups = securityGroups.map(g => arn('security-group', g.securityGroupId, g.env.account));
  return [
    { actions: ['ec2:CreateNetworkInterface'], resources: [...subnets, ...groups], reason: 'The list of subnets is only known at deployment.' },
    { actions: ['ec2:CreateNetworkInterface'], resources: [interfaces], reason },
    { actions: ['ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'], resources: [interfaces], conditions: inVpc, reason },
    {
      actions: ['ec2:CreateNetworkInterfacePermission'],
      resources: [interfaces],
      conditions: { ...inVpc, StringEquals: { 'ec2:AuthorizedService': service ?? `sagemaker.${stack.urlSuffix}` } },
      reason,
    },
    {
      actions: ['ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      resources: ['*'],
      reason: 'Describing resources of EC2 knows no resources.',
    },
  ];
}
