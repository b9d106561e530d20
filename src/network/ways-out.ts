import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, IVpc, SelectedSubnets, VpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';

/**
 * What containers and builds call as soon as they start: where artifacts, images, packages, sources and secrets are, and what they log to. Of others than AWS,
 * whatever they offer, since it may be a registry. A service of SageMaker is none of these.
 */
const AT_START = ['s3', 's3express', 's3-global\\.accesspoint', 'dynamodb', 'ecr\\.(api|dkr)', 'logs', 'monitoring', 'kms', 'sts', 'secretsmanager', 'ssm', 'lambda', 'elasticfilesystem', 'fsx',
  'codebuild', 'codeartifact\\.(api|repositories)', '(git-)?codecommit', '(codeconnections|codestar-connections)\\.api', 'vpce\\.[^"]*'];
const SERVICE = new RegExp(`\\.(${AT_START.join('|')})(-fips)?"`);

/** What a resource of a place in a VPC waits for. */
export type WaysOut = (waiting: CfnResource) => IDependable;

/**
 * What must be there before anything in the subnets reaches others: their routes, and the VPC endpoints, which are all that isolated subnets have. Those
 * that the stack of `scope` makes, whenever it makes them, unless one of them needs whatever waits; another stack with the VPC is deployed before anyway.
 */
export function waysOut(scope: Construct, vpc: IVpc, { internetConnectivityEstablished }: SelectedSubnets): WaysOut {
  const routes = () => Dependable.of(internetConnectivityEstablished).dependencyRoots;
  return waiting => {
    const ways = {};
    Dependable.implement(ways, { get dependencyRoots() { return [...routes(), ...endpointsOf(Stack.of(scope), vpc, waiting)]; } });
    return ways;
  };
}

/** With their security groups, which let callers in. */
function endpointsOf(stack: Stack, vpc: IVpc, waiting: CfnResource): IConstruct[] {
  const text = (value: unknown) => JSON.stringify(stack.resolve(value));
  const vpcId = text(vpc.vpcId);
  const found = stack.node.findAll().filter((c): c is CfnVPCEndpoint => c instanceof CfnVPCEndpoint && c.stack === stack);
  const ours = found.filter(e => text(e.vpcId) === vpcId && SERVICE.test(text(e.serviceName)));
  const ways = ours.map(e => e.node.scope instanceof VpcEndpoint ? e.node.scope : e);
  return ways.filter(way => !needs(stack, way, waiting));
}

/** Whether what a way is made of refers to what waits for it, however far: its policy may name it. */
function needs(stack: Stack, way: IConstruct, waiting: CfnResource): boolean {
  const resources = stack.node.findAll().filter((c): c is CfnResource => CfnResource.isCfnResource(c) && c.stack === stack);
  const byId = new Map(resources.map(r => [stack.resolve(r.logicalId) as string, r]));
  const open = way.node.findAll().filter(CfnResource.isCfnResource);
  const seen = new Set<CfnResource>(open);
  for (const resource of open) {
    if (resource === waiting) { return true; }
    const referred = [...referencesOf(stack, resource)].map(id => byId.get(id));
    const next = [...referred, ...resource.obtainDependencies()].filter((r): r is CfnResource => r instanceof CfnResource && !seen.has(r));
    next.forEach(r => seen.add(r));
    open.push(...next);
  }
  return false;
}

/** Logical ids of what a resource refers to. */
function referencesOf(stack: Stack, resource: CfnResource): Set<string> {
  const text = JSON.stringify(stack.resolve((resource as any)._toCloudFormation()));
  const found = [...text.matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"|\$\{(\w+)/g)];
  return new Set(found.map(([, ref, attribute, within]) => ref ?? attribute ?? within));
}
