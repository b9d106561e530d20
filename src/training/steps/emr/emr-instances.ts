import { Problems } from '../../../core/problems';

/** Every default stands here, and only here. */
const DEFAULTS = { instanceCount: 1, spot: false };

/**
 * Instances of a cluster that an EmrStep makes.
 */
export interface EmrInstances {
  /** Type of the instances, for example `m5.xlarge`, or a parameter. */
  readonly instanceType: string;

  /**
   * Number of instances, 1 or more, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Whether they are Spot Instances, for the price of those on demand at the most.
   *
   * @default false
   */
  readonly spot?: boolean;
}

/** What is wrong with instances. */
export function checkInstances(name: string, instances: EmrInstances | undefined, problems: Problems): void {
  problems.pattern(`${name}.instanceType`, instances?.instanceType, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "look like 'm5.xlarge'");
  problems.integer(`${name}.instanceCount`, instances?.instanceCount, 1, Number.MAX_SAFE_INTEGER);
}

/** As an instance group; none without instances. */
export function renderInstances(role: string, instances?: EmrInstances): object[] {
  if (instances === undefined) { return []; }
  const { instanceType, instanceCount, spot } = instances;
  const market = spot ?? DEFAULTS.spot ? 'SPOT' : undefined;
  return [{ InstanceRole: role, InstanceType: instanceType, InstanceCount: instanceCount ?? DEFAULTS.instanceCount, Market: market }];
}
