import { IModelRegistry } from './model-registry';
import { Permission } from '../identity/permission-statement';

/** Where the models of each group come from, kept on the app by whoever registers models, so that every import of a group knows. */
const SOURCES = Symbol.for('cdk-ml-patterns.model-sources');

type Sources = Map<string, (() => Permission[])[]>;

/** Says what it takes to run models that are registered here: reading their artifacts, pulling their images. */
export function addModelSource(registry: IModelRegistry, permissions: () => Permission[]): void {
  const sources = sourcesOf(registry);
  sources.set(registry.modelPackageGroupName, [...sources.get(registry.modelPackageGroupName) ?? [], permissions]);
}

/** What it takes to run any model of the registry, as far as this app registers them. */
export function modelSources(registry: IModelRegistry): Permission[] {
  return (sourcesOf(registry).get(registry.modelPackageGroupName) ?? []).flatMap(source => source());
}

function sourcesOf(registry: IModelRegistry): Sources {
  const app = registry.node.root as { [SOURCES]?: Sources };
  if (app[SOURCES] === undefined) { Object.defineProperty(app, SOURCES, { value: new Map() }); }
  return app[SOURCES]!;
}
