import { IConstruct } from 'constructs';
import { Permission } from '../identity/permission-statement';

/** Where the models of a registry come from, kept on the registry by whoever registers models in it. */
const SOURCES = Symbol.for('cdk-ml-patterns.model-sources');

type Sources = { [SOURCES]?: (() => Permission[])[] };

/** Says what it takes to run models that are registered here: reading their artifacts, pulling their images. */
export function addModelSource(registry: IConstruct, permissions: () => Permission[]): void {
  const holder = registry as Sources;
  if (holder[SOURCES] === undefined) { Object.defineProperty(registry, SOURCES, { value: [] }); }
  holder[SOURCES]!.push(permissions);
}

/** What it takes to run any model of the registry, as far as this app registers them. */
export function modelSources(registry: IConstruct): Permission[] {
  return ((registry as Sources)[SOURCES] ?? []).flatMap(source => source());
}
