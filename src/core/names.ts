import { createHash } from 'crypto';
import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { outermostStack } from './stacks';
import { mangledToken } from './tokens';

/** Length of the hash that keeps names apart when they are cut. */
const HASH_LENGTH = 8;

/** Short, and always the same for the same text. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

/** Tells constructs apart; the same in every stage. */
export function pathHash(construct: IConstruct): string {
  const stage = Stage.of(construct)?.node.path ?? '';
  return hashOf(construct.node.path.slice(stage.length));
}

/**
 * A physical name for resources that need one: lower case letters, digits and dashes, always the same for the same stack
 * name and construct path, never shared by two constructs.
 *
 * Lower case because the ARNs of SageMaker are, and IAM compares ARNs by case.
 */
export function physicalName(scope: IConstruct, maxLength: number, ...suffix: string[]): string {
  const stack = outermostStack(Stack.of(scope));
  const below = scope.node.scopes.slice(stack.node.scopes.length).map(c => c.node.id);
  const parts = [stack.stackName, ...below, ...suffix];
  const hash = hashOf(parts.join('/'));
  const words = parts.map(p => p.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')).filter(p => p !== '');
  const human = words.join('-').slice(0, maxLength - HASH_LENGTH - 1).replace(/-+$/, '');
  return human === '' ? `x-${hash}` : `${human}-${hash}`;
}

/**
 * What is wrong with a URI of S3, as far as it is known at synth: what begins with a token passes, and what is left of one is said elsewhere. A bucket in a
 * text is the path of its construct, which has letters that no bucket has.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function uriProblem(uri: string): string | undefined {
  const [head] = uri.split('${Token[');
  const whole = head === uri;
  if ((head === '' && !whole) || mangledToken(uri) !== undefined) { return undefined; }
  const [, bucket, slash] = /^s3:\/\/([^/]*)(\/?)/.exec(head) ?? [];
  const goesOn = !whole && slash === '';
  if (bucket === undefined || (bucket === '' && !goesOn)) { return "must begin with 's3://' and a bucket"; }
  return (goesOn ? /^[a-z0-9.-]{0,62}$/ : /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/).test(bucket) ? undefined
    : `must begin with 's3://' and the name of a bucket, up to 63 of a-z, 0-9, . and -, which '${bucket}' is not (use bucketName of the bucket)`;
}
