import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { InputContext, InputSource } from './processing-source';
import { Problems } from '../../../core/problems';
import { knownKey, onKey } from '../../../identity/key-behind';
import { useThrough } from '../../../identity/key-permissions';
import { Permission } from '../../../identity/permission-statement';
import { checkUri, readUri, s3Location, writeUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html */
const MAX_QUERY = 4096;

/**
 * What queries whose answers a processing container reads have in common.
 */
export interface QueryOptions {
  /** Name of the database. */
  readonly database: string;

  /** The query, 1 to 4096 characters; may hold variables. */
  readonly query: string;

  /**
   * S3 URI below which the answer is written, before SageMaker brings it into the container.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Key that encrypts the answer.
   *
   * @default - the key of the jobs
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Directory in the container.
   *
   * @default - /opt/ml/processing/<name>
   */
  readonly localPath?: string;

  /**
   * Whether each instance gets a part of the answer, and not all of it.
   *
   * @default false
   */
  readonly sharded?: boolean;

  /**
   * Whether the answer is streamed into named pipes while the container runs, and not copied before.
   *
   * @default false
   */
  readonly pipe?: boolean;
}

/**
 * What one service that answers queries has of its own.
 *
 * @internal
 */
export interface QueryService {
  /** Key of the definition, for example `AthenaDatasetDefinition`. */
  readonly definition: string;
  /** Keys of the definition besides those of the query and of where its answer goes. */
  readonly keys: object;
  check(name: string, problems: Problems): void;
  /** Running the query. */
  permissions(context: InputContext): Permission[];
}

/**
 * A query whose answer is an input.
 *
 * @internal
 */
export function querySource(query: QueryOptions, service: QueryService): InputSource {
  return {
    check(name, problems) {
      checkQuery(name, query, problems);
      service.check(name, problems);
    },
    permissions: context => [...service.permissions(context), ...answerPermissions(query, context)],
    render: (localPath, context) => ({
      DatasetDefinition: {
        DataDistributionType: query.sharded ? 'ShardedByS3Key' : 'FullyReplicated',
        InputMode: query.pipe ? 'Pipe' : 'File',
        LocalPath: localPath,
        [service.definition]: {
          Database: query.database,
          QueryString: query.query,
          OutputS3Uri: query.destination ?? context.defaultUri(),
          KmsKeyId: (query.encryptionKey && knownKey(query.encryptionKey).keyRef.keyArn) ?? context.keyArn,
          ...service.keys,
        },
      },
    }),
  };
}

function checkQuery(name: string, { query, destination }: QueryOptions, problems: Problems): void {
  problems.pattern(`${name}.query`, query, new RegExp(`^[\\s\\S]{1,${MAX_QUERY}}$`), `be 1 to ${MAX_QUERY} characters`);
  checkUri(`${name}.destination`, destination, problems);
}

/** Reading, and for whoever runs the query by itself writing, the answer. */
function answerPermissions({ destination, encryptionKey }: QueryOptions, { scope, defaultUri }: InputContext): Permission[] {
  const bucket = s3Location(scope, destination ?? defaultUri())?.bucketArn; // both services ask where it is before they write
  return [
    ...destination === undefined ? [] : [...readUri(scope, destination), ...writeUri(scope, destination)],
    ...bucket === undefined ? [] : [{ actions: ['s3:GetBucketLocation'], resources: [bucket] }],
    ...encryptionKey === undefined ? [] : [onKey(encryptionKey, useThrough(encryptionKey, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']))],
  ];
}
