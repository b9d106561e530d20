import { IConstruct } from 'constructs';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Permission } from '../../../identity/permission-statement';
import { textParts } from '../../definition/render';
import { PipelineStep } from '../pipeline-step';

/** Pulling an image, also one that a step names only while it runs. */
export function pullImage(scope: IConstruct, image: SageMakerImage): Permission[] {
  return namedBy(image)?._pullOutputs(scope) ?? image._pull();
}

/** Looking at such an image without pulling it. */
export function describeImage(scope: IConstruct, image: SageMakerImage): Permission[] {
  const step = namedBy(image);
  if (step === undefined) { return image._describe(); }
  return step._pullOutputs(scope).filter(p => p.actions.includes('ecr:BatchGetImage')).map(p => ({ ...p, actions: ['ecr:BatchGetImage', 'ecr:DescribeImages'] }));
}

/** The step whose output is the name of the image. */
export function namedBy(image: SageMakerImage): PipelineStep | undefined {
  const [first] = textParts(image.imageUri);
  return typeof first === 'object' ? first._step : undefined;
}
