import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, IVpc, SelectedSubnets, VpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { Needs } from './needs';

/** What a resource of a place in a VPC waits for. */
export type WaysOut = (waiting: CfnResource) => IDependable;

/**
 * What must be there before anything in the subnets reaches others: their routes, and the VPC endpoints, which are all that isolated subnets have. Those
 * that the stack of `scope` makes, whenever it makes them, unless one of them needs whatever waits; another stack with the VPC is deployed before anyway.
 */
export function waysOut(scope: Construct, vpc: IVpc, { internetConnectivityEstablished }: SelectedSubnets): WaysOut {
  const inStack = WaysInStack.of(Stack.of(scope));
  return waiting => {
    inStack.add(waiting, vpc);
    return dependable(() => [...Dependable.of(internetConnectivityEstablished).dependencyRoots, ...inStack.waysOf(waiting)]);
  };
}

function dependable(roots: () => IConstruct[]): IDependable {
  const made = {};
  Dependable.implement(made, { get dependencyRoots() { return roots(); } });
  return made;
}

/** Chosen for all that waits in a stack at once, since each choice adds to what the next may make a circle with. */
class WaysInStack {
  public static of(stack: Stack): WaysInStack {
    const made = this.made.get(stack) ?? new WaysInStack(stack);
    this.made.set(stack, made);
    return made;
  }

  private static readonly made = new WeakMap<Stack, WaysInStack>();

  private readonly waiting = new Map<CfnResource, IVpc>();
  private chosen?: Map<CfnResource, IConstruct[]>;

  private constructor(private readonly stack: Stack) {
    stack.node.addDependency(dependable(() => { // CDK asks a stack before what is in it, each time that it prepares an app, which may have changed
      this.chosen = undefined;
      return [];
    }));
  }

  public add(waiting: CfnResource, vpc: IVpc): void {
    this.waiting.set(waiting, vpc);
  }

  public waysOf(waiting: CfnResource): IConstruct[] {
    return (this.chosen ?? this.choose()).get(waiting) ?? [];
  }

  private choose(): Map<CfnResource, IConstruct[]> {
    const chosen = this.chosen = new Map<CfnResource, IConstruct[]>(); // at once, since the search asks what waits too
    const text = (value: unknown) => JSON.stringify(this.stack.resolve(value));
    const endpoints = this.stack.node.findAll().filter((c): c is CfnVPCEndpoint => c instanceof CfnVPCEndpoint && c.stack === this.stack);
    const ways = endpoints.map(e => ({ vpcId: text(e.vpcId), way: wayOf(e) }));
    const needs = new Needs(this.stack);
    for (const [waiting, vpc] of this.waiting) {
      const vpcId = text(vpc.vpcId);
      const free = ways.filter(w => w.vpcId === vpcId && !needs.reach(w.way, waiting)).map(w => w.way);
      needs.add(waiting, free);
      chosen.set(waiting, free);
    }
    return chosen;
  }
}

/** With its security group, which lets callers in. */
function wayOf(endpoint: CfnVPCEndpoint): IConstruct {
  return endpoint.node.scope instanceof VpcEndpoint ? endpoint.node.scope : endpoint;
}
