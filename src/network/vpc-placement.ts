import { Stack, Token, Validations } from 'aws-cdk-lib';
import { Connections, ISecurityGroup, IVpc, SecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { vpcPermissions } from './vpc-permissions';
import { WaysOut, waysOut } from './ways-out';
import { Problems } from '../core/problems';
import { isElsewhere } from '../core/stacks';
import { Permission } from '../identity/permission-statement';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html */
const MAX_SUBNETS = 16;
const MAX_SECURITY_GROUPS = 5;

/** The security group that is made if none is brought along. */
export const GROUP_ID = 'SecurityGroup';

/** Where in a VPC something may be put, as the props of a construct say it. */
export interface VpcWishes {
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** A place in a VPC for the network interfaces of containers. */
export interface VpcPlacement {
  readonly config: { subnets: string[]; securityGroupIds: string[] };
  readonly connections: Connections;
  /** What a role needs so that SageMaker can make the network interfaces. */
  readonly permissions: Permission[];
  /** What whatever starts while the stack deploys waits for, or else it reaches nobody yet. */
  readonly waysOut: WaysOut;
}

/** Subnets or security groups without a VPC, or too many of them; lists that are tokens pass. */
export function checkVpc({ vpc, vpcSubnets, securityGroups }: VpcWishes, problems: Problems, name?: string): void {
  const of = (prop: string) => name === undefined ? prop : `${name}.${prop}`;
  problems.check(vpc !== undefined || vpcSubnets === undefined, `${of('vpcSubnets')} needs vpc`);
  problems.check(vpc !== undefined || securityGroups === undefined, `${of('securityGroups')} needs vpc`);
  problems.count(of('securityGroups'), securityGroups, 1, MAX_SECURITY_GROUPS);
  if (vpc === undefined) { return; }
  const { subnetIds } = vpc.selectSubnets(vpcSubnets);
  if (!Token.isUnresolved(subnetIds)) { problems.count(of('vpcSubnets'), subnetIds, 1, MAX_SUBNETS); }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html asks for two subnets in different Availability Zones, even for one instance. */
function warnOfOneSubnet(scope: Construct, subnetIds: string[]): void {
  if (Token.isUnresolved(subnetIds) || subnetIds.length > 1) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:oneSubnet', 'One subnet is one Availability Zone, whose loss stops everything: give vpcSubnets in two or more.');
}

/** Network interfaces are in the Region of what they belong to. */
function checkRegion(scope: Construct, vpc: IVpc): void {
  const { region } = Stack.of(scope);
  const problems = new Problems();
  problems.check(!isElsewhere(scope, { region: vpc.env.region }), `vpc must be in the Region of the stack, ${region}, got one in ${vpc.env.region}`);
  problems.throwIfAny(scope);
}

/** Makes a security group if none is brought along; undefined without a VPC. `service` makes the network interfaces, if it is not SageMaker. */
export function placeInVpc(scope: Construct, wishes: VpcWishes, description: string, service?: string): VpcPlacement | undefined {
  const { vpc, vpcSubnets } = wishes;
  if (vpc === undefined) { return undefined; }
  checkRegion(scope, vpc);
  const securityGroups = wishes.securityGroups ?? [new SecurityGroup(scope, GROUP_ID, { vpc, description })];
  const subnets = vpc.selectSubnets(vpcSubnets);
  const { subnetIds } = subnets;
  warnOfOneSubnet(scope, subnetIds);
  const securityGroupIds = securityGroups.map(g => g.securityGroupId);
  return {
    config: { subnets: subnetIds, securityGroupIds },
    connections: new Connections({ securityGroups }),
    permissions: vpcPermissions(scope, vpc, subnetIds, securityGroups, service),
    waysOut: waysOut(scope, vpc, subnets),
  };
}
