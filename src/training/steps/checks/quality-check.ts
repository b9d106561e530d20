import { Token, Tokenization } from 'aws-cdk-lib';
import { CheckDefinition, CheckInput } from './check-definition';
import { CheckDatasetFormat } from './dataset-format';
import { Problems } from '../../../core/problems';
import { ProblemType } from '../../../jobs/problem-type';
import { S3File } from '../../../storage/s3-file';

const INPUT = '/opt/ml/processing/input';
const DATASET = 'baseline_dataset_input';
const PREPROCESSOR = 'record_preprocessor_script_input';
const POSTPROCESSOR = 'post_analytics_processor_script_input';

/**
 * What checks of quality have in common.
 */
export interface QualityCheckOptions {
  /** The form of the data. */
  readonly format: CheckDatasetFormat;

  /**
   * Python script that the image calls after the analysis.
   *
   * @default - none
   */
  readonly postprocessor?: S3File;
}

/**
 * Options of QualityCheck.dataQuality.
 */
export interface DataQualityCheckOptions extends QualityCheckOptions {
  /**
   * Python script that the image calls for each record before the analysis.
   *
   * @default - records are analysed as they are
   */
  readonly preprocessor?: S3File;
}

/**
 * Options of QualityCheck.modelQuality. The data holds predictions and labels.
 */
export interface ModelQualityCheckOptions extends QualityCheckOptions {
  /** What the model predicts. */
  readonly problemType: ProblemType;

  /**
   * Index of the column, or JSONPath, with the predicted label, for example `_c0`; may be a variable.
   *
   * @default - none
   */
  readonly inferenceAttribute?: string;

  /**
   * Index of the column, or JSONPath, with the probability; may be a variable.
   *
   * @default - none
   */
  readonly probabilityAttribute?: string;

  /**
   * Index of the column, or JSONPath, with the true label; may be a variable.
   *
   * @default - none
   */
  readonly groundTruthAttribute?: string;

  /**
   * Probability from which on a record belongs to the class, 0 to 1; may be a variable.
   *
   * @default - none
   */
  readonly probabilityThreshold?: number;
}

/**
 * What a QualityCheckStep looks at.
 */
export class QualityCheck {
  /**
   * Whether data is still like the data of the baseline: types, missing values, distributions.
   *
   * @param options form of the data
   */
  public static dataQuality(options: DataQualityCheckOptions): QualityCheck {
    return new QualityCheck('DATA_QUALITY', options, {}, options.preprocessor);
  }

  /**
   * Whether predictions are still as good as those of the baseline.
   *
   * @param options form of the data, and where predictions and labels stand
   */
  public static modelQuality(options: ModelQualityCheckOptions): QualityCheck {
    const { probabilityThreshold } = options;
    return new QualityCheck('MODEL_QUALITY', options, {
      analysis_type: 'MODEL_QUALITY',
      problem_type: options.problemType,
      inference_attribute: options.inferenceAttribute,
      probability_attribute: options.probabilityAttribute,
      ground_truth_attribute: options.groundTruthAttribute,
      probability_threshold_attribute: probabilityThreshold === undefined ? undefined : textOf(probabilityThreshold),
    }, undefined, probabilityThreshold);
  }

  private constructor(
    private readonly checkType: string,
    private readonly options: QualityCheckOptions,
    private readonly environment: { readonly [name: string]: string | undefined },
    private readonly preprocessor?: S3File,
    private readonly threshold?: number,
  ) {}

  /** @internal */
  public _define(): CheckDefinition {
    const { options: { format, postprocessor }, preprocessor } = this;
    const scripts = [script(POSTPROCESSOR, postprocessor), script(PREPROCESSOR, preprocessor)].filter((s): s is CheckInput => s !== undefined);
    const pathOf = (inputName: string) => scripts.filter(s => s.inputName === inputName).map(s => `${s.localPath}/${s.uri.split('/').pop()}`)[0];
    return {
      checkType: this.checkType,
      image: 'analyzer',
      dataset: { inputName: DATASET, localPath: `${INPUT}/${DATASET}` },
      outputName: 'quality_check_output',
      environment: {
        output_path: '/opt/ml/processing/output',
        publish_cloudwatch_metrics: 'Disabled', // only schedules can publish
        dataset_format: format._json,
        dataset_source: `${INPUT}/${DATASET}`,
        record_preprocessor_script: pathOf(PREPROCESSOR),
        post_analytics_processor_script: pathOf(POSTPROCESSOR),
        ...this.environment,
      },
      check: (name, problems) => this.check(name, problems),
      inputs: () => scripts,
      permissions: () => [...preprocessor?._read() ?? [], ...postprocessor?._read() ?? []],
    };
  }

  private check(name: string, problems: Problems): void {
    this.preprocessor?._check(`${name}.preprocessor`, problems);
    this.options.postprocessor?._check(`${name}.postprocessor`, problems);
    problems.range(`${name}.probabilityThreshold`, this.threshold, 0, 1);
  }
}

function script(inputName: string, file: S3File | undefined): CheckInput | undefined {
  return file && { inputName, uri: file.uri, localPath: `${INPUT}/${inputName}` };
}

/** A number that is only known while the pipeline runs stays a variable. */
function textOf(value: number): string {
  const token = Tokenization.reverseNumber(value);
  return token === undefined ? String(value) : Token.asString(token);
}
