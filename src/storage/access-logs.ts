import { CfnResource, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, IBucket, IBucketRef } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { GuardedBucket } from './guarded-bucket';
import { inPacks } from '../compliance/accepted-kinds';
import { renderedProperties } from '../compliance/as-rendered';
import { excuse } from '../compliance/excuses';
import { pathHash } from '../core/names';
import { isElsewhere } from '../core/stacks';

/** Where access logs go in their bucket. */
export const LOG_PREFIX = 'artifacts/';

/** How long they are kept in the bucket that is made for them. */
const LOG_DAYS = 365;

const LAST_LOGS = [...inPacks('S3BucketReplicationEnabled'), ...inPacks('S3BucketDefaultLockEnabled'), ...inPacks('S3DefaultEncryptionKMS')].map(rule => ({
  rule, reason: 'Access logs end here and expire; S3 delivers them to no bucket with a key of KMS, so it encrypts them with its own.',
}));

/** A bucket for access logs. */
export function logBucket(scope: Construct, deleteObjects: boolean): IBucket {
  const logs = new GuardedBucket(scope, 'AccessLogs', {
    bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] }, // all that log delivery supports
    lifecycleConfiguration: { rules: [{ id: 'ExpireLogs', status: 'Enabled', expirationInDays: LOG_DAYS, noncurrentVersionExpiration: { noncurrentDays: 1 } }] },
  }, { removalPolicy: deleteObjects ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN, deleteObjects });
  excuse(logs.node.defaultChild as CfnBucket, 'endOfChain', () => LAST_LOGS);
  return logs;
}

/** Lets S3 write the access logs of `bucket`, as far as that can be said here, and only where it can. */
export function deliverLogs(scope: Construct, bucket: IBucket, logs: IBucketRef): void {
  const refuse = (why: string) => `accessLogsBucket '${logs.node.path}' ${why}, so S3 delivers no access logs to it`;
  scope.node.addValidation({ validate: () => [...elsewhere(scope, logs), ...undeliverable(logs)].map(refuse) });
  const allowed = 'addToResourcePolicy' in logs && (logs as IBucket).addToResourcePolicy(delivery(scope, bucket, logs as IBucket)).statementAdded;
  if (!allowed) {
    Validations.of(scope).addWarning('cdk-ml-patterns:accessLogsNotAllowed',
      `The policy of the bucket for access logs cannot be changed from here: it must let logging.s3.amazonaws.com write below ${LOG_PREFIX}.`);
  }
}

/**
 * The ARN is not said across stacks: the one with the logs would wait for the one that waits for it.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 */
function delivery(scope: Construct, bucket: IBucket, logs: IBucket): PolicyStatement {
  const beside = Stack.of(logs) === Stack.of(bucket);
  return new PolicyStatement({
    sid: `AccessLogDelivery${pathHash(scope)}`, // a bucket may have the logs of several
    principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [logs.arnForObjects(`${LOG_PREFIX}*`)],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      ...beside && { ArnLike: { 'aws:SourceArn': bucket.bucketArn } },
    },
  });
}

/** Logs stay in the account and the Region of their bucket; what is only known at deployment passes. */
function elsewhere(scope: Construct, logs: IBucketRef): string[] {
  const [here, { account, region }] = [Stack.of(scope), logs.env];
  return [
    ...isElsewhere(scope, { account }) ? [`is of the account ${account}, not of that of the stack, ${here.account}`] : [],
    ...isElsewhere(scope, { region }) ? [`is in the Region ${region}, not in that of the stack, ${here.region}`] : [],
  ];
}

/** What keeps S3 from delivering, of a bucket that the app makes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function undeliverable(logs: IBucketRef): string[] {
  const resource = CfnResource.isCfnResource(logs) ? logs : logs.node.defaultChild;
  if (!(resource instanceof CfnBucket)) { return []; }
  const { BucketEncryption, ObjectLockConfiguration } = renderedProperties(resource);
  const [rule] = BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  const algorithm = rule?.ServerSideEncryptionByDefault?.SSEAlgorithm;
  return [
    ...typeof algorithm === 'string' && algorithm !== 'AES256' ? [`is encrypted with ${algorithm} by default, not with keys of S3 (AES256)`] : [],
    ...ObjectLockConfiguration?.Rule?.DefaultRetention === undefined ? [] : ['locks its objects by default'],
  ];
}
