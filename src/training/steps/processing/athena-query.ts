import { InputContext, InputSource } from './processing-source';
import { QueryOptions, querySource } from './query-options';
import { arnOf } from '../../../core/stacks';
import { Permission } from '../../../identity/permission-statement';

/** The catalog of Glue in the account of the pipeline, as Athena calls it. */
const GLUE = 'AwsDataCatalog';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html */
const LIMITS = { catalog: /^.{1,256}$/, database: /^.{1,255}$/, workGroup: /^[a-zA-Z0-9._-]{1,128}$/ };

/** Every default stands here, and only here. */
const DEFAULTS = { catalog: GLUE, workGroup: 'primary', format: 'PARQUET' };

/**
 * How Athena writes an answer.
 */
export enum AthenaFormat {
  /** Parquet. */
  PARQUET = 'PARQUET',
  /** ORC. */
  ORC = 'ORC',
  /** Avro. */
  AVRO = 'AVRO',
  /** JSON. */
  JSON = 'JSON',
  /** Text. */
  TEXTFILE = 'TEXTFILE',
}

/**
 * How Athena compresses an answer.
 */
export enum AthenaCompression {
  /** Gzip. */
  GZIP = 'GZIP',
  /** Snappy. */
  SNAPPY = 'SNAPPY',
  /** Zlib. */
  ZLIB = 'ZLIB',
}

/**
 * A query of Athena whose answer a processing container reads.
 */
export interface AthenaQuery extends QueryOptions {
  /**
   * Name of the data catalog.
   *
   * @default 'AwsDataCatalog'
   */
  readonly catalog?: string;

  /**
   * Name of the workgroup.
   *
   * @default - the one that Athena takes, primary
   */
  readonly workGroup?: string;

  /**
   * How the answer is written.
   *
   * @default AthenaFormat.PARQUET
   */
  readonly format?: AthenaFormat;

  /**
   * How the answer is compressed.
   *
   * @default - as Athena does it for the format
   */
  readonly compression?: AthenaCompression;
}

/**
 * A query of Athena, as an input.
 *
 * @internal
 */
export function athenaSource(query: AthenaQuery): InputSource {
  return querySource(query, {
    definition: 'AthenaDatasetDefinition',
    keys: {
      Catalog: query.catalog ?? DEFAULTS.catalog,
      WorkGroup: query.workGroup,
      OutputFormat: query.format ?? DEFAULTS.format,
      OutputCompression: query.compression,
    },
    check(name, problems) {
      problems.pattern(`${name}.catalog`, query.catalog, LIMITS.catalog, 'be 1 to 256 characters');
      problems.pattern(`${name}.database`, query.database, LIMITS.database, 'be 1 to 255 characters');
      problems.pattern(`${name}.workGroup`, query.workGroup, LIMITS.workGroup, 'be 1 to 128 letters, digits, ., _ and -');
    },
    permissions: context => queryPermissions(query, context),
  });
}

/** SageMaker writes the answer by means of a table that it makes for the time being, `sagemaker_tmp_…`. */
function queryPermissions(query: AthenaQuery, { scope }: InputContext): Permission[] {
  const { catalog = DEFAULTS.catalog, database, workGroup = DEFAULTS.workGroup } = query;
  const arn = (service: string, resource: string, name: string) => arnOf(scope, service, resource, name);
  const run = {
    actions: ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution', 'athena:StopQueryExecution'],
    resources: [arn('athena', 'workgroup', workGroup)],
  };
  const look = { actions: ['athena:GetDataCatalog'], resources: [arn('athena', 'datacatalog', catalog)] };
  if (catalog !== GLUE) { return [run, look]; }
  const base = [arn('glue', 'catalog', '').replace(/\/$/, ''), arn('glue', 'database', database)];
  const reason = 'Which tables a query reads is not known at synth, nor what SageMaker calls the one that it writes.';
  return [
    run, look,
    {
      actions: ['glue:GetDatabase', 'glue:GetPartition', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
      resources: [...base, arn('glue', 'table', `${database}/*`)],
      reason,
    },
    { actions: ['glue:CreateTable', 'glue:DeleteTable'], resources: [...base, arn('glue', 'table', `${database}/sagemaker_tmp_*`)], reason },
  ];
}
