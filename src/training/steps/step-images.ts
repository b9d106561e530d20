import { IConstruct } from 'constructs';
import { namedBy } from './models/pull-image';
import { PipelineStep } from './pipeline-step';
import { warnOfImage } from '../../containers/image-warnings';
import { SageMakerImage } from '../../containers/sagemaker-image';

/** Says once of each image what may keep SageMaker from getting it, however many steps run it. */
export function warnOfImages(scope: IConstruct, steps: PipelineStep[]): void {
  const users = new Map<SageMakerImage, string[]>();
  steps.forEach(step => new Set(step._images).forEach(image => users.set(image, [...users.get(image) ?? [], `'${step.stepName}'`])));
  for (const [image, names] of users) {
    const what = names.length === 1 ? `The image of step ${names[0]}` : `The image of the steps ${names.join(', ')}`;
    // what another step names, that step knows how to pull
    warnOfImage(scope, image, { what, role: 'the role of its containers', permitted: namedBy(image) !== undefined });
  }
}
