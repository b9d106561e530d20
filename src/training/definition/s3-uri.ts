import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { literalText } from './literal';
import { PipelineParameter } from './pipeline-parameter';
import { textParts } from './render';
import { uriProblem } from '../../core/names';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';

const SCHEME = 's3://';

/** Where something is in S3, as far as it is known before the pipeline runs. */
export interface S3Location {
  readonly bucketArn: string;
  /** Beginning of the keys; what follows is only known while the pipeline runs, or is the end. */
  readonly prefix: string;
  /** Whether nothing follows. */
  readonly whole: boolean;
}

/** Reads a URI, which may hold tokens; undefined if even the bucket is only known while the pipeline runs. */
export function s3Location(scope: IConstruct, uri: string): S3Location | undefined {
  const { text, whole } = known(uri);
  if (!text.startsWith(SCHEME)) { return undefined; }
  const [bucket, ...key] = text.slice(SCHEME.length).split('/');
  return bucket === '' ? undefined : { bucketArn: `arn:${Stack.of(scope).partition}:s3:::${bucket}`, prefix: key.join('/'), whole };
}

/** What is known of a URI before the pipeline runs, and whether that is all; a parameter at its beginning stands for its default. */
function known(uri: string): { text: string; whole: boolean } {
  const [first, ...others] = textParts(uri);
  if (typeof first === 'string' || first === undefined) { return { text: first ?? '', whole: others.length === 0 }; }
  const value = first instanceof PipelineParameter && !first._isGranted ? first._defaultValue : undefined;
  if (typeof value !== 'string') { return { text: '', whole: false }; }
  const [next, ...more] = others;
  return typeof next === 'string' ? { text: `${value}${next}`, whole: more.length === 0 } : { text: value, whole: others.length === 0 };
}

/** A URI of S3, as far as it is known: what begins with a token passes. */
export function checkUri(name: string, uri: string | undefined, problems: Problems): void {
  if (uri === undefined) { return; }
  const value = literalText(uri) ?? uri;
  const problem = uriProblem(value);
  problems.check(problem === undefined, `${name} ${problem}, or be a variable, got '${value}'`);
}

/** Reading what a URI names, without a key; an InputObject knows its data, and that its key. */
export function readUri(scope: IConstruct, uri: string): Permission[] {
  const data = textParts(uri).flatMap(p => p instanceof PipelineParameter && p._keyIn !== undefined ? p._keyIn._read() : []);
  if (data.length > 0) { return data; }
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
  const { bucketArn, prefix, whole } = location;
  return [{ actions: ['s3:GetObject'], resources: [`${bucketArn}/${prefix}${whole ? '' : '*'}`], ...whole ? {} : { reason: KEYS_REASON } }];
}

/** Reading one file, or, where a URI ends with `/` or its end is not known, what it begins; without a key. */
export function readFileOrPrefix(scope: IConstruct, uri: string): Permission[] {
  const { text, whole } = known(uri);
  return whole && !/(\/|\$\{Token\[[^\]]*\]\})$/.test(text) ? readFile(scope, uri) : readUri(scope, uri);
}

/** Writing where a URI points, without a key. */
export function writeUri(scope: IConstruct, uri: string): Permission[] {
  const location = s3Location(scope, uri);
  if (location === undefined) { return []; }
  return [{ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [`${location.bucketArn}/${location.prefix}*`], reason: KEYS_REASON }];
}

const KEYS_REASON = 'The keys of the objects are not known before a job reads or writes them.';
