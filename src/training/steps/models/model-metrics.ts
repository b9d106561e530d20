import { Problems } from '../../../core/problems';
import { checkUri } from '../../definition/s3-uri';

const JSON_TYPE = 'application/json';

/**
 * JSON files that the registry shows with a model version: their S3 URIs, which may be outputs of steps.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelMetrics.html
 */
export interface ModelMetricsFiles {
  /**
   * Statistics of the model's quality.
   *
   * @default - none
   */
  readonly qualityStatistics?: string;

  /**
   * Constraints of the model's quality.
   *
   * @default - none
   */
  readonly qualityConstraints?: string;

  /**
   * Statistics of the data that the model was trained on.
   *
   * @default - none
   */
  readonly dataQualityStatistics?: string;

  /**
   * Constraints of the data that the model was trained on.
   *
   * @default - none
   */
  readonly dataQualityConstraints?: string;

  /**
   * Report of the bias, before and after training in one.
   *
   * @default - none
   */
  readonly biasReport?: string;

  /**
   * Report of the bias in the data, before training.
   *
   * @default - none
   */
  readonly preTrainingBiasReport?: string;

  /**
   * Report of the bias in the answers, after training.
   *
   * @default - none
   */
  readonly postTrainingBiasReport?: string;

  /**
   * Report of what the answers depend on.
   *
   * @default - none
   */
  readonly explainabilityReport?: string;
}

/**
 * JSON files that monitors compare a model with when it is deployed: their S3 URIs, which may be outputs of steps.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DriftCheckBaselines.html
 */
export interface DriftCheckFiles {
  /**
   * Statistics of the model's quality.
   *
   * @default - none
   */
  readonly qualityStatistics?: string;

  /**
   * Constraints of the model's quality.
   *
   * @default - none
   */
  readonly qualityConstraints?: string;

  /**
   * Statistics of the data.
   *
   * @default - none
   */
  readonly dataQualityStatistics?: string;

  /**
   * Constraints of the data.
   *
   * @default - none
   */
  readonly dataQualityConstraints?: string;

  /**
   * Configuration of the bias check.
   *
   * @default - none
   */
  readonly biasConfig?: string;

  /**
   * Constraints of the bias in the data, before training.
   *
   * @default - none
   */
  readonly preTrainingBiasConstraints?: string;

  /**
   * Constraints of the bias in the answers, after training.
   *
   * @default - none
   */
  readonly postTrainingBiasConstraints?: string;

  /**
   * Configuration of the explainability check.
   *
   * @default - none
   */
  readonly explainabilityConfig?: string;

  /**
   * Constraints of what the answers depend on.
   *
   * @default - none
   */
  readonly explainabilityConstraints?: string;
}

/**
 * S3 URIs, all of them.
 *
 * @internal
 */
export function checkFiles(name: string, files: ModelMetricsFiles | DriftCheckFiles = {}, problems: Problems): void {
  Object.entries(files).forEach(([prop, uri]) => checkUri(`${name}.${prop}`, uri, problems));
}

/**
 * Bias and explainability are there even if they are empty, as the SDK writes them.
 *
 * @internal
 */
export function renderModelMetrics(files: ModelMetricsFiles): object {
  return {
    ModelQuality: some({ Statistics: file(files.qualityStatistics), Constraints: file(files.qualityConstraints) }),
    ModelDataQuality: some({ Statistics: file(files.dataQualityStatistics), Constraints: file(files.dataQualityConstraints) }),
    Bias: {
      Report: file(files.biasReport), PreTrainingReport: file(files.preTrainingBiasReport), PostTrainingReport: file(files.postTrainingBiasReport),
    },
    Explainability: { Report: file(files.explainabilityReport) },
  };
}

/** @internal */
export function renderDriftChecks(files: DriftCheckFiles): object {
  return {
    ModelQuality: some({ Statistics: file(files.qualityStatistics), Constraints: file(files.qualityConstraints) }),
    ModelDataQuality: some({ Statistics: file(files.dataQualityStatistics), Constraints: file(files.dataQualityConstraints) }),
    Bias: some({
      ConfigFile: file(files.biasConfig),
      PreTrainingConstraints: file(files.preTrainingBiasConstraints),
      PostTrainingConstraints: file(files.postTrainingBiasConstraints),
    }),
    Explainability: some({ Constraints: file(files.explainabilityConstraints), ConfigFile: file(files.explainabilityConfig) }),
  };
}

function file(uri: string | undefined): object | undefined {
  return uri === undefined ? undefined : { ContentType: JSON_TYPE, S3Uri: uri };
}

function some(parts: Record<string, object | undefined>): object | undefined {
  return Object.values(parts).some(p => p !== undefined) ? parts : undefined;
}
