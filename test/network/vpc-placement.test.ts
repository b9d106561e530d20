import { CfnParameter, Fn } from 'aws-cdk-lib';
import { Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Problems } from '../../src/core/problems';
import { checkVpc, placeInVpc, VpcWishes } from '../../src/network/vpc-placement';
import { errorOf, onlyResource, stackFixture, warningsOf } from '../helper';

function vpcFixture(subnets = ['subnet-1', 'subnet-2']) {
  const fixture = stackFixture();
  const vpc = Vpc.fromVpcAttributes(fixture.stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: subnets.map(s => `zone-${s}`), privateSubnetIds: subnets });
  return { ...fixture, vpc };
}

function problemsOf(scope: Construct, wishes: VpcWishes): string[] {
  const problems = new Problems();
  checkVpc(wishes, problems);
  problems.check(false, 'end');
  return errorOf(() => problems.throwIfAny(scope)).split('\n').slice(1).map(line => line.replace(/^ {2}- /, '')).filter(line => line !== 'end');
}

test('without a VPC nothing is made', () => {
  const { stack, template } = stackFixture();
  expect(placeInVpc(stack, {}, 'nothing')).toBeUndefined();
  expect(template().toJSON().Resources).toBeUndefined();
});

test('in a VPC the private subnets are taken, with a security group that lets nothing in', () => {
  const { stack, vpc, template } = vpcFixture();
  const place = placeInVpc(stack, { vpc }, 'Containers of a test')!;
  const group = onlyResource(template(), 'AWS::EC2::SecurityGroup').Properties;
  expect(group).toMatchObject({ GroupDescription: 'Containers of a test', VpcId: 'vpc-1' });
  expect(group.SecurityGroupIngress).toBeUndefined();
  expect(stack.resolve(place.config)).toEqual({ subnets: ['subnet-1', 'subnet-2'], securityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^SecurityGroup/), 'GroupId'] }] });
});

test('security groups may be brought along, and are connected like any others', () => {
  const { stack, vpc, template } = vpcFixture();
  const group = new SecurityGroup(stack, 'Own', { vpc });
  placeInVpc(stack, { vpc, securityGroups: [group] }, 'unused')!.connections.allowFromAnyIpv4(Port.HTTPS);
  expect(onlyResource(template(), 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress).toEqual([expect.objectContaining({ FromPort: 443 })]);
});

test('network interfaces may be made in exactly these subnets and groups, and changed in this VPC only, for SageMaker only', () => {
  const { stack, vpc } = vpcFixture();
  const group = SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-1');
  const permissions: any[] = stack.resolve(placeInVpc(stack, { vpc, securityGroups: [group] }, 'unused')!.permissions);
  const text = (value: unknown) => JSON.stringify(value);
  const [create, createInterface, remove, permit, describe] = permissions;
  expect(create.actions).toEqual(['ec2:CreateNetworkInterface']);
  expect(create.resources.map((r: unknown) => /:(subnet|security-group)\/([\w-]+)/.exec(text(r))![2])).toEqual(['subnet-1', 'subnet-2', 'sg-1']);
  expect(text(createInterface.resources)).toContain(':network-interface/*');
  expect(text(remove.conditions.ArnEquals['ec2:Vpc'])).toContain(':vpc/vpc-1');
  expect(text(permit.conditions.StringEquals['ec2:AuthorizedService'])).toContain('sagemaker.');
  expect(describe.resources).toEqual(['*']);
  permissions.filter(p => text(p.resources).includes('*')).forEach(p => expect(p.reason.length).toBeGreaterThan(20));
});

test('one subnet is warned of', () => {
  const { stack, vpc, template } = vpcFixture(['subnet-1']);
  placeInVpc(stack, { vpc }, 'Containers');
  template();
  expect(warningsOf(stack)).toContainEqual(expect.stringContaining('cdk-ml-patterns:oneSubnet'));
});

test('subnets that are only known at deployment pass, and the permission says why it is wide', () => {
  const { stack } = stackFixture();
  const subnets = Fn.split(',', new CfnParameter(stack, 'Subnets').valueAsString);
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: subnets });
  expect(problemsOf(stack, { vpc })).toEqual([]);
});

test('what is wrong is said in words', () => {
  const { stack, vpc } = vpcFixture();
  const group = SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-1');
  expect(problemsOf(stack, { vpcSubnets: {}, securityGroups: [group] })).toEqual(['vpcSubnets needs vpc', 'securityGroups needs vpc']);
  expect(problemsOf(stack, { vpc, securityGroups: [] })).toEqual(['securityGroups must hold 1 to 5 entries, got 0']);
  expect(problemsOf(stack, { vpc, securityGroups: Array(6).fill(group) })).toEqual(['securityGroups must hold 1 to 5 entries, got 6']);
  const many = vpcFixture([...Array(17).keys()].map(i => `subnet-${i}`));
  expect(problemsOf(many.stack, { vpc: many.vpc })).toEqual(['vpcSubnets must hold 1 to 16 entries, got 17']);
});

describe('a VPC that another account shares', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const options = { vpcId: 'vpc-1', ownerAccountId: '999999999999' };
  const key = 'vpc-provider:account=111122223333:filter.owner-id=999999999999:filter.vpc-id=vpc-1:region=eu-west-1:returnAsymmetricSubnets=true';
  const subnetGroups = [{ name: 'Private', type: 'Private', subnets: [1, 2].map(i => ({ subnetId: `subnet-${i}`, cidr: `10.0.${i}.0/24`, availabilityZone: `z${i}`, routeTableId: `rtb-${i}` })) }];

  test('is named with its subnets by the account that owns it; what this account makes there is its own', () => {
    const { stack } = stackFixture({ context: { [key]: { vpcId: 'vpc-1', vpcCidrBlock: '10.0.0.0/16', ownerAccountId: '999999999999', availabilityZones: [], subnetGroups } }, stack: { env } });
    const vpc = Vpc.fromLookup(stack, 'Vpc', options);
    const [create, interfaces, remove] = stack.resolve(placeInVpc(stack, { vpc }, 'Containers')!.permissions) as any[];
    const accountsOf = (value: unknown) => [...JSON.stringify(value).matchAll(/:ec2:eu-west-1:(\d+):([a-z-]+)/g)].map(m => `${m[2]} ${m[1]}`);
    expect(accountsOf(create.resources)).toEqual(['subnet 999999999999', 'subnet 999999999999', 'security-group 111122223333']);
    expect(accountsOf(interfaces.resources)).toEqual(['network-interface 111122223333']);
    expect(accountsOf(remove.conditions)).toEqual(['vpc 999999999999']);
  });

  test('is refused in another Region', () => {
    const { stack } = stackFixture({ stack: { env } });
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], region: 'us-east-1' });
    expect(errorOf(() => placeInVpc(stack, { vpc }, 'Containers'))).toContain('vpc must be in the Region of the stack, eu-west-1, got one in us-east-1');
  });
});
