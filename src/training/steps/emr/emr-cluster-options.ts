import { ISubnetRef } from 'aws-cdk-lib/aws-ec2';
import { ISecurityConfigurationRef } from 'aws-cdk-lib/aws-emr';
import { IInstanceProfile, IRoleRef } from 'aws-cdk-lib/aws-iam';
import { checkInstances, EmrInstances, renderInstances } from './emr-instances';
import { Problems } from '../../../core/problems';
import { keyValues, sorted } from '../../../core/sorted';
import { checkUri } from '../../definition/s3-uri';
import { checkTags } from '../job-tags';

/**
 * Settings of one of the applications of EMR.
 */
export interface EmrConfiguration {
  /** Which file the settings belong to, for example `spark-defaults`. */
  readonly classification: string;

  /** The settings, by their names. */
  readonly properties: { [name: string]: string };
}

/**
 * A script that runs on each instance before the applications start.
 */
export interface EmrBootstrapAction {
  /** Name of the action. */
  readonly actionName: string;

  /** S3 URI of the script. */
  readonly scriptUri: string;

  /**
   * What the script is given.
   *
   * @default - nothing
   */
  readonly arguments?: string[];
}

/**
 * A cluster that an EmrStep makes, and ends when its job has ended.
 *
 * What else `RunJobFlow` of EMR can be told, instance fleets for example, goes in with `addOverride('Arguments.ClusterConfig.…', value)`.
 */
export interface EmrClusterOptions {
  /** Release of EMR, for example `emr-7.1.0`. */
  readonly releaseLabel: string;

  /** The role by which EMR makes instances. The pipeline may pass it to EMR. */
  readonly serviceRole: IRoleRef;

  /** The instance profile of the instances. It must tell its role, which the pipeline may pass to EC2. */
  readonly instanceProfile: IInstanceProfile;

  /** The primary node. */
  readonly primary: EmrInstances;

  /**
   * Core nodes, which hold data and run tasks.
   *
   * @default - none
   */
  readonly core?: EmrInstances;

  /**
   * Task nodes, which run tasks only.
   *
   * @default - none
   */
  readonly task?: EmrInstances;

  /**
   * Applications, for example `Spark`.
   *
   * @default - those of the release
   */
  readonly applications?: string[];

  /**
   * Settings of applications.
   *
   * @default - those of the release
   */
  readonly configurations?: EmrConfiguration[];

  /**
   * Scripts that prepare the instances.
   *
   * @default - none
   */
  readonly bootstrapActions?: EmrBootstrapAction[];

  /**
   * The subnet of the instances.
   *
   * @default - one of the default VPC
   */
  readonly subnet?: ISubnetRef;

  /**
   * Encryption and authentication.
   *
   * @default - what EMR does by itself
   */
  readonly securityConfiguration?: ISecurityConfigurationRef;

  /**
   * S3 URI below which the logs go.
   *
   * @default - no logs are kept
   */
  readonly logUri?: string;

  /**
   * Tags of the cluster and its instances.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** What is wrong with a cluster. */
export function checkCluster(name: string, options: EmrClusterOptions, problems: Problems): void {
  const { releaseLabel, primary, core, task, instanceProfile, logUri, bootstrapActions = [] } = options;
  problems.pattern(`${name}.releaseLabel`, releaseLabel, /^emr-\d+\.\d+\.\d+/, "look like 'emr-7.1.0'");
  checkInstances(`${name}.primary`, primary, problems);
  checkInstances(`${name}.core`, core, problems);
  checkInstances(`${name}.task`, task, problems);
  problems.check(instanceProfile.role !== undefined, `${name}.instanceProfile must tell its role: InstanceProfile.fromInstanceProfileAttributes({ instanceProfileArn, role })`);
  checkUri(`${name}.logUri`, logUri, problems);
  bootstrapActions.forEach((a, i) => checkUri(`${name}.bootstrapActions[${i}].scriptUri`, a.scriptUri, problems));
  checkTags(`${name}.tags`, options.tags, problems);
}

/** As `RunJobFlow` of EMR takes it. */
export function renderCluster(options: EmrClusterOptions): object {
  const { primary, core, task, subnet } = options;
  return {
    ReleaseLabel: options.releaseLabel,
    Applications: options.applications?.map(Name => ({ Name })),
    Instances: {
      InstanceGroups: [...renderInstances('MASTER', primary), ...renderInstances('CORE', core), ...renderInstances('TASK', task)],
      Ec2SubnetId: subnet?.subnetRef.subnetId,
    },
    Configurations: options.configurations?.map(c => ({ Classification: c.classification, Properties: sorted(c.properties) })),
    BootstrapActions: options.bootstrapActions?.map(a => ({ Name: a.actionName, ScriptBootstrapAction: { Path: a.scriptUri, Args: a.arguments } })),
    SecurityConfiguration: options.securityConfiguration?.securityConfigurationRef.securityConfigurationName,
    LogUri: options.logUri,
    ServiceRole: options.serviceRole.roleRef.roleArn,
    JobFlowRole: options.instanceProfile.instanceProfileName,
    Tags: keyValues(options.tags),
  };
}
