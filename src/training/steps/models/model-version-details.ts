import { Token } from 'aws-cdk-lib';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { AdditionalInferenceSpecification, checkSpecification, renderSpecification } from './inference-specification';
import { checkFiles, DriftCheckFiles, ModelMetricsFiles, renderDriftChecks } from './model-metrics';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { knownKey } from '../../../identity/key-behind';
import { checkUri } from '../../definition/s3-uri';
import { checkMetadata, MetadataProperties, renderMetadata } from '../../tracking/metadata-properties';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html */
const MAX_DESCRIPTION = 1024;
const MAX_METADATA = { entries: 50, key: 128, value: 256 };
const MAX_SPECIFICATIONS = 15;
const MAX_CARD = 100_000;
const MAX_TEXT = 1024;
const CARD_STATUSES = ['Draft', 'PendingReview', 'Approved', 'Archived'];
const STAGE = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Every default stands here, and only here. */
const DEFAULTS = { cardStatus: 'Draft' };

/**
 * The model card of a version.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html
 */
export interface RegisteredModelCard {
  /** The card as JSON, in the schema of SageMaker model cards, up to 100,000 characters; may hold variables. */
  readonly content: string;

  /**
   * `Draft`, `PendingReview`, `Approved` or `Archived`.
   *
   * @default 'Draft'
   */
  readonly status?: string;
}

/**
 * Where a version stands in its life.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-staging-construct.html
 */
export interface ModelLifeCycle {
  /** The stage, for example `Development`: up to 63 letters, digits and dashes. */
  readonly stage: string;

  /** Status within the stage, for example `PendingApproval`: up to 63 letters, digits and dashes. */
  readonly stageStatus: string;

  /**
   * What is to be said of it, up to 1024 characters.
   *
   * @default - nothing
   */
  readonly stageDescription?: string;
}

/**
 * What a registry keeps with a version, beside its containers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html
 */
export interface ModelVersionDetails {
  /**
   * What the version is, up to 1024 characters; may hold variables.
   *
   * @default - no description
   */
  readonly modelDescription?: string;

  /**
   * Files that the registry shows with the version.
   *
   * @default - none
   */
  readonly metrics?: ModelMetricsFiles;

  /**
   * Files that monitors compare the version with when it is deployed.
   *
   * @default - none
   */
  readonly driftCheckBaselines?: DriftCheckFiles;

  /**
   * Facts of your own, up to 50: keys up to 128 characters, values up to 256; values may hold variables.
   *
   * @default - none
   */
  readonly customerMetadata?: { [key: string]: string };

  /**
   * Where the code comes from.
   *
   * @default - not said
   */
  readonly metadataProperties?: MetadataProperties;

  /**
   * The domain: `COMPUTER_VISION`, `NATURAL_LANGUAGE_PROCESSING` or `MACHINE_LEARNING`.
   *
   * @default - none is named
   */
  readonly domain?: string;

  /**
   * What the model does, for example `REGRESSION` or `IMAGE_CLASSIFICATION`.
   *
   * @default - none is named
   */
  readonly task?: string;

  /**
   * S3 URI of a gzipped tar file with sample requests, for Inference Recommender.
   *
   * @default - none
   */
  readonly samplePayload?: string;

  /**
   * URI of what the model was made of, up to 1024 characters.
   *
   * @default - none
   */
  readonly sourceUri?: string;

  /**
   * Whether SageMaker takes the version without looking whether image and artifact are there.
   *
   * @default false
   */
  readonly skipModelValidation?: boolean;

  /**
   * The model card.
   *
   * @default - none
   */
  readonly modelCard?: RegisteredModelCard;

  /**
   * Where the version stands in its life.
   *
   * @default - not said
   */
  readonly lifeCycle?: ModelLifeCycle;

  /**
   * Key that encrypts what the registry keeps of the version, its card for example. The role of the pipeline may use it.
   *
   * @default - a key of AWS
   */
  readonly registryKey?: IKeyRef;

  /**
   * Other ways to serve the version, up to 15.
   *
   * @default - none
   */
  readonly additionalInferenceSpecifications?: AdditionalInferenceSpecification[];
}

