import { ArnFormat, Stack } from 'aws-cdk-lib';
import { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { InputContext, InputSource } from './processing-source';
import { QueryOptions, querySource } from './query-options';
import { Permission } from '../../../identity/permission-statement';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html */
const LIMITS = { clusterId: 63, database: 64, databaseUser: 128 };

/** Every default stands here, and only here. */
const DEFAULTS = { format: 'PARQUET' };

/**
 * How Redshift writes an answer.
 */
export enum RedshiftFormat {
  /** Parquet. */
  PARQUET = 'PARQUET',
  /** Comma-separated values. */
  CSV = 'CSV',
}

/**
 * How Redshift compresses an answer.
 */
export enum RedshiftCompression {
  /** Not at all. */
  NONE = 'None',
  /** Gzip. */
  GZIP = 'GZIP',
  /** Bzip2. */
  BZIP2 = 'BZIP2',
  /** Zstandard. */
  ZSTD = 'ZSTD',
  /** Snappy. */
  SNAPPY = 'SNAPPY',
}

/**
 * A query of Redshift whose answer a processing container reads.
 */
export interface RedshiftQuery extends QueryOptions {
  /** Identifier of the cluster, up to 63 characters. */
  readonly clusterId: string;

  /** The user of the database who asks, up to 128 characters. */
  readonly databaseUser: string;

  /** The role attached to the cluster with which it writes the answer; it must be allowed to write to the destination and to use its key. */
  readonly clusterRole: IRoleRef;

  /**
   * How the answer is written.
   *
   * @default RedshiftFormat.PARQUET
   */
  readonly format?: RedshiftFormat;

  /**
   * How the answer is compressed.
   *
   * @default - as Redshift does it for the format
   */
  readonly compression?: RedshiftCompression;
}

/**
 * A query of Redshift, as an input.
 *
 * @internal
 */
export function redshiftSource(query: RedshiftQuery): InputSource {
  return querySource(query, {
    definition: 'RedshiftDatasetDefinition',
    keys: {
      ClusterId: query.clusterId,
      DbUser: query.databaseUser,
      ClusterRoleArn: query.clusterRole.roleRef.roleArn,
      OutputFormat: query.format ?? DEFAULTS.format,
      OutputCompression: query.compression,
    },
    check(name, problems) {
      for (const prop of ['clusterId', 'database', 'databaseUser'] as const) {
        problems.pattern(`${name}.${prop}`, query[prop], new RegExp(`^.{1,${LIMITS[prop]}}$`), `be 1 to ${LIMITS[prop]} characters`);
      }
    },
    permissions: context => queryPermissions(query, context),
  });
}

function queryPermissions({ clusterId, database, databaseUser }: RedshiftQuery, { scope }: InputContext): Permission[] {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'redshift', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [
    { actions: ['redshift:GetClusterCredentials'], resources: [arn('dbuser', `${clusterId}/${databaseUser}`), arn('dbname', `${clusterId}/${database}`)] },
    { actions: ['redshift-data:ExecuteStatement'], resources: [arn('cluster', clusterId)] },
    {
      actions: ['redshift-data:CancelStatement', 'redshift-data:DescribeStatement', 'redshift-data:GetStatementResult'],
      resources: ['*'],
      conditions: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '${aws:userid}' } },
      reason: 'Statements of Redshift have no ARN; the condition names those of the role itself.',
    },
  ];
}
