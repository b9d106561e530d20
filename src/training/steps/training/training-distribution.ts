import { Problems } from '../../../core/problems';
import { numberText } from '../../definition/number-text';

/**
 * How processes are started by MPI.
 */
export interface MpiOptions {
  /**
   * Number of processes on each instance.
   *
   * @default - what the toolkit takes, one for each GPU or one
   */
  readonly processesPerHost?: number;

  /**
   * Further options of `mpirun`.
   *
   * @default - none
   */
  readonly customOptions?: string;
}

/**
 * How one training is distributed over processes and instances: hyperparameters that the training toolkit in framework images of AWS reads. Other images
 * do with them what they like.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/distributed-training.html
 */
export class TrainingDistribution {
  /**
   * MPI starts the processes.
   *
   * @param options how many, and how
   */
  public static mpi(options: MpiOptions = {}): TrainingDistribution {
    return new TrainingDistribution({
      sagemaker_mpi_enabled: true,
      sagemaker_mpi_num_of_processes_per_host: options.processesPerHost,
      sagemaker_mpi_custom_mpi_options: options.customOptions ?? '',
    }, options.processesPerHost);
  }

  /** `torchrun` starts one process for each GPU. */
  public static torchDistributed(): TrainingDistribution {
    return new TrainingDistribution({ sagemaker_torch_distributed_enabled: true });
  }

  /** The launcher of PyTorch's DistributedDataParallel starts one process for each GPU. */
  public static pytorchDdp(): TrainingDistribution {
    return new TrainingDistribution({ sagemaker_pytorch_ddp_enabled: true });
  }

  /**
   * The distributed data parallel library of SageMaker.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/data-parallel.html
   *
   * @param instanceType the type of the instances, as the step says it
   * @param customMpiOptions further options of `mpirun`
   */
  public static smDataParallel(instanceType: string, customMpiOptions?: string): TrainingDistribution {
    return new TrainingDistribution({
      sagemaker_distributed_dataparallel_enabled: true,
      sagemaker_instance_type: instanceType,
      sagemaker_distributed_dataparallel_custom_mpi_options: customMpiOptions ?? '',
    });
  }

  /** Workers and parameter servers of TensorFlow. */
  public static parameterServer(): TrainingDistribution {
    return new TrainingDistribution({ sagemaker_parameter_server_enabled: true });
  }

  /** Workers of TensorFlow that hold the same weights. */
  public static multiWorkerMirrored(): TrainingDistribution {
    return new TrainingDistribution({ sagemaker_multi_worker_mirrored_strategy_enabled: true });
  }

  /** Workers of PyTorch with XLA. */
  public static pytorchXla(): TrainingDistribution {
    return new TrainingDistribution({ sagemaker_pytorch_xla_multi_worker_enabled: true });
  }

  private constructor(private readonly said: { [name: string]: boolean | number | string | undefined }, private readonly processes?: number) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.integer(`${name}.processesPerHost`, this.processes, 1, Number.MAX_SAFE_INTEGER);
  }

  /**
   * As the SDK writes them, whose toolkit reads JSON.
   *
   * @internal
   */
  public _hyperparameters(): { [name: string]: string } {
    const said = Object.entries(this.said).filter(([, v]) => v !== undefined);
    return Object.fromEntries(said.map(([k, v]) => [k, typeof v === 'number' ? numberText(v) : JSON.stringify(v)]));
  }
}
