import { Duration } from 'aws-cdk-lib';
import { ISecurityGroupRef, ISubnetRef } from 'aws-cdk-lib/aws-ec2';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { Problems } from '../../core/problems';
import { checkSeconds } from '../../core/units';

/** As IAM compares them: `*` and `?` stand for other characters. */
const INSTANCE_TYPES = /^ml\.[a-z0-9.*?-]+$/;

/**
 * What a pipeline may never do, whatever its steps or the parameters of an execution say. Each rail is a condition of IAM on the right of the
 * pipeline's role, and of the roles of its jobs, to make jobs, models, endpoints and model versions, so that AWS itself refuses what breaks it; a step that
 * breaks one as it is written stops synth.
 *
 * Each rail holds for the kinds of jobs that have such a thing: a batch transform has no network of its own, for example.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export interface PipelineGuardRails {
  /**
   * The only instance types of jobs and endpoints; `*` and `?` stand for other characters, as in `ml.m5.*`.
   *
   * @default - any
   */
  readonly instanceTypes?: string[];

  /**
   * The only subnets. Then all jobs that can be in a VPC must be.
   *
   * @default - any, or no VPC
   */
  readonly subnets?: ISubnetRef[];

  /**
   * The only security groups. Then all jobs that can be in a VPC must be.
   *
   * @default - any, or no VPC
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * The only keys of volumes. Then every job must have one, so that instance types with disks of their own, for which SageMaker takes no key, are out.
   *
   * @default - any, or none
   */
  readonly volumeKeys?: IKeyRef[];

  /**
   * The only keys of output. Then every job must have one, so that processing steps without outputs, which name no key, are out.
   *
   * @default - any, or none
   */
  readonly outputKeys?: IKeyRef[];

  /**
   * Whether containers must be cut off from the network.
   *
   * @default false
   */
  readonly requireNetworkIsolation?: boolean;

  /**
   * Whether the traffic between the instances of a job must be encrypted.
   *
   * @default false
   */
  readonly requireTrafficEncryption?: boolean;

  /**
   * The longest time that a job may ask for. Then every job must say how long it may run.
   *
   * @default - what SageMaker allows
   */
  readonly maxRuntime?: Duration;

  /**
   * The longest time that the instances of a training may be kept warm for the next one, in which they cost money; up to 6 hours.
   *
   * @default - what SageMaker allows
   */
  readonly maxKeepAlive?: Duration;

  /**
   * Whether nobody may enter a training container while it runs.
   *
   * @default false
   */
  readonly forbidRemoteDebug?: boolean;

  /**
   * Whether the pipeline may not approve the models that it registers.
   *
   * @default false
   */
  readonly requireManualApproval?: boolean;
}

/** Whether the rails themselves are sound. */
export function checkGuardRails(rails: PipelineGuardRails | undefined, problems: Problems): void {
  if (rails === undefined) { return; }
  const lists = ['instanceTypes', 'subnets', 'securityGroups', 'volumeKeys', 'outputKeys'] as const;
  for (const list of lists) { problems.count(`guardRails.${list}`, rails[list], 1, 100); }
  rails.instanceTypes?.forEach((type, i) => problems.pattern(`guardRails.instanceTypes[${i}]`, type, INSTANCE_TYPES, "begin with 'ml.', and may hold * and ?"));
  checkSeconds('guardRails.maxRuntime', rails.maxRuntime, { min: 1, max: 2_419_200 }, problems);
  checkSeconds('guardRails.maxKeepAlive', rails.maxKeepAlive, { min: 0, max: 21_600 }, problems);
}
