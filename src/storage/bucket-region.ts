import { Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import type { S3Prefix } from './s3-prefix';
import { Problems } from '../core/problems';

/** The Region of a bucket and that of `scope`, if they are known to differ; CDK takes an import for a bucket of the Region of its stack unless it says another. */
export function regionsApart(scope: IConstruct, { env: { region: there } }: IBucket): { there: string; here: string } | undefined {
  const here = Stack.of(scope).region;
  return Token.compareStrings(there, here) === TokenComparison.DIFFERENT ? { there, here } : undefined;
}

/** What SageMaker loads of a model is in its own Region. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
export function checkBucketHere(name: string, bucket: IBucket, scope: IConstruct, problems: Problems): void {
  const apart = regionsApart(scope, bucket);
  problems.check(apart === undefined, `${name} must be in a bucket of the Region of what serves the model, ${apart?.here}, got one in ${apart?.there}`);
}

/** AWS does not say that an endpoint reads and writes buckets of other Regions; `places` are called as the program calls them. */
export function warnOfPlacesElsewhere(scope: IConstruct, places: Record<string, S3Prefix | undefined>): void {
  const apart = Object.entries(places).flatMap(([name, place]) => {
    const regions = place && regionsApart(scope, place.bucket);
    return regions === undefined ? [] : [{ name, ...regions }];
  });
  if (apart.length === 0) { return; }
  const { here } = apart[0];
  Validations.of(scope).addWarning('cdk-ml-patterns:artifactsOfOtherRegion',
    `The endpoint is in ${here}, and ${apart.map(({ name, there }) => `${name} in ${there}`).join(', ')}: AWS does not say that it reaches buckets of other Regions, and no key of another can be used. Take a bucket of ${here}.`);
}
