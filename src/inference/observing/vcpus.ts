import { MlInstanceType } from '../../instances/ml-instance-type';

/** The size tells the vCPUs: `large` has 2, `xlarge` 4, `<n>xlarge` n times as many. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html */
const SIZE = /^ml\.[a-z0-9-]+\.(?:(large)|(\d*)xlarge)$/;

/** Those whose size tells something else: 36. */
const EXCEPTION = /^ml\.c4\.8xlarge$/;

/** Sizes below `large` have 2 vCPUs in one family and 1 in another. */
const BURSTABLE = /^ml\.t[23]\.medium$/;

/** How many vCPUs each of the instances has; undefined where their types do not tell, or differ. */
export function vcpusOf(instanceTypes: MlInstanceType[]): number | undefined {
  const counts = new Set(instanceTypes.map(t => vcpus(t.instanceTypeName)));
  return counts.size === 1 ? [...counts][0] : undefined;
}

function vcpus(name: string): number | undefined {
  if (EXCEPTION.test(name)) { return 36; }
  if (BURSTABLE.test(name)) { return 2; }
  const [, large, times] = SIZE.exec(name) ?? [];
  if (large !== undefined) { return 2; }
  return times === undefined ? undefined : 4 * (times === '' ? 1 : Number(times));
}
