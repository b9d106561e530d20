import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { regionsApart } from '../storage/bucket-region';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';

/**
 * Trainings read buckets of their own Region only; whether other jobs do is not said.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export function warnOfArtifacts(scope: IConstruct, artifacts: IModelArtifactBucket | undefined): void {
  if (artifacts === undefined) { return; }
  const apart = regionsApart(scope, artifacts.bucket);
  if (apart === undefined) { return; }
  const { there, here } = apart;
  Validations.of(scope).addWarning('cdk-ml-patterns:artifactsOfOtherRegion',
    `The artifacts bucket is in ${there} and the pipeline in ${here}: trainings read buckets of their own Region only, and no volume takes a key of another. Give the pipeline a bucket of ${here}.`);
}
