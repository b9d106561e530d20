import { Token } from 'aws-cdk-lib';
import { BatchTransformTaskOptions } from './batch-transform-task-options';
import { Problems } from '../../core/problems';
import { checkStateUri, isExpression } from '../calling/state-text';

const SCHEME = 's3://';
const TOKENS = /\$\{Token\[[^\]]*\]\}/g;

/** A prefix in a bucket, below which the role of the batch transform may do what it must. */
export interface Area {
  readonly bucketName: string;
  readonly prefix: string;
}

/** What a task says of its places: they are S3 URIs, and the role can use them, as far as that is known. */
export function checkPlaces({ inputUri, outputUri }: BatchTransformTaskOptions, input: Area, output: Area, problems: Problems): void {
  checkStateUri('inputUri', inputUri, problems);
  checkStateUri('outputUri', outputUri, problems);
  checkBelow('inputUri', inputUri, 'input', input, problems);
  checkBelow('outputUri', outputUri, 'output', output, problems, '/'); // SageMaker writes below it with or without a slash at the end
}

function checkBelow(name: string, uri: string | undefined, areaName: string, area: Area, problems: Problems, end = ''): void {
  if (uri === undefined || !uri.startsWith(SCHEME)) { return; }
  const allowed = shown(`${SCHEME}${area.bucketName}/${area.prefix}`);
  problems.check(mayLieBelow(`${uri}${end}`, area), `${name} must lie below '${allowed}', the ${areaName} of the batch transform, since its role can use nothing else, got '${shown(uri)}'`);
}

/** False only if that is certain. */
function mayLieBelow(uri: string, { bucketName, prefix }: Area): boolean {
  const [bucket, ...segments] = uri.slice(SCHEME.length).split('/');
  if (bucket !== bucketName) { return isExpression(bucket) || isExpression(bucketName); }
  const key = segments.join('/');
  const [head] = key.split('${Token[');
  return Token.isUnresolved(prefix) || head.startsWith(prefix) || head !== key && prefix.startsWith(head);
}

function shown(uri: string): string {
  return uri.replace(TOKENS, '…');
}
