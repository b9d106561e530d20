import { IConstruct } from 'constructs';
import { textParts } from './definition/render';
import { readUri } from './definition/s3-uri';
import { Permission } from '../identity/permission-statement';
import { TrainingStep } from './steps/training/training-step';

/** Reading a model artifact outside the pipeline's own prefix: where its URI points, or where the training that makes it is told to write. */
export function readModel(scope: IConstruct, modelArtifact: string): Permission[] {
  const [first] = textParts(modelArtifact);
  if (first === undefined || typeof first === 'string') { return readUri(scope, modelArtifact); }
  const destination = first._step instanceof TrainingStep ? first._step._destination : undefined;
  return destination === undefined ? [] : readUri(scope, destination);
}
