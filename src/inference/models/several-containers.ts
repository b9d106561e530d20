import { checkBytes } from './environment';
import { InferenceModel } from './inference-model';
import { ExecutionMode, ModelSource } from './model-source';
import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/multi-container-create.html */
const MIN_CONTAINERS = 2;
const MAX_CONTAINERS = 15;

/** A model of several containers; each of `models` gives one. */
export function severalContainersSource(mode: ExecutionMode, models: InferenceModel[]): ModelSource {
  return {
    traits: { containers: models.flatMap(m => m._traits.containers), several: true },
    check(name, problems, scope) {
      const place = (i: number) => `${name}.containers[${i}]`;
      problems.count(`${name}.containers`, models, MIN_CONTAINERS, MAX_CONTAINERS);
      models.forEach((m, i) => {
        problems.check(!m._traits.several, `${place(i)} must be one container, got several`);
        m._check(place(i), problems, scope);
      });
      checkTogether(mode, name, models, problems);
    },
    bind(scope) {
      const bound = models.map(m => m._bind(scope));
      return {
        mode,
        containers: bound.flatMap(b => b.containers),
        permissions: bound.flatMap(b => b.permissions),
        dependencies: bound.flatMap(b => b.dependencies),
      };
    },
  };
}

function checkTogether(mode: ExecutionMode, name: string, models: InferenceModel[], problems: Problems): void {
  const containers = models.flatMap(m => m._traits.containers);
  checkHostnames(mode, name, containers.map(c => c.containerHostname), problems);
  checkBytes(`${name}.environment of all containers`, containers.map(c => c.environment ?? {}), problems);
  // https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-endpoints.html says so of inference pipelines
  const many = containers.filter(c => c.multiModel).length;
  problems.check(mode !== 'Serial' || many <= 1, `${name}.containers may hold one multi-model container, got ${many}`);
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html#sagemaker-Type-ContainerDefinition-ContainerHostname */
function checkHostnames(mode: ExecutionMode, name: string, hostnames: (string | undefined)[], problems: Problems): void {
  const given = hostnames.filter((h): h is string => h !== undefined);
  problems.unique(`${name}.containers: host names`, given);
  const missing = hostnames.flatMap((h, i) => h === undefined ? [`containers[${i}]`] : []);
  if (missing.length === 0 || (mode === 'Serial' && given.length === 0)) { return; }
  const why = mode === 'Direct' ? 'requests name the container' : 'another container has one';
  problems.check(false, `${name}: ${missing.join(', ')} must have a containerHostname, since ${why}`);
}
