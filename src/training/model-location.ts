import { IConstruct } from 'constructs';
import { textParts } from './definition/render';
import { readUri } from './definition/s3-uri';
import { PipelineStep } from './steps/pipeline-step';
import { TrainingStep } from './steps/training-step';
import { Permission } from '../identity/permission-statement';

/** Reading a model artifact outside the pipeline's own prefix: where its URI points, or where the training that makes it is told to write. */
export function readModel(scope: IConstruct, modelArtifact: string, steps: PipelineStep[]): Permission[] {
  const [first] = textParts(modelArtifact);
  if (first === undefined || typeof first === 'string') { return readUri(scope, modelArtifact); }
  const trainings = steps.flatMap(s => s._all()).filter((s): s is TrainingStep => s instanceof TrainingStep);
  const destination = trainings.find(s => first.path.startsWith(`Steps.${s.stepName}.`))?._destination;
  return destination === undefined ? [] : readUri(scope, destination);
}
