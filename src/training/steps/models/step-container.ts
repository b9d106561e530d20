import { IConstruct } from 'constructs';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { literalText } from '../../definition/literal';
import { checkUri } from '../../definition/s3-uri';
import { ScriptCode } from '../code/script-code';
import { checkEnvironment } from '../environment';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const MAX_ENVIRONMENT_VALUE = 1024;
const PROGRAM = 'SAGEMAKER_PROGRAM';
const SUBMIT_DIRECTORY = 'SAGEMAKER_SUBMIT_DIRECTORY';
const HOST_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * What every container may have that serves a model which a pipeline makes or registers.
 */
export interface StepContainerDetails {
  /**
   * Environment variables of the container, up to 100, each value up to 1024 characters. Not for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Code that answers requests, in an image of AWS that does not hold it: the container gets its file as `SAGEMAKER_PROGRAM` and its archive as
   * `SAGEMAKER_SUBMIT_DIRECTORY`, and downloads it when it starts, which network isolation forbids. Code within the artifact needs no network: set
   * `SAGEMAKER_PROGRAM`, and `SAGEMAKER_SUBMIT_DIRECTORY` to `/opt/ml/model/code`, in `environment`.
   *
   * @default - the image or the artifact holds it
   */
  readonly code?: ScriptCode;

  /**
   * Name of the container among those of the same model, up to 63 letters, digits and dashes.
   *
   * @default - named after its place
   */
  readonly containerHostname?: string;

  /**
   * Whether the artifact is no gzipped tar file but all files below a prefix, as they are. Batch transform and serverless endpoints cannot use it.
   *
   * @default false
   */
  readonly uncompressed?: boolean;

  /**
   * Whether you accept the end-user license agreement of the model, having read it. Only `true` can be said.
   *
   * @default - no license is accepted
   */
  readonly acceptEula?: boolean;
}

/**
 * A container that serves a model.
 */
export interface StepContainerOptions extends StepContainerDetails {
  /** The image that serves the model. */
  readonly image: SageMakerImage;

  /**
   * S3 URI of the model artifact, usually `modelArtifact` of a TrainingStep.
   *
   * @default - the image holds the model itself
   */
  readonly modelArtifact?: string;
}

/**
 * Everything but the name of the image.
 *
 * @internal
 */
export function checkStepContainer(
  name: (prop: string) => string, container: StepContainerDetails & { image?: SageMakerImage; modelArtifact?: string }, problems: Problems,
): void {
  const { image, modelArtifact, environment, containerHostname, uncompressed, acceptEula, code } = container;
  code?._check(name('code'), problems);
  problems.check(code === undefined || image?._kitBase === undefined,
    `${name('code')} would not run, since the image is of the container kit, which downloads none: put the code into the image, with ContainerSource.fromTemplate, or into the artifact`);
  for (const key of [PROGRAM, SUBMIT_DIRECTORY]) { problems.check(code === undefined || environment?.[key] === undefined, `${name('environment')}.${key} is set by code`); }
  checkUri(name('modelArtifact'), modelArtifact, problems);
  checkEnvironment(name('environment'), environment, MAX_ENVIRONMENT_VALUE, problems);
  problems.pattern(name('containerHostname'), containerHostname, HOST_NAME, 'be 1 to 63 letters, digits and dashes');
  problems.check(acceptEula !== false, `${name('acceptEula')} must be true, or be left out for a model without a license agreement, got false`);
  if (modelArtifact === undefined) {
    for (const prop of ['uncompressed', 'acceptEula'] as const) { problems.check(container[prop] === undefined, `${name(prop)} needs modelArtifact`); }
  } else if (uncompressed) {
    problems.pattern(name('modelArtifact'), literalText(modelArtifact), /\/$/, "end with '/' if it is uncompressed");
  }
}

/**
 * A plain gzipped tar file by its URI, anything else as a data source.
 *
 * @internal
 */
export function renderStepContainer(scope: IConstruct, container: StepContainerOptions) {
  const { image, modelArtifact, containerHostname, uncompressed, acceptEula } = container;
  const plain = !uncompressed && acceptEula === undefined;
  return {
    ContainerHostname: containerHostname,
    Image: image.imageUri,
    Environment: renderEnvironment(scope, container),
    ModelDataUrl: plain ? modelArtifact : undefined,
    ModelDataSource: plain || modelArtifact === undefined ? undefined : {
      S3DataSource: {
        S3Uri: modelArtifact,
        S3DataType: uncompressed ? 'S3Prefix' : 'S3Object',
        CompressionType: uncompressed ? 'None' : 'Gzip',
        ModelAccessConfig: acceptEula === undefined ? undefined : { AcceptEula: acceptEula },
      },
    },
  };
}

/** Code comes by two variables that the containers of AWS know. */
function renderEnvironment(scope: IConstruct, { environment, code }: StepContainerDetails) {
  return sorted(code === undefined ? environment : { ...environment, [PROGRAM]: code._entryPoint, [SUBMIT_DIRECTORY]: code._place(scope).uri });
}
