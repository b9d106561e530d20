import { listOf, MlRule } from './rule';

export const modelImagePinned: MlRule = {
  id: 'ML-SM5',
  level: 'warning',
  types: ['AWS::SageMaker::Model'],
  info: 'The model runs the image tag latest, which can change under it: name a digest or an immutable tag.',
  control: 'own: supply chain',
  check: model => [model.PrimaryContainer, ...listOf(model.Containers)].every(c => !movable(c?.Image)),
};

/** The end of the reference tells; a reference whose end is only known at deployment passes. */
function movable(image: any): boolean {
  const end = image?.['Fn::Join'] ? image['Fn::Join'][1].at(-1) : image;
  if (typeof end !== 'string') { return false; }
  const last = end.split('/').at(-1)!;
  return last.endsWith(':latest') || (typeof image === 'string' && !last.includes(':'));
}
