import { IConstruct } from 'constructs';
import { textParts } from './definition/render';
import { readFileOrPrefix, readUri } from './definition/s3-uri';
import { Permission } from '../identity/permission-statement';

/** Reading a model artifact outside the pipeline's own prefix: where its URI points, or where the step that makes it is told to write. */
export function readModel(scope: IConstruct, modelArtifact: string): Permission[] {
  const [first] = textParts(modelArtifact);
  const step = typeof first === 'object' ? first._step : undefined;
  if (step === undefined) { return readFileOrPrefix(scope, modelArtifact); }
  return step._destination === undefined ? [] : readUri(scope, step._destination);
}
