import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { MonitorDefinition } from './monitor-definition';
import { pullMerger } from '../../containers/aws/monitor-images';
import { logGroupArns } from '../../core/stacks';
import { keyForVolumes, keyThrough } from '../../identity/key-permissions';
import { Permission } from '../../identity/permission-statement';
import { S3Prefix } from '../../storage/s3-prefix';

/** Where the jobs of a monitor read and write. */
export interface MonitorPlaces {
  readonly endpointArn: string;
  readonly captured: S3Prefix;
  readonly reports: S3Prefix;
  readonly key: IKey;
}

/**
 * What the role of a monitor needs, besides its image.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createprocessingjob-perms
 */
export function monitorPermissions(scope: Construct, definition: MonitorDefinition, places: MonitorPlaces): Permission[] {
  const { endpointArn, captured, reports, key } = places;
  return [
    ...captured._read(),
    ...definition.permissions(scope, endpointArn),
    ...reports._write(),
    ...definition.merges ? [...reports._read(), ...pullMerger(scope)] : [], // the merged data goes there first
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: logGroupArns(scope, 'ProcessingJobs'),
      reason: 'The names of log streams are not known before SageMaker makes them.',
    },
    {
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'aws/sagemaker/*'] } },
      reason: 'cloudwatch:PutMetricData knows no resources; the condition names the namespaces.',
    },
    ...keyForVolumes(key),
    ...reports.encryptionKey === undefined ? [keyThrough(key, 's3', 'kms:Decrypt', 'kms:GenerateDataKey')] : [],
  ];
}
