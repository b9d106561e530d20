import { Validations } from 'aws-cdk-lib';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { warnOfImage } from '../../containers/image-warnings';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { ModelArtifact } from '../../storage/model-artifact';

/** The image, and how SageMaker gets at it if it is not in ECR. */
export function renderImage(image: SageMakerImage): Pick<CfnModel.ContainerDefinitionProperty, 'image' | 'imageConfig'> {
  const registry = image._privateRegistry;
  if (registry === undefined) { return { image: image.imageUri }; }
  const arn = registry.credentialsProvider?.functionRef.functionArn;
  return {
    image: image.imageUri,
    imageConfig: {
      repositoryAccessMode: 'Vpc',
      repositoryAuthConfig: arn === undefined ? undefined : { repositoryCredentialsProviderArn: arn },
    },
  };
}

/** What may keep a container from finding its image or its artifact. */
export function warnOfMissing(scope: IConstruct, image: SageMakerImage, artifact?: ModelArtifact): void {
  warnIf(scope, image._madeBeside(scope), 'imageNotYetPushed', 'The image is in a repository that this stack makes, so on the first deployment nothing can have been pushed to it yet');
  warnIf(scope, artifact?._madeBeside(scope), 'artifactNotYetUploaded', 'The artifact is in a bucket that this stack makes, so on the first deployment it cannot be there yet');
  warnOfImage(scope, image, { what: 'The image', role: 'the endpoint role' });
}

/** Legal, since a later deployment works; but the first one of an empty account fails. */
function warnIf(scope: IConstruct, missing: boolean | undefined, id: string, message: string): void {
  if (missing) { Validations.of(scope).addWarning(`cdk-ml-patterns:${id}`, `${message}: put what serves into a stack of its own.`); }
}
