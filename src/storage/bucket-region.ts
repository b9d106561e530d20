import { CfnResource, Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import type { S3Prefix } from './s3-prefix';
import { warnLate } from '../compliance/late-warning';
import { Problems } from '../core/problems';
import { isElsewhere } from '../core/stacks';

/** Who uses buckets, as it begins a sentence, and why they must be of its Region. */
interface BucketUser {
  readonly what: string;
  readonly why: string;
}

/**
 * What SageMaker loads of a model is in its own Region: an error, or a warning where CDK guesses the Region.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html
 */
export function checkBucketHere(name: string, bucket: IBucket, scope: IConstruct, problems: Problems, guessed = isGuessed(bucket)): void {
  if (guessed) {
    warnOfBuckets(scope, { what: 'What serves the model', why: 'it loads models of its own Region only' }, { [name]: bucket });
    return;
  }
  const [there, here] = [bucket.env.region, Stack.of(scope).region];
  problems.check(!isElsewhere(scope, { region: there }), `${name} must be in a bucket of the Region of what serves the model, ${here}, got one in ${there}`);
}

/** AWS does not say that an endpoint reads and writes buckets of other Regions; `places` are called as the program calls them. */
export function warnOfPlacesElsewhere(scope: IConstruct, places: Record<string, S3Prefix | undefined>): void {
  const buckets = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, place?.bucket]));
  warnOfBuckets(scope, { what: 'The endpoint', why: 'AWS does not say that it reaches buckets of other Regions, and no key of another can be used' }, buckets);
}

/**
 * Trainings read buckets of their own Region only; whether other jobs do is not said.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export function warnOfArtifactsElsewhere(scope: IConstruct, artifacts: IBucket | undefined): void {
  warnOfBuckets(scope, { what: 'The pipeline', why: 'trainings read buckets of their own Region only, and no volume takes a key of another' }, { artifacts });
}

/** Says which of the buckets are in other Regions than their user. */
function warnOfBuckets(scope: IConstruct, { what, why }: BucketUser, buckets: Record<string, IBucket | undefined>): void {
  const known = Object.entries(buckets).flatMap(([name, bucket]) => bucket === undefined ? [] : [{ name, bucket }]);
  const apart = known.filter(({ bucket }) => isElsewhere(scope, { region: bucket.env.region }));
  if (apart.length === 0) { return; }
  const here = Stack.of(scope).region;
  const wayOut = apart.some(({ bucket }) => isGuessed(bucket))
    ? ` CDK takes an import for a bucket of the Region of its stack: if it is of ${here}, import it with Bucket.fromBucketAttributes and its region.` : '';
  warnLate(scope, 'cdk-ml-patterns:artifactsOfOtherRegion',
    `${what} is in ${here}, and ${apart.map(({ name, bucket }) => `${name} in ${bucket.env.region}`).join(', ')}: ${why}. Take a bucket of ${here}.${wayOut}`);
}

/** An import that says no Region, or that of its stack, which cannot be told apart. */
function isGuessed(bucket: IBucket): boolean {
  const made = [bucket.node.defaultChild, bucket.node.scope].some(CfnResource.isCfnResource); // or CDK wraps what was made
  return !made && bucket.env.region === Stack.of(bucket).region;
}
