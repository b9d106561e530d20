import { Tokenization } from 'aws-cdk-lib';
import { PipelineStep } from '../pipeline-step';
import { StepContext } from '../step-context';

/** Where jobs are told to write, in the calls of SageMaker and of Athena: the key, or the key and the one above it. */
const OUTPUTS = [/(^|\.)S3OutputPath$/, /(^|\.)S3Output\.S3Uri$/, /(^|\.)OutputLocation$/];

/** Where they write beside their outputs: checkpoints, results of queries, what is captured. */
const BESIDE = [/(^|\.)CheckpointConfig\.S3Uri$/, /(^|\.)OutputS3Uri$/, /(^|\.)DataCaptureConfig\.DestinationS3Uri$/];

/** The S3 URIs, variables in them included, that a step writes its outputs to. */
export function writtenPlaces(step: PipelineStep, context: StepContext): string[] {
  return placesOf(step, context, OUTPUTS);
}

/** The same, and whatever else it writes to. */
export function allWrittenPlaces(step: PipelineStep, context: StepContext): string[] {
  return placesOf(step, context, [...OUTPUTS, ...BESIDE]);
}

function placesOf(step: PipelineStep, context: StepContext, keys: RegExp[]): string[] {
  const places: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string' && keys.some(p => p.test(path))) { places.push(value); }
    if (Array.isArray(value)) { value.forEach(v => visit(v, path)); }
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value)) { Object.entries(value).forEach(([k, v]) => visit(v, path === '' ? k : `${path}.${k}`)); }
  };
  const { Arguments } = step._renderAlone(context) as { Arguments?: object };
  visit(Arguments, '');
  return places;
}

/** Whether the job of a step is in a VPC of the user. */
export function isInVpc(step: PipelineStep, context: StepContext): boolean {
  const { Arguments } = step._renderAlone(context) as { Arguments?: { VpcConfig?: object; NetworkConfig?: { VpcConfig?: object } } };
  return Arguments?.VpcConfig !== undefined || Arguments?.NetworkConfig?.VpcConfig !== undefined;
}
