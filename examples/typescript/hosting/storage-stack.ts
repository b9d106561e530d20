import { Stack, StackProps } from 'aws-cdk-lib';
import { CustomContainerRepo, ModelArtifactBucket } from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** Where images and models are. Deployed first; then image 1.0.0 is pushed and the models are uploaded. */
export class StorageStack extends Stack {
  public readonly artifacts: ModelArtifactBucket;
  public readonly images: CustomContainerRepo;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.artifacts = new ModelArtifactBucket(this, 'Artifacts');
    this.images = new CustomContainerRepo(this, 'Images');
  }
}