/** @internal */
export function checkVersion(name: (prop: string) => string, details: ModelVersionDetails, problems: Problems): void {
  const { modelCard, lifeCycle, metadataProperties, customerMetadata = {}, additionalInferenceSpecifications: more } = details;
  const size = (prop: string, text: string | undefined, min: number, max: number) => {
    if (text !== undefined && !Token.isUnresolved(text)) { problems.range(`${name(prop)} (characters)`, text.length, min, max); }
  };
  size('modelDescription', details.modelDescription, 0, MAX_DESCRIPTION);
  size('sourceUri', details.sourceUri, 0, MAX_TEXT);
  checkUri(name('samplePayload'), details.samplePayload, problems);
  checkFiles(name('metrics'), details.metrics, problems);
  checkFiles(name('driftCheckBaselines'), details.driftCheckBaselines, problems);
  problems.count(name('customerMetadata'), Object.keys(customerMetadata), 0, MAX_METADATA.entries);
  for (const [key, value] of Object.entries(customerMetadata)) {
    size('customerMetadata key', key, 1, MAX_METADATA.key);
    size(`customerMetadata.${key}`, value, 1, MAX_METADATA.value);
  }
  checkMetadata(name('metadataProperties'), metadataProperties, problems);
  size('modelCard.content', modelCard?.content, 2, MAX_CARD);
  problems.check(modelCard === undefined || Token.isUnresolved(modelCard.content) || isJson(modelCard.content), `${name('modelCard.content')} must be JSON, got '${modelCard?.content}'`);
  problems.oneOf(name('modelCard.status'), modelCard?.status, CARD_STATUSES);
  problems.pattern(name('lifeCycle.stage'), lifeCycle?.stage, STAGE, 'be 1 to 63 letters, digits and dashes');
  problems.pattern(name('lifeCycle.stageStatus'), lifeCycle?.stageStatus, STAGE, 'be 1 to 63 letters, digits and dashes');
  size('lifeCycle.stageDescription', lifeCycle?.stageDescription, 0, MAX_TEXT);
  if (!problems.knownList(name('additionalInferenceSpecifications'), more) || more === undefined) { return; }
  problems.count(name('additionalInferenceSpecifications'), more, 1, MAX_SPECIFICATIONS);
  problems.unique(`${name('additionalInferenceSpecifications')} names`, more.map(s => s.specificationName));
  more.forEach((s, i) => checkSpecification(`${name('additionalInferenceSpecifications')}[${i}]`, s, problems));
}

/**
 * What SageMaker reads when a version is registered.
 *
 * @internal
 */
export function filesOfVersion({ metrics, driftCheckBaselines, samplePayload }: ModelVersionDetails): string[] {
  const files = [...Object.values(metrics ?? {}), ...Object.values(driftCheckBaselines ?? {}), samplePayload];
  return files.filter((uri): uri is string => uri !== undefined);
}

/**
 * All but the metrics, with which comes the report of a pipeline.
 *
 * @internal
 */
export function renderVersion(scope: IConstruct, details: ModelVersionDetails) {
  const { driftCheckBaselines, metadataProperties, modelCard, lifeCycle, registryKey } = details;
  return {
    ModelPackageDescription: details.modelDescription,
    DriftCheckBaselines: driftCheckBaselines && renderDriftChecks(driftCheckBaselines),
    CustomerMetadataProperties: sorted(details.customerMetadata),
    MetadataProperties: renderMetadata(metadataProperties),
    Domain: details.domain,
    Task: details.task,
    SamplePayloadUrl: details.samplePayload,
    SourceUri: details.sourceUri,
    ModelCard: modelCard && { ModelCardContent: modelCard.content, ModelCardStatus: modelCard.status ?? DEFAULTS.cardStatus },
    ModelLifeCycle: lifeCycle && { Stage: lifeCycle.stage, StageStatus: lifeCycle.stageStatus, StageDescription: lifeCycle.stageDescription },
    SecurityConfig: registryKey && { KmsKeyId: knownKey(registryKey).keyRef.keyArn },
    AdditionalInferenceSpecifications: details.additionalInferenceSpecifications?.map(s => renderSpecification(scope, s)),
    SkipModelValidation: details.skipModelValidation ? 'All' : 'None',
  };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
