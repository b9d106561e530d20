import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  GatewayVpcEndpointAwsService as Gateway, IInterfaceVpcEndpointService, InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService as Interface,
  InterfaceVpcEndpointService, ISubnet, IVpc, Peer, Port, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CustomContainerRepo, InferenceEndpoint, InferenceModel, SageMakerImage } from '../../src';
import { directory } from '../containers/build/built';
import { dependencyCycle, stackFixture } from '../helper';
import { TemplateGraph } from '../template-graph';

const ISOLATED = [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }];
const S3 = { service: Gateway.S3 };
const ECR = { service: Interface.ECR_DOCKER };

/** What runs, and how a policy may name it or its role. */
interface Running {
  readonly arn: string;
  readonly role: IRole;
}

/** What runs in a network while a stack deploys, and what of it runs. */
const RUN: [string, string, (scope: Stack, vpc: IVpc, subnetType?: SubnetType) => Running][] = [
  ['a build', 'Custom::ContainerImage', (scope, vpc, subnetType) => {
    const role = new Role(scope, 'Builder', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
    const image = new CustomContainerRepo(scope, 'Images', { builds: { vpc, vpcSubnets: { subnetType }, role } }).addImage('Abalone', directory());
    return { role, arn: new CfnResource(scope, 'User', { type: 'X::Y::Z', properties: { Image: image.imageUri } }).getAtt('Arn').toString() };
  }],
  ['an endpoint', 'AWS::SageMaker::Endpoint', (scope, vpc, subnetType) => {
    const { endpointArn: arn, role } = endpointIn(scope, vpc, subnetType);
    return { arn, role };
  }],
];

function endpointIn(scope: Stack, vpc: IVpc, subnetType?: SubnetType): InferenceEndpoint {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
  return new InferenceEndpoint(scope, 'Endpoint', { vpc, vpcSubnets: { subnetType }, model: InferenceModel.fromContainer({ image }) });
}

const idOf = (stack: Stack, construct: ISubnet | InterfaceVpcEndpoint, child: string) => stack.getLogicalId(construct.node.findChild(child) as any);

function beforeOf(stack: Stack, type: string): Set<string> {
  const template = Template.fromStack(stack).toJSON();
  const graph = new TemplateGraph(template);
  expect(dependencyCycle(template)).toBeUndefined();
  const [[id]] = graph.ofType(type);
  return graph.allBefore(id);
}

describe.each(RUN)('%s', (_, type, run) => {
  test('waits for the routes of its subnets, and so for the NAT gateway behind', () => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    run(stack, vpc);
    const before = beforeOf(stack, type);
    vpc.privateSubnets.forEach(subnet => ['DefaultRoute', 'RouteTableAssociation'].forEach(child => expect(before).toContain(idOf(stack, subnet, child))));
    expect([...before].filter(id => id.includes('NATGateway')).length).toBeGreaterThan(0);
  });

  test('waits in isolated subnets for the VPC endpoints and who is let in to them, also those that are made later', () => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration: ISOLATED, gatewayEndpoints: { S3 } });
    run(stack, vpc, SubnetType.PRIVATE_ISOLATED);
    const later = vpc.addInterfaceEndpoint('Docker', { ...ECR, open: false });
    later.connections.allowDefaultPortFrom(Peer.ipv4('10.0.0.0/8'));
    const before = beforeOf(stack, type);
    expect(before).toContain(stack.getLogicalId(vpc.node.findChild('S3').node.defaultChild as any));
    expect(before).toContain(idOf(stack, later, 'Resource'));
    expect([...before].some(id => id.startsWith('VpcDockerSecurityGroup'))).toBe(true);
  });

  test('does not wait for VPC endpoints of another VPC, or of another stack than its own', () => {
    const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
    const network = new Stack(app, 'Network');
    const vpc = new Vpc(network, 'Vpc', { gatewayEndpoints: { S3 } });
    const stack = new Stack(app, 'Stack');
    const other = new Vpc(stack, 'Other', { maxAzs: 2, gatewayEndpoints: { S3 } });
    run(stack, vpc);
    const user = new Stack(app, 'Later');
    new InterfaceVpcEndpoint(user, 'Docker', { vpc, ...ECR });
    user.addDependency(stack);
    const before = beforeOf(stack, type);
    expect(before).not.toContain(stack.getLogicalId(other.node.findChild('S3').node.defaultChild as any));
    expect(stack.dependencies).toEqual([network]);
  });

  test('waits for a VPC endpoint whose policy names its role, but not for one whose policy names what waits, however far', () => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration: ISOLATED });
    const running = run(stack, vpc, SubnetType.PRIVATE_ISOLATED);
    const [ofRole, ofWaiting] = [running.role.roleArn, running.arn].map((arn, i) => {
      const endpoint = vpc.addInterfaceEndpoint(`Endpoint${i}`, ECR);
      const conditions = { ArnEquals: { 'aws:PrincipalArn': arn } };
      endpoint.addToPolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['*'], resources: ['*'], conditions }));
      return idOf(stack, endpoint, 'Resource');
    });
    const before = beforeOf(stack, type);
    expect([before.has(ofRole), before.has(ofWaiting)]).toEqual([true, false]);
  });

  test.each<[IInterfaceVpcEndpointService, boolean]>([
    [Interface.S3, true], [Interface.KMS_FIPS, true], [Interface.CLOUDWATCH_LOGS, true],
    [new InterfaceVpcEndpointService('com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0', 443), true],
    [Interface.SAGEMAKER_API, false], [Interface.ATHENA, false], [Interface.S3_TABLES, false],
  ])('waits for what is called at the start, and for no other service (case %#)', (service, waits) => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration: ISOLATED });
    run(stack, vpc, SubnetType.PRIVATE_ISOLATED);
    const endpoint = vpc.addInterfaceEndpoint('Called', { service });
    expect(beforeOf(stack, type).has(idOf(stack, endpoint, 'Resource'))).toBe(waits);
  });
});

test('the policy of a VPC endpoint that endpoints are called by may name an endpoint of the same stack', () => {
  const { stack } = stackFixture();
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const endpoint = endpointIn(stack, vpc);
  const calls = vpc.addInterfaceEndpoint('Runtime', { service: Interface.SAGEMAKER_RUNTIME });
  calls.addToPolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['sagemaker:InvokeEndpoint'], resources: [endpoint.endpointArn] }));
  endpoint.connections.allowTo(calls, Port.HTTPS);
  expect(beforeOf(stack, 'AWS::SageMaker::Endpoint')).not.toContain(idOf(stack, calls, 'Resource'));
});
