import { App, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnVPCEndpoint, GatewayVpcEndpointAwsService as Gateway, IInterfaceVpcEndpointService, InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService as Interface, InterfaceVpcEndpointService, ISubnet, IVpc, Peer, Port, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CustomContainerRepo, InferenceEndpoint, InferenceModel, SageMakerImage } from '../../src';
import { directory } from '../containers/build/built';
import { dependencyCycle, stackFixture } from '../helper';
import { TemplateGraph } from '../template-graph';

const ISOLATED = [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }];
const S3 = { service: Gateway.S3 };
const SERVICES: IInterfaceVpcEndpointService[] = [
  Interface.S3, Interface.KMS_FIPS, Interface.CLOUDWATCH_LOGS, Interface.APPCONFIG, Interface.BEDROCK_RUNTIME, Interface.XRAY, Interface.SQS,
  Interface.ATHENA, Interface.SAGEMAKER_API, Interface.SAGEMAKER_RUNTIME,
  new InterfaceVpcEndpointService('com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0', 443),
];
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

function endpointIn(scope: Construct, vpc: IVpc, subnetType?: SubnetType, id = 'Endpoint'): InferenceEndpoint {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
  return new InferenceEndpoint(scope, id, { vpc, vpcSubnets: { subnetType }, model: InferenceModel.fromContainer({ image }) });
}

const idOf = (stack: Stack, construct: ISubnet | InterfaceVpcEndpoint, child: string) => stack.getLogicalId(construct.node.findChild(child) as any);

const resourceOf = (way: InterfaceVpcEndpoint) => way.node.findChild('Resource') as CfnVPCEndpoint;

/** Something that needs what has an ARN. */
const naming = (stack: Stack, arn: string) => new CfnResource(stack, 'Naming', { type: 'X::Y::Z', properties: { Arn: arn } });

function name(way: InterfaceVpcEndpoint, arn: string): void {
  way.addToPolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['sagemaker:InvokeEndpoint'], resources: [arn] }));
}

function beforeOf(stack: Stack, type: string): Set<string> {
  const template = Template.fromStack(stack).toJSON();
  const graph = new TemplateGraph(template);
  expect(dependencyCycle(template)).toBeUndefined();
  const [[id]] = graph.ofType(type);
  return graph.allBefore(id);
}

/** For each endpoint, for which VPC endpoints it waits. */
function waitingFor(stack: Stack, endpoints: InferenceEndpoint[], ways: InterfaceVpcEndpoint[]): boolean[][] {
  const app = stack.node.root as App;
  const { template } = app.synth({ force: true }).getStackArtifact(stack.artifactId);
  expect(dependencyCycle(template)).toBeUndefined();
  const graph = new TemplateGraph(template);
  return endpoints.map(e => ways.map(way => graph.allBefore(stack.getLogicalId(e.node.defaultChild as CfnResource)).has(idOf(stack, way, 'Resource'))));
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

  test('waits for VPC endpoints of every service, since what it runs may call any of them as soon as it starts', () => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration: ISOLATED });
    run(stack, vpc, SubnetType.PRIVATE_ISOLATED);
    const endpoints = SERVICES.map((service, i) => vpc.addInterfaceEndpoint(`Called${i}`, { service }));
    const before = beforeOf(stack, type);
    expect(endpoints.filter(e => !before.has(idOf(stack, e, 'Resource')))).toEqual([]);
  });

  test.each<[string, (way: InterfaceVpcEndpoint, running: Running, stack: Stack) => void]>([
    ['depends on it', (way, { arn }, stack) => way.node.addDependency(naming(stack, arn))],
    ['is in what depends on it', (way, { arn }, stack) => way.node.scope!.node.addDependency(naming(stack, arn))],
    ['has a resource that depends on it', (way, { arn }, stack) => resourceOf(way).addDependency(naming(stack, arn))],
    ['has an override by which it depends on it', (way, { arn }, stack) => resourceOf(way).addOverride('DependsOn', stack.getLogicalId(naming(stack, arn)))],
    ['has a policy that names it by hand', (way, { arn }, stack) => {
      resourceOf(way).policyDocument = { Resource: Fn.sub(`\${${stack.getLogicalId(naming(stack, arn))}}/*`) };
    }],
  ])('does not wait for a VPC endpoint that %s', (_how, need) => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration: ISOLATED });
    const running = run(stack, vpc, SubnetType.PRIVATE_ISOLATED);
    const within = new Construct(stack, 'Within');
    const [way, other] = [Interface.XRAY, Interface.SQS].map((service, i) => new InterfaceVpcEndpoint(i === 0 ? within : stack, `Way${i}`, { vpc, service }));
    need(way, running, stack);
    const before = beforeOf(stack, type);
    expect([way, other].map(w => before.has(idOf(stack, w, 'Resource')))).toEqual([false, true]);
  });
});

test.each<[string, (e: InferenceEndpoint) => string]>([['ARN', e => e.endpointArn], ['name', e => e.endpointName]])(
  'the policy of a VPC endpoint that endpoints are called by may give the %s of one of the same stack, for which all others still wait', (_, of) => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const [called, caller] = ['Endpoint', 'Caller'].map(id => endpointIn(stack, vpc, undefined, id));
    const runtime = vpc.addInterfaceEndpoint('Runtime', { service: Interface.SAGEMAKER_RUNTIME });
    name(runtime, of(called));
    called.connections.allowTo(runtime, Port.HTTPS);
    expect(waitingFor(stack, [called, caller], [runtime])).toEqual([[false], [true]]);
  });

test('two endpoints, each named by a VPC endpoint, do not wait for each other in a circle', () => {
  const { stack } = stackFixture();
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const endpoints = ['One', 'Two'].map(id => endpointIn(stack, vpc, undefined, id));
  const ways = [Interface.SQS, Interface.XRAY].map((service, i) => vpc.addInterfaceEndpoint(`Way${i}`, { service }));
  ways.forEach((way, i) => name(way, endpoints[i].endpointArn));
  expect(waitingFor(stack, endpoints, ways)).toEqual([[false, true], [false, false]]);
});

test('a synthesis after changes looks anew', () => {
  const { stack } = stackFixture();
  const scopes = ['First', 'Second'].map(id => new Construct(stack, id));
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const way = vpc.addInterfaceEndpoint('Way', { service: Interface.SQS });
  const second = endpointIn(scopes[1], vpc);
  expect(waitingFor(stack, [second], [way])).toEqual([[true]]);
  const first = endpointIn(scopes[0], vpc);
  name(way, first.endpointArn);
  const later = vpc.addInterfaceEndpoint('Later', { service: Interface.XRAY });
  expect(waitingFor(stack, [first, second], [way, later])).toEqual([[false, true], [true, true]]);
});

test('what a VPC endpoint needs is read once, however many wait for it', () => {
  const [one, many] = [1, 6].map(count => {
    const { stack } = stackFixture();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const ways = [Interface.SQS, Interface.XRAY].map((service, i) => vpc.addInterfaceEndpoint(`Way${i}`, { service }));
    const endpoints = Array.from({ length: count }, (_, i) => endpointIn(stack, vpc, undefined, `Endpoint${i}`));
    ways.forEach(way => name(way, endpoints[0].endpointArn));
    const walked = jest.spyOn(stack.node, 'findAll');
    const read = [...ways.map(resourceOf), endpoints[0].node.defaultChild as CfnResource].map(r => jest.spyOn(r, '_toCloudFormation' as any));
    waitingFor(stack, endpoints, ways);
    return [walked, ...read].map(spy => spy.mock.calls.length);
  });
  expect(many).toEqual(one);
});
