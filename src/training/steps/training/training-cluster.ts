import { Duration, Size } from 'aws-cdk-lib';
import { TrainingJobOptions } from './training-job-options';
import { Problems } from '../../../core/problems';
import { checkSeconds, gibibytes, inSeconds } from '../../../core/units';
import { checkInstanceType, checkVolumeSize, DEFAULT_INSTANCE_TYPE, volumeKey } from '../instances';
import { StepContext } from '../step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html */
const MAX_GROUPS = 5;
const MAX_KEEP_ALIVE = Duration.hours(6);
const MAX_PLACEMENTS = 10;

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: DEFAULT_INSTANCE_TYPE, instanceCount: 1, volumeSize: Size.gibibytes(30) };

/**
 * Instances of one type in a cluster of several types.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/train-heterogeneous-cluster.html
 */
export interface TrainingInstanceGroup {
  /** Name of the group, up to 64 characters, unique in its step. */
  readonly groupName: string;

  /** Type of the instances, for example `ml.c5.2xlarge`, or a parameter. */
  readonly instanceType: string;

  /**
   * Number of instances, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;
}

/**
 * Instances that a training may run on.
 */
export interface TrainingInstancePreference {
  /** Type of the instances, for example `ml.p4d.24xlarge`, or a parameter; each type once. */
  readonly instanceType: string;

  /**
   * Number of instances, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;
}

/**
 * Where in an UltraServer instances stand.
 */
export interface UltraServerPlacement {
  /** Number of instances, or a parameter. */
  readonly instanceCount: number;

  /**
   * Id of the UltraServer, up to 256 characters.
   *
   * @default - any
   */
  readonly ultraServerId?: string;
}

/**
 * Where the instances of a training job stand in UltraServers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstancePlacementConfig.html
 */
export interface TrainingInstancePlacement {
  /**
   * Whether several jobs may share an UltraServer.
   *
   * @default - what SageMaker does
   */
  readonly multipleJobs?: boolean;

  /**
   * How many instances stand where, up to 10 entries.
   *
   * @default - SageMaker decides
   */
  readonly placements?: UltraServerPlacement[];
}

/** What a training says of its instances. */
type Cluster = Pick<
  TrainingJobOptions,
  'instanceType' | 'instanceCount' | 'instanceGroups' | 'instancePreferences' | 'volumeSize' | 'keepAlivePeriod' | 'instancePlacement'
>;

/**
 * The types of all instances.
 *
 * @internal
 */
export function instanceTypes({ instanceType, instanceGroups, instancePreferences }: Cluster): string[] {
  return (instanceGroups ?? instancePreferences)?.map(g => g.instanceType) ?? [instanceType ?? DEFAULTS.instanceType];
}

/**
 * Types, numbers, groups.
 *
 * @internal
 */
export function checkTrainingCluster(name: (prop: string) => string, cluster: Cluster, problems: Problems): void {
  const { instanceType, instanceCount, instanceGroups, volumeSize, keepAlivePeriod, instancePlacement } = cluster;
  checkInstanceType(name('instanceType'), instanceType, problems);
  problems.integer(name('instanceCount'), instanceCount, 1, Number.MAX_SAFE_INTEGER);
  checkVolumeSize(name('volumeSize'), volumeSize, problems);
  checkSeconds(name('keepAlivePeriod'), keepAlivePeriod, { min: 0, max: MAX_KEEP_ALIVE.toSeconds() }, problems);
  const alone = instanceType === undefined && instanceCount === undefined;
  problems.check(instanceGroups === undefined || alone, `${name('instanceGroups')} say the type and number of instances: leave out instanceType and instanceCount`);
  problems.count(name('instanceGroups'), instanceGroups, 1, MAX_GROUPS);
  problems.unique(`${name('instanceGroups')} names`, instanceGroups?.map(g => g.groupName) ?? []);
  instanceGroups?.forEach((group, i) => {
    const of = (prop: string) => `${name('instanceGroups')}[${i}].${prop}`;
    problems.pattern(of('groupName'), group.groupName, /^.{1,64}$/, 'be 1 to 64 characters');
    checkInstanceType(of('instanceType'), group.instanceType, problems);
    problems.integer(of('instanceCount'), group.instanceCount, 1, Number.MAX_SAFE_INTEGER);
  });
  checkPreferences(name, cluster, alone && instanceGroups === undefined && instancePlacement === undefined, problems);
  problems.count(name('instancePlacement.placements'), instancePlacement?.placements, 1, MAX_PLACEMENTS);
  instancePlacement?.placements?.forEach((p, i) => {
    problems.integer(`${name('instancePlacement.placements')}[${i}].instanceCount`, p.instanceCount, 0, Number.MAX_SAFE_INTEGER);
  });
}

function checkPreferences(name: (prop: string) => string, { instancePreferences }: Cluster, alone: boolean, problems: Problems): void {
  const all = name('instancePreferences');
  problems.check(instancePreferences === undefined || alone, `${all} say the instances: leave out instanceType, instanceCount, instanceGroups and instancePlacement`);
  problems.count(all, instancePreferences, 1, MAX_GROUPS);
  problems.unique(`${all} types`, instancePreferences?.map(p => p.instanceType) ?? []);
  instancePreferences?.forEach((preference, i) => {
    checkInstanceType(`${all}[${i}].instanceType`, preference.instanceType, problems);
    problems.integer(`${all}[${i}].instanceCount`, preference.instanceCount, 1, Number.MAX_SAFE_INTEGER);
  });
}

/**
 * Whether it says anything that only a `ResourceConfig` can hold.
 *
 * @internal
 */
export function isSpecial({ instanceGroups, instancePreferences, keepAlivePeriod, instancePlacement }: Cluster): boolean {
  return instanceGroups !== undefined || instancePreferences !== undefined || keepAlivePeriod !== undefined || instancePlacement !== undefined;
}

/**
 * As a `ResourceConfig`.
 *
 * @internal
 */
export function renderTrainingCluster(cluster: Cluster, { protection }: Pick<StepContext, 'protection'>): object {
  const { instanceGroups, instancePreferences, instancePlacement } = cluster;
  const alike = instanceGroups === undefined && instancePreferences === undefined;
  const keys = instanceTypes(cluster).map(t => volumeKey(t, { protection }));
  return {
    VolumeSizeInGB: gibibytes(cluster.volumeSize ?? DEFAULTS.volumeSize),
    InstanceCount: alike ? cluster.instanceCount ?? DEFAULTS.instanceCount : undefined,
    InstanceType: alike ? cluster.instanceType ?? DEFAULTS.instanceType : undefined,
    InstanceGroups: instanceGroups?.map(g => ({
      InstanceGroupName: g.groupName, InstanceType: g.instanceType, InstanceCount: g.instanceCount ?? DEFAULTS.instanceCount,
    })),
    InstancePreferences: instancePreferences?.map(p => ({ InstanceType: p.instanceType, InstanceCount: p.instanceCount ?? DEFAULTS.instanceCount })),
    KeepAlivePeriodInSeconds: inSeconds(cluster.keepAlivePeriod),
    InstancePlacementConfig: instancePlacement && {
      EnableMultipleJobs: instancePlacement.multipleJobs,
      PlacementSpecifications: instancePlacement.placements?.map(p => ({ UltraServerId: p.ultraServerId, InstanceCount: p.instanceCount })),
    },
    VolumeKmsKeyId: keys.every(k => k !== undefined) ? keys[0] : undefined,
  };
}
