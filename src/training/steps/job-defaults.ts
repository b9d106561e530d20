import { Connections, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { pathHash } from '../../core/names';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { encryptionKey } from '../../identity/stack-key';
import { checkVpc, GROUP_ID, placeInVpc } from '../../network/vpc-placement';

/**
 * How jobs are protected.
 */
export interface SecureJobOptions {
  /**
   * Key that encrypts the volumes and the output of jobs.
   *
   * @default - the key of the artifact bucket, or the one that the constructs of this library share in the stack
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Whether containers of jobs are cut off from the network. SageMaker itself still brings data in and out.
   *
   * @default true
   */
  readonly networkIsolation?: boolean;

  /**
   * Whether the traffic between the instances of one job is encrypted.
   *
   * @default true
   */
  readonly interContainerTrafficEncryption?: boolean;

  /**
   * VPC in which the containers have their network interfaces. It must reach S3, ECR, CloudWatch Logs and KMS, by endpoints or otherwise.
   *
   * @default - jobs are in no VPC of yours
   */
  readonly vpc?: IVpc;

  /**
   * Which subnets of the VPC, up to 16.
   *
   * @default - the private ones, by the rules of CDK
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of the network interfaces, up to 5.
   *
   * @default - one without rules for incoming traffic: that of the pipeline, or one for each VPC that steps name in job defaults of their own
   */
  readonly securityGroups?: ISecurityGroup[];
}

/**
 * What every job of a pipeline gets beyond what its step says.
 */
export class JobDefaults {
  /**
   * Network isolation, encrypted traffic between instances, and a customer-managed key for volumes and output.
   *
   * @param options what is to be different
   */
  public static secure(options: SecureJobOptions = {}): JobDefaults {
    return new JobDefaults(options);
  }

  /**
   * Nothing: the definition holds what the steps say, as the SageMaker Python SDK writes it. The compliance checks find that (ML-SM13, ML-SM31, ML-SM32): accept it
   * step by step with a reason, in `compliance` of the pipeline.
   */
  public static none(): JobDefaults {
    return new JobDefaults();
  }

  private constructor(private readonly options?: SecureJobOptions) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    if (this.options !== undefined) { checkVpc(this.options, problems, name); }
  }

  /**
   * What of the protection is known before anything is made.
   *
   * @internal
   */
  public _known(): JobProtection {
    if (this.options === undefined) { return {}; }
    const { networkIsolation, vpc } = this.options;
    return { networkIsolation: networkIsolation ?? true, vpcConfig: vpc && { SecurityGroupIds: [], Subnets: [] } };
  }

  /**
   * The security group of a step's own defaults is one for each VPC, so that its name depends on the VPC only, and not on which steps there are.
   *
   * @internal
   */
  public _bind(scope: Construct, bucketKey: IKey | undefined, pipeline = scope): JobProtection {
    if (this.options === undefined) { return {}; }
    const place = placeInVpc(...this.placed(scope, pipeline), 'Jobs of a SageMaker pipeline');
    return {
      key: encryptionKey(scope, this.options.encryptionKey ?? bucketKey, true),
      networkIsolation: this.options.networkIsolation ?? true,
      encryptTraffic: this.options.interContainerTrafficEncryption ?? true,
      vpcConfig: place && { SecurityGroupIds: place.config.securityGroupIds, Subnets: place.config.subnets },
      connections: place?.connections,
      permissions: place?.permissions,
    };
  }

  private placed(scope: Construct, pipeline: Construct): [Construct, SecureJobOptions] {
    const { vpc, securityGroups } = this.options!;
    if (scope === pipeline || vpc === undefined || securityGroups !== undefined) { return [scope, this.options!]; }
    const id = `JobsIn${pathHash(vpc)}`;
    const network = pipeline.node.tryFindChild(id) as Construct | undefined ?? new Construct(pipeline, id);
    const group = network.node.tryFindChild(GROUP_ID) as ISecurityGroup | undefined;
    return [network, { ...this.options, securityGroups: group && [group] }];
  }
}

/**
 * What is written into jobs; undefined is left out.
 *
 * @internal
 */
export interface JobProtection {
  readonly key?: IKey;
  readonly networkIsolation?: boolean;
  readonly encryptTraffic?: boolean;
  readonly vpcConfig?: { SecurityGroupIds: string[]; Subnets: string[] };
  readonly connections?: Connections;
  /** What the role of the containers needs for its network interfaces. */
  readonly permissions?: Permission[];
}
