import { Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';

/**
 * Trainings read buckets of their own Region only; whether other jobs do is not said.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export function warnOfArtifacts(scope: IConstruct, artifacts: IModelArtifactBucket | undefined): void {
  if (artifacts === undefined) { return; }
  const [there, here] = [artifacts.bucket.env.region, Stack.of(scope).region];
  if (Token.compareStrings(there, here) !== TokenComparison.DIFFERENT) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:artifactsOfOtherRegion',
    `The artifacts bucket is in ${there} and the pipeline in ${here}: trainings read buckets of their own Region only, and no volume takes a key of another. Give the pipeline a bucket of ${here}.`);
}
