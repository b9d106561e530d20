import { Token } from 'aws-cdk-lib';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { Fleet, FleetVariant } from '../hosting/hosting-kind';

/** Shares that a part may have of each variant, in percent. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** What a program says of a part, under the names that it uses. */
export interface PartProps {
  readonly percentName: string;
  readonly percent?: number;
  readonly instancesName: string;
  readonly instances?: number;
  /** The percentage, if the program says nothing. */
  readonly otherwise: number;
}

/**
 * A part of a fleet: a share of it, or a number of instances of each variant.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CapacitySize.html
 */
export class FleetPart {
  constructor(private readonly props: PartProps) {}

  public check(problems: Problems, fleet: Fleet, { min, max }: Limits): void {
    const { percentName, percent, instancesName, instances } = this.props;
    problems.check(percent === undefined || instances === undefined, `${percentName} and ${instancesName} exclude each other`);
    problems.integer(percentName, percent, min, max);
    problems.integer(instancesName, instances, 1, Number.MAX_SAFE_INTEGER);
    for (const { variantName, instanceCount } of countedVariants(fleet)) {
      const share = shareIn(instances, instanceCount);
      const fits = share === undefined || share >= min && share <= max;
      problems.check(fits, `${instancesName} must be ${min} to ${max} % of the instances of variant ${variantName}, of which there are ${instanceCount}, got ${instances}`);
    }
  }

  public render(): CfnEndpoint.CapacitySizeProperty {
    const { percent, instances, otherwise } = this.props;
    return instances === undefined ? { type: 'CAPACITY_PERCENT', value: percent ?? otherwise } : { type: 'INSTANCE_COUNT', value: instances };
  }

  /** The smallest share of a variant that it is, in percent; undefined if that is only known later. */
  public shareOf(fleet: Fleet): number | undefined {
    const { percent, instances, otherwise } = this.props;
    if (instances === undefined) { return known(percent ?? otherwise); }
    const shares = countedVariants(fleet).map(v => shareIn(instances, v.instanceCount));
    return shares.length === 0 || shares.includes(undefined) ? undefined : Math.min(...shares as number[]);
  }
}

/** Variants with a number of instances that is known and stays. */
export function countedVariants(fleet: Fleet): FleetVariant[] {
  return fleet.variants.filter(v => !v.scaled && known(v.instanceCount) !== undefined);
}

function shareIn(instances: number | undefined, count: number | undefined): number | undefined {
  return known(instances) === undefined || !known(count) ? undefined : 100 * instances! / count!;
}

function known(value: number | undefined): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
