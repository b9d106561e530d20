import { IConstruct } from 'constructs';
import { physicalName } from '../../core/names';
import { Problems } from '../../core/problems';
import { sagemakerArn } from '../../core/stacks';
import { lowerCase } from '../../core/tokens';
import { Permission } from '../../identity/permission-statement';
import { PipelineExecution } from '../definition/pipeline-execution';
import { textParts } from '../definition/render';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** 63 characters, less a dash and the id of an execution, which has 12. */
const MAX_PREFIX = 50;

/** Begins the names of what each execution makes anew. */
export function namePrefix(scope: IConstruct, id: string): string {
  return physicalName(scope, MAX_PREFIX, id);
}

/** A name that no other execution has. */
export function executionName(scope: IConstruct, id: string): string {
  return `${namePrefix(scope, id)}-${PipelineExecution.ID.asString()}`;
}

/** A name of SageMaker, as far as it is known at synth. */
export function checkName(name: string, value: string | undefined, problems: Problems): void {
  problems.pattern(name, value, NAME, 'be 1 to 63 letters, digits and dashes');
}

/** Actions on what has this name; if its end is only known while the pipeline runs, on all names that begin so. */
export function onNamed(scope: IConstruct, resource: string, name: string, ...actions: string[]): Permission {
  const [known, ...more] = textParts(name);
  const begin = typeof known === 'string' ? lowerCase(known) : '';
  if (typeof known === 'string' && more.length === 0) { return { actions, resources: [sagemakerArn(scope, resource, begin)] }; }
  return { actions, resources: [sagemakerArn(scope, resource, `${begin}*`)], reason: NAME_REASON };
}

const NAME_REASON = 'The rest of the name is only known while the pipeline runs.';
