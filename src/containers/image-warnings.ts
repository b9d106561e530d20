import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { SageMakerImage } from './sagemaker-image';
import { Problems } from '../core/problems';
import { isElsewhere } from '../core/stacks';

/** Who runs an image, in words. */
interface Runner {
  /** Begins a sentence: `The image`. */
  readonly what: string;
  /** The role that pulls it: `the endpoint role`. */
  readonly role: string;
  /** Whether the right to pull comes from somewhere else. */
  readonly permitted?: boolean;
}

/** What keeps SageMaker from getting an image, wherever it runs, or may do so. */
export function warnOfImage(scope: IConstruct, image: SageMakerImage, { what, role, permitted = false }: Runner): void {
  const problems = new Problems();
  const unnamed = image._unnamedFor(scope);
  problems.check(unnamed === undefined, `${unnamed}`);
  problems.throwIfAny(scope);
  const warn = (id: string, text: string) => Validations.of(scope).addWarning(id, `${what} ${text}`);
  const copy = (how: string) => `copy it with addImage and ContainerSource.${how}.`;
  if (isElsewhere(scope, { region: image._region })) {
    warn('cdk-ml-patterns:imageOfOtherRegion', `is in the Region ${image._region}, and SageMaker runs those of its own Region only: ${copy('fromImage')}`);
  }
  if (image._isUntagged) {
    warn('cdk-ml-patterns:imageWithoutTag', `'${image.imageUri}' has neither tag nor digest, so 'latest' is taken, whatever that is when a container starts: name a version.`);
  }
  if (image._isPublic) {
    warn('cdk-ml-patterns:imageOfPublicRegistry', `'${image.imageUri}' is in no repository of ECR, and SageMaker pulls from nowhere else: ${copy('fromRegistry')}`);
  } else if (!permitted && image._pull().length === 0 && image._privateRegistry === undefined) {
    warn('cdk-ml-patterns:imagePermissionsUnknown', `has a name that does not tell its ECR repository: let ${role} pull it.`);
  }
}
