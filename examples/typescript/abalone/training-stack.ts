import { Stack, StackProps } from 'aws-cdk-lib';
import { ModelArtifactBucket } from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** Where the age of abalone is learnt. */
export class TrainingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new ModelArtifactBucket(this, 'Artifacts');
  }
}
