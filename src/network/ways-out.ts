import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, IVpc, SelectedSubnets, VpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';

/** Nothing that starts calls SageMaker, and a policy of such an endpoint may name what it would then wait for. */
const SAGEMAKER = /\.sagemaker\.[a-z-]+"/;

/**
 * What must be there before anything in the subnets reaches others: their routes, and the VPC endpoints, which are all that isolated subnets have. Those that the
 * stack of `scope` makes, whenever it makes them; another stack with the VPC is deployed before anyway.
 */
export function waysOut(scope: Construct, vpc: IVpc, { internetConnectivityEstablished }: SelectedSubnets): IDependable {
  const ways = {};
  Dependable.implement(ways, {
    get dependencyRoots() { return [...Dependable.of(internetConnectivityEstablished).dependencyRoots, ...endpointsOf(Stack.of(scope), vpc)]; },
  });
  return ways;
}

/** With their security groups, which let callers in. */
function endpointsOf(stack: Stack, vpc: IVpc): IConstruct[] {
  const vpcId = JSON.stringify(stack.resolve(vpc.vpcId));
  const found = stack.node.findAll().filter((c): c is CfnVPCEndpoint => c instanceof CfnVPCEndpoint && c.stack === stack);
  const ours = found.filter(e => JSON.stringify(stack.resolve(e.vpcId)) === vpcId && !SAGEMAKER.test(JSON.stringify(stack.resolve(e.serviceName))));
  return ours.map(e => e.node.scope instanceof VpcEndpoint ? e.node.scope : e);
}
