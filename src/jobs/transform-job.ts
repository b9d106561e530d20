import { renderTransform, TransformOptions } from './transform-options';
import { MlInstanceType } from '../instances/ml-instance-type';

/** Where records come from. */
export interface TransformSource {
  readonly uri: string;
  /** Whether the URI names a list of objects, and not a prefix. */
  readonly manifest?: boolean;
}

/** Where something is written, and the key that encrypts it there. */
export interface TransformTarget {
  readonly uri: string;
  readonly keyId?: string;
}

/** All that a transform job is made of, but for its name. */
export interface TransformJob {
  readonly modelName: string;
  readonly input: TransformSource;
  readonly output: TransformTarget;
  readonly capture?: TransformTarget & { readonly inferenceId?: boolean };
  readonly instanceType: string;
  readonly volumeKeyId?: string;
  readonly options: TransformOptions;
}

/** The families that take part in batch transform. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformResources.html */
const FAMILIES = ['m4', 'c4', 'p2', 'p3', 'c5', 'm5', 'm6i', 'c6i', 'r6i', 'm7i', 'c7i', 'r7i', 'g4dn', 'g5', 'g6', 'g6e', 'trn1', 'inf2'];

/** The warning for a type that SageMaker does not list for batch transform, if it is one; SageMaker adds types now and then, so it is no error. */
export function unlistedInstanceType({ instanceTypeName }: MlInstanceType): string | undefined {
  const family = /^ml\.([a-z0-9-]+)\./.exec(instanceTypeName)?.[1];
  return family === undefined || FAMILIES.includes(family) ? undefined
    : `SageMaker lists no instances of the family ${family} for batch transform, got ${instanceTypeName}.`;
}

/** The request of CreateTransformJob without a name. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html */
export function renderTransformJob({ modelName, input, output, capture, instanceType, volumeKeyId, options }: TransformJob) {
  const rendered = renderTransform(options);
  return {
    ModelName: modelName,
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: input.manifest ? 'ManifestFile' : 'S3Prefix', S3Uri: input.uri } },
      ...rendered.input,
    },
    TransformOutput: { S3OutputPath: output.uri, KmsKeyId: output.keyId, ...rendered.output },
    TransformResources: { InstanceCount: rendered.instanceCount, InstanceType: instanceType, VolumeKmsKeyId: volumeKeyId },
    DataCaptureConfig: capture && { DestinationS3Uri: capture.uri, KmsKeyId: capture.keyId, GenerateInferenceId: capture.inferenceId },
    ...rendered.request,
  };
}
