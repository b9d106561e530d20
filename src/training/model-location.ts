import { IConstruct } from 'constructs';
import { textParts } from './definition/render';
import { readUri } from './definition/s3-uri';
import { Permission } from '../identity/permission-statement';

/** Reading a model artifact outside the pipeline's own prefix: where its URI points, or where the step that makes it is told to write. */
export function readModel(scope: IConstruct, modelArtifact: string): Permission[] {
  const [first] = textParts(modelArtifact);
  if (first === undefined || typeof first === 'string') { return readUri(scope, modelArtifact); }
  const destination = first._step?._destination;
  return destination === undefined ? [] : readUri(scope, destination);
}
