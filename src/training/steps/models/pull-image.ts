import { IConstruct } from 'constructs';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Permission } from '../../../identity/permission-statement';
import { textParts } from '../../definition/render';

/** Pulling an image, also one that a step names only while it runs. */
export function pullImage(scope: IConstruct, image: SageMakerImage): Permission[] {
  const [first] = textParts(image.imageUri);
  return typeof first === 'object' && first._step !== undefined ? first._step._pullOutputs(scope) : image._pull();
}
