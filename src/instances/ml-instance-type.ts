import { Architecture, architectureOfFamily } from './architecture';
import { hasLocalDisks } from './local-disks';
import { Problems } from '../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html#sagemaker-Type-ProductionVariant-InstanceType */
const PATTERN = /^ml\.([a-z0-9-]+)\.[a-z0-9-]+$/;

/** Sizes that there are: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html; `interactive` is one of SageMaker's own. */
const SIZE = /\.(nano|micro|small|medium|large|\d*xlarge|metal[a-z0-9-]*|interactive)$/;

/** Families of processors and memory only. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html */
const NO_ACCELERATOR = /^([cmr]\d+[a-z]*|[cm]\d+i-flex|t\d[a-z]*)$/;

/**
 * A SageMaker instance type. The constants are a dozen common ones; `of` takes any.
 *
 * @see https://aws.amazon.com/sagemaker/ai/pricing/
 */
export class MlInstanceType {
  /** Burstable, 2 vCPU, 4 GiB; cannot be scaled automatically. */
  public static readonly T2_MEDIUM = MlInstanceType.of('ml.t2.medium');

  /** General purpose, 2 vCPU, 8 GiB. */
  public static readonly M5_LARGE = MlInstanceType.of('ml.m5.large');

  /** General purpose, 4 vCPU, 16 GiB. */
  public static readonly M5_XLARGE = MlInstanceType.of('ml.m5.xlarge');

  /** General purpose, 8 vCPU, 32 GiB. */
  public static readonly M5_2XLARGE = MlInstanceType.of('ml.m5.2xlarge');

  /** Compute optimised, 2 vCPU, 4 GiB. */
  public static readonly C5_LARGE = MlInstanceType.of('ml.c5.large');

  /** Compute optimised, 4 vCPU, 8 GiB. */
  public static readonly C5_XLARGE = MlInstanceType.of('ml.c5.xlarge');

  /** Memory optimised, 2 vCPU, 16 GiB. */
  public static readonly R5_LARGE = MlInstanceType.of('ml.r5.large');

  /** One NVIDIA T4, 4 vCPU, 16 GiB. */
  public static readonly G4DN_XLARGE = MlInstanceType.of('ml.g4dn.xlarge');

  /** One NVIDIA A10G, 4 vCPU, 16 GiB. */
  public static readonly G5_XLARGE = MlInstanceType.of('ml.g5.xlarge');

  /** One NVIDIA A10G, 8 vCPU, 32 GiB. */
  public static readonly G5_2XLARGE = MlInstanceType.of('ml.g5.2xlarge');

  /** One AWS Inferentia2, 4 vCPU, 16 GiB. */
  public static readonly INF2_XLARGE = MlInstanceType.of('ml.inf2.xlarge');

  /**
   * Any instance type.
   *
   * @param instanceType its name, for example `ml.g5.xlarge`
   */
  public static of(instanceType: string): MlInstanceType {
    return new MlInstanceType(instanceType);
  }

  private constructor(
    /** Name of the instance type, for example `ml.m5.large`. */
    public readonly instanceTypeName: string,
  ) {}

  /** Name of the instance type. */
  public toString(): string {
    return this.instanceTypeName;
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(name, this.instanceTypeName, PATTERN, "look like 'ml.m5.large'");
    if (PATTERN.test(this.instanceTypeName)) {
      problems.pattern(name, this.instanceTypeName, SIZE, "end with a size that there is, 'medium', 'large', 'xlarge' or '2xlarge' for example");
    }
  }

  /**
   * Whether the instance has disks of its own, as far as its name tells.
   *
   * @internal
   */
  public get _hasLocalDisks(): boolean {
    return hasLocalDisks(this.instanceTypeName);
  }

  /**
   * Whether the instance certainly has neither GPU nor Inferentia nor the like; false if its name does not tell.
   *
   * @internal
   */
  public get _hasNoAccelerator(): boolean {
    return NO_ACCELERATOR.test(this.family);
  }

  /**
   * The processors of the instance, as far as its name tells.
   *
   * @internal
   */
  public get _architecture(): Architecture | undefined {
    return architectureOfFamily(this.family);
  }

  private get family(): string {
    return PATTERN.exec(this.instanceTypeName)?.[1] ?? '';
  }
}
