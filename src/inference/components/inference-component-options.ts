import { Duration, Size } from 'aws-cdk-lib';
import { ComponentAdapter } from './component-adapter';
import { ComponentPlacement } from './component-placement';
import { ComponentSpecification } from './component-specification';
import { InferenceModel } from '../models/inference-model';
import { CopyScaling } from '../scaling/copy-scaling';

/**
 * A model that shares the instances of an endpoint with others, in copies that are scaled by themselves.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/inference-components.html
 */
export interface InferenceComponentOptions {
  /**
   * Name within the endpoint: up to 63 letters, digits and dashes. Callers name the component by what `endpoint.inferenceComponentName(name)`
   * returns, which is unique in the account.
   */
  readonly componentName: string;

  /** The model to serve. */
  readonly model: InferenceModel;

  /** Memory that each copy has for itself, from 128 MiB. */
  readonly memorySize: Size;

  /**
   * Memory that no copy may exceed, from 128 MiB.
   *
   * @default - no limit but that of the instance
   */
  readonly maxMemorySize?: Size;

  /**
   * Processor cores of each copy, from 0.25.
   *
   * @default - no cores are set aside
   */
  readonly cpuCores?: number;

  /**
   * Accelerators of each copy, as GPUs and AWS Inferentia, from 1.
   *
   * @default - none
   */
  readonly accelerators?: number;

  /**
   * Number of copies, from 1. Where it is scaled, this is the number of the first deployment.
   *
   * @default - 1, or the minimum of the scaling if that is more
   */
  readonly copyCount?: number;

  /**
   * How the number of copies changes while it runs, down to none if its minimum is 0.
   *
   * @default - the number stays as it is
   */
  readonly scaling?: CopyScaling;

  /**
   * How copies are spread over instances.
   *
   * @default - as SageMaker chooses
   */
  readonly placement?: ComponentPlacement;

  /**
   * Whether instances keep image and artifact, so that further copies start faster.
   *
   * @default - as SageMaker chooses for the instance type
   */
  readonly dataCaching?: boolean;

  /**
   * What is different on some of the types of `instancePools`, each of them at most once.
   *
   * @default - the same on every type
   */
  readonly specifications?: ComponentSpecification[];

  /**
   * Adapters (as LoRA) of the model, which share its copies. SageMaker has them on endpoints with one instance type only.
   *
   * @default - none
   */
  readonly adapters?: ComponentAdapter[];

  /**
   * How long a container may take until it answers its first health check, 1 to 60 minutes.
   *
   * @default - as SageMaker chooses
   */
  readonly containerStartupTimeout?: Duration;

  /**
   * How long an instance may take to download and unpack the model, 1 to 60 minutes.
   *
   * @default - as SageMaker chooses
   */
  readonly modelDownloadTimeout?: Duration;
}
