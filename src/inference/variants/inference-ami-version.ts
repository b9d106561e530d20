import { Problems } from '../../core/problems';

/**
 * The machine image of instances with accelerators: versions of drivers and of Linux.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html#sagemaker-Type-ProductionVariant-InferenceAmiVersion
 */
export class InferenceAmiVersion {
  /** Amazon Linux 2, NVIDIA driver 535, CUDA 12.2. */
  public static readonly AL2_GPU_2 = InferenceAmiVersion.of('al2-ami-sagemaker-inference-gpu-2');

  /** Amazon Linux 2, NVIDIA driver 535, CUDA 12.2, no CUDA of the image's own mounted for compatibility. */
  public static readonly AL2_GPU_2_1 = InferenceAmiVersion.of('al2-ami-sagemaker-inference-gpu-2-1');

  /** Amazon Linux 2, NVIDIA driver 550, CUDA 12.4, no CUDA of the image's own mounted for compatibility. */
  public static readonly AL2_GPU_3_1 = InferenceAmiVersion.of('al2-ami-sagemaker-inference-gpu-3-1');

  /** Amazon Linux 2, for Inferentia2 and Trainium, Neuron driver 2.19. */
  public static readonly AL2_NEURON_2 = InferenceAmiVersion.of('al2-ami-sagemaker-inference-neuron-2');

  /** Amazon Linux 2023, NVIDIA driver 580, CUDA 13.0, no CUDA of the image's own mounted for compatibility. */
  public static readonly AL2023_GPU_4_1 = InferenceAmiVersion.of('al2023-ami-sagemaker-inference-gpu-4-1');

  /**
   * Any other machine image.
   *
   * @param version its name, for example `al2-ami-sagemaker-inference-gpu-2`
   */
  public static of(version: string): InferenceAmiVersion {
    return new InferenceAmiVersion(version);
  }

  private constructor(
    /** Name of the machine image. */
    public readonly version: string,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(name, this.version, /^[a-z0-9][a-z0-9-]{0,62}$/, "look like 'al2-ami-sagemaker-inference-gpu-2'");
  }
}
