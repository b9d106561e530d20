import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { literalText } from './literal';
import { textParts } from './render';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';

const SCHEME = 's3://';

/** Where something is in S3, as far as it is known before the pipeline runs. */
export interface S3Location {
  readonly bucketArn: string;
  /** Beginning of the keys; what follows is only known while the pipeline runs, or is the end. */
  readonly prefix: string;
}

/** Reads a URI, which may hold tokens; undefined if even the bucket is only known while the pipeline runs. */
export function s3Location(scope: IConstruct, uri: string): S3Location | undefined {
  const [known] = textParts(uri);
  if (typeof known !== 'string' || !known.startsWith(SCHEME)) { return undefined; }
  const [bucket, ...key] = known.slice(SCHEME.length).split('/');
  return bucket === '' ? undefined : { bucketArn: `arn:${Stack.of(scope).partition}:s3:::${bucket}`, prefix: key.join('/') };
}

/** A URI of S3, as far as it is known: what begins with a token passes. */
export function checkUri(name: string, uri: string | undefined, problems: Problems): void {
  if (uri === undefined) { return; }
  const known = literalText(uri) ?? uri;
  const [head] = known.split('${Token[');
  const ok = head === known ? /^s3:\/\/[^/]/.test(known) : head === '' || /^s3:\/\/([^/]|$)/.test(head);
  problems.check(ok, `${name} must begin with 's3://' and a bucket, or be a variable, got '${known}'`);
}

/** Reading what a URI names, without a key. */
export function readUri(scope: IConstruct, uri: string): Permission[] {
  const location = s3Location(scope, uri);
  if (location === undefined) { return []; }
  const { bucketArn, prefix } = location;
  return [
    { actions: ['s3:GetObject'], resources: [`${bucketArn}/${prefix}*`], reason: KEYS_REASON },
    { actions: ['s3:ListBucket'], resources: [bucketArn], conditions: { StringLike: { 's3:prefix': `${prefix}*` } } },
  ];
}

/** Reading one file, without a key. */
export function readFile(scope: IConstruct, uri: string): Permission[] {
  const location = s3Location(scope, uri);
  if (location === undefined) { return []; }
  const whole = textParts(uri).length === 1;
  return [{ actions: ['s3:GetObject'], resources: [`${location.bucketArn}/${location.prefix}${whole ? '' : '*'}`], ...whole ? {} : { reason: KEYS_REASON } }];
}

/** Writing where a URI points, without a key. */
export function writeUri(scope: IConstruct, uri: string): Permission[] {
  const location = s3Location(scope, uri);
  if (location === undefined) { return []; }
  return [{ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [`${location.bucketArn}/${location.prefix}*`], reason: KEYS_REASON }];
}

const KEYS_REASON = 'The keys of the objects are not known before a job reads or writes them.';
