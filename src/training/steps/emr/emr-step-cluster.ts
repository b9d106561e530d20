import { IClusterRef } from 'aws-cdk-lib/aws-emr';
import { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkCluster, EmrClusterOptions, renderCluster } from './emr-cluster-options';
import { passRole, statusRule } from './emr-permissions';
import { Problems } from '../../../core/problems';
import { arnOf } from '../../../core/stacks';
import { Permission } from '../../../identity/permission-statement';
import { holdsVariable } from '../../definition/literal';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol-pipelines.html */
const ON_RUNNING = ['AddJobFlowSteps', 'CancelSteps', 'DescribeCluster', 'DescribeStep', 'ListSteps'].map(a => `elasticmapreduce:${a}`);
const ON_OWN = ['DescribeCluster', 'DescribeStep', 'ListSteps', 'RunJobFlow', 'TerminateJobFlows'].map(a => `elasticmapreduce:${a}`);

/**
 * How an EmrStep uses a cluster that runs already.
 */
export interface EmrRunningClusterOptions {
  /**
   * The role that the job has on the cluster, which must allow runtime roles.
   *
   * @default - the role of the instances of the cluster
   */
  readonly runtimeRole?: IRoleRef;
}

/**
 * The EMR cluster that an EmrStep runs on.
 */
export class EmrStepCluster {
  /**
   * A cluster that runs already.
   *
   * @param cluster for example a CfnCluster
   * @param options role of the job
   */
  public static running(cluster: IClusterRef, options: EmrRunningClusterOptions = {}): EmrStepCluster {
    return new EmrStepCluster({ id: cluster.clusterRef.clusterId, runtimeRole: options.runtimeRole });
  }

  /**
   * A cluster that runs already, by its id.
   *
   * @param clusterId for example `j-2AXXXXXXGAPLF`; may be a variable
   * @param options role of the job
   */
  public static runningFromId(clusterId: string, options: EmrRunningClusterOptions = {}): EmrStepCluster {
    return new EmrStepCluster({ id: clusterId, runtimeRole: options.runtimeRole });
  }

  /**
   * A cluster that the step makes, and ends when its job has ended.
   *
   * @param options release, roles and instances
   */
  public static ownCluster(options: EmrClusterOptions): EmrStepCluster {
    return new EmrStepCluster(undefined, options);
  }

  private constructor(private readonly existing?: { id: string; runtimeRole?: IRoleRef }, private readonly own?: EmrClusterOptions) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} id`, this.existing?.id, /^j-[A-Z0-9]+$/, "look like 'j-2AXXXXXXGAPLF'");
    if (this.own !== undefined) { checkCluster(name, this.own, problems); }
  }

  /** @internal */
  public _permissions(scope: IConstruct): Permission[] {
    return this.own === undefined ? this.onRunning(scope, this.existing!) : this.onOwn(scope, this.own);
  }

  /** @internal */
  public _render(): object {
    if (this.own !== undefined) { return { ClusterConfig: renderCluster(this.own) }; }
    return { ClusterId: this.existing!.id, ExecutionRoleArn: this.existing!.runtimeRole?.roleRef.roleArn };
  }

  private onRunning(scope: IConstruct, { id, runtimeRole }: { id: string; runtimeRole?: IRoleRef }): Permission[] {
    const cluster = holdsVariable(id)
      ? { resources: [arnOf(scope, 'elasticmapreduce', 'cluster', '*')], reason: 'The id of the cluster is only known while the pipeline runs.' }
      : { resources: [arnOf(scope, 'elasticmapreduce', 'cluster', id)] };
    const pass = runtimeRole === undefined ? [] : [passRole(runtimeRole.roleRef.roleArn, 'elasticmapreduce')];
    return [{ actions: ON_RUNNING, ...cluster }, statusRule(scope, 'Step'), ...pass];
  }

  private onOwn(scope: IConstruct, { serviceRole, instanceProfile, tags }: EmrClusterOptions): Permission[] {
    const cluster = { resources: [arnOf(scope, 'elasticmapreduce', 'cluster', '*')], reason: 'The id of a cluster is not known before it is made.' };
    const actions = tags === undefined ? ON_OWN : ['elasticmapreduce:AddTags', ...ON_OWN];
    const role = instanceProfile.role?.roleArn;
    return [
      { actions, ...cluster }, statusRule(scope, 'Cluster'), passRole(serviceRole.roleRef.roleArn, 'elasticmapreduce'),
      ...role === undefined ? [] : [passRole(role, 'ec2')],
    ];
  }
}
