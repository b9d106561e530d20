import { Duration, Size } from 'aws-cdk-lib';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { InferenceModel } from '../models/inference-model';

/**
 * What of an inference component is different on one of the `instancePools` of its endpoint.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentSpecification.html
 */
export interface ComponentSpecification {
  /** The instance type, one of `instancePools`. */
  readonly instanceType: MlInstanceType;

  /**
   * The model to serve there, one that is compiled for its accelerators, say.
   *
   * @default - that of the component
   */
  readonly model?: InferenceModel;

  /**
   * Memory that each copy has for itself there, from 128 MiB.
   *
   * @default - that of the component
   */
  readonly memorySize?: Size;

  /**
   * Memory that no copy may exceed there, from 128 MiB.
   *
   * @default - that of the component
   */
  readonly maxMemorySize?: Size;

  /**
   * Processor cores of each copy there, from 0.25.
   *
   * @default - those of the component
   */
  readonly cpuCores?: number;

  /**
   * Accelerators of each copy there, from 1. Where a type has none, leave them out of the component and write them to the other types.
   *
   * @default - those of the component
   */
  readonly accelerators?: number;

  /**
   * Whether instances of this type keep image and artifact.
   *
   * @default - as the component says it
   */
  readonly dataCaching?: boolean;

  /**
   * How long a container may take there until it answers its first health check, 1 to 60 minutes.
   *
   * @default - that of the component
   */
  readonly containerStartupTimeout?: Duration;

  /**
   * How long an instance of this type may take to download and unpack the model, 1 to 60 minutes.
   *
   * @default - that of the component
   */
  readonly modelDownloadTimeout?: Duration;
}
