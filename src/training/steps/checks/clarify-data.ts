import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { checkSome, ClarifyField, ClarifyValues } from './clarify-field';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { checkUri, readUri } from '../../definition/s3-uri';

/**
 * In what form Clarify finds its data.
 */
export enum ClarifyDataType {
  /** Comma-separated values. */
  CSV = 'text/csv',
  /** A JSON document in each line. */
  JSON_LINES = 'application/jsonlines',
  /** One JSON document. */
  JSON = 'application/json',
  /** Parquet. */
  PARQUET = 'application/x-parquet',
  /** Images. */
  IMAGE = 'application/x-image',
}

/** Every default stands here, and only here. */
const DEFAULTS = { dataType: ClarifyDataType.CSV };

/**
 * Records for which results are reported apart.
 */
export interface ClarifySegmentation {
  /** The column by which records are told apart. */
  readonly field: ClarifyField;

  /** The segments: values of a category, or intervals of numbers. All other records make one more. */
  readonly segments: ClarifyValues[];

  /**
   * Name of the segmentation.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Names of the segments in the report, as many as there are segments, or one more.
   *
   * @default - the values
   */
  readonly displayAliases?: string[];
}

/**
 * The data that Clarify looks at. All of it is written into a file at synth and can hold no variables.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export interface ClarifyDataOptions {
  /**
   * The form of the data.
   *
   * @default ClarifyDataType.CSV
   */
  readonly dataType?: ClarifyDataType;

  /**
   * Key of the bucket of the CDK bootstrap, where the file with the analysis goes, if it is one of your own and its policy does not let the whole account use it.
   *
   * @default - no right to a key is needed, as with a bootstrap that was told no key
   */
  readonly bootstrapKey?: IKey;

  /**
   * Names of the columns, the label included.
   *
   * @default - Clarify makes names
   */
  readonly headers?: string[];

  /**
   * The true label.
   *
   * @default - the data holds none
   */
  readonly label?: ClarifyField;

  /**
   * JMESPath of the features, for JSON and JSON Lines; JSON needs it.
   *
   * @default - none
   */
  readonly features?: string;

  /**
   * A column that tells records apart, by which files are joined.
   *
   * @default - none
   */
  readonly joinSource?: ClarifyField;

  /**
   * S3 URI of the facets, if they are not in the data. For CSV.
   *
   * @default - they are in the data
   */
  readonly facetDataset?: string;

  /**
   * Names of the columns of `facetDataset`.
   *
   * @default - none
   */
  readonly facetHeaders?: string[];

  /**
   * S3 URI of predicted labels, if they are not in the data. For CSV.
   *
   * @default - they are in the data, or the model is asked
   */
  readonly predictedLabelDataset?: string;

  /**
   * Names of the columns of `predictedLabelDataset`.
   *
   * @default - none
   */
  readonly predictedLabelHeaders?: string[];

  /**
   * The predicted label. It is then not asked of the model.
   *
   * @default - the model is asked
   */
  readonly predictedLabel?: ClarifyField;

  /**
   * Columns that the model does not get.
   *
   * @default - none
   */
  readonly excludedColumns?: ClarifyField[];

  /**
   * Segments that are reported apart.
   *
   * @default - none
   */
  readonly segmentations?: ClarifySegmentation[];

  /**
   * Whether the data is gzipped.
   *
   * @default false
   */
  readonly gzipped?: boolean;
}

/**
 * What goes together, as the SageMaker Python SDK asks for it.
 *
 * @internal
 */
export function checkData(name: string, data: ClarifyDataOptions, problems: Problems): void {
  const type = data.dataType ?? DEFAULTS.dataType;
  for (const prop of ['facetDataset', 'facetHeaders', 'predictedLabelDataset', 'predictedLabelHeaders'] as const) {
    problems.check(data[prop] === undefined || type === ClarifyDataType.CSV, `${name}.${prop} is for CSV only, got ${type}`);
  }
  for (const prop of ['predictedLabel', 'excludedColumns'] as const) {
    problems.check(data[prop] === undefined || type !== ClarifyDataType.IMAGE, `${name}.${prop} is not for images`);
  }
  problems.check(type !== ClarifyDataType.JSON || data.features !== undefined, `${name}.features must be given for JSON`);
  checkUri(`${name}.facetDataset`, data.facetDataset, problems);
  checkUri(`${name}.predictedLabelDataset`, data.predictedLabelDataset, problems);
  data.segmentations?.forEach(({ segments, displayAliases }, i) => {
    checkSome(`${name}.segmentations[${i}].segments`, segments, problems);
    problems.count(`${name}.segmentations[${i}].displayAliases`, displayAliases, segments.length, segments.length + 1);
  });
}

/**
 * Reading what lies beside the data.
 *
 * @internal
 */
export function readData(scope: IConstruct, { facetDataset, predictedLabelDataset }: ClarifyDataOptions): Permission[] {
  return [facetDataset, predictedLabelDataset].flatMap(uri => uri === undefined ? [] : readUri(scope, uri));
}

/**
 * As it stands in the file.
 *
 * @internal
 */
export function renderData(data: ClarifyDataOptions): object {
  return {
    dataset_type: data.dataType ?? DEFAULTS.dataType,
    features: data.features,
    headers: data.headers,
    label: data.label?._value,
    joinsource_name_or_index: data.joinSource?._value,
    facet_dataset_uri: data.facetDataset,
    facet_headers: data.facetHeaders,
    predicted_label_dataset_uri: data.predictedLabelDataset,
    predicted_label_headers: data.predictedLabelHeaders,
    predicted_label: data.predictedLabel?._value,
    excluded_columns: data.excludedColumns?.map(c => c._value),
    segment_config: data.segmentations?.map(s => ({
      name_or_index: s.field._value,
      segments: s.segments.map(v => v._values),
      config_name: s.name,
      display_aliases: s.displayAliases,
    })),
  };
}
