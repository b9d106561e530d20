import { Stage, Token, TokenComparison } from 'aws-cdk-lib';
import { IModelRegistry } from './model-registry';
import { Permission } from '../identity/permission-statement';

/** Where the models of each group come from, kept on the stage by whoever registers models, so that every import of a group knows. */
const SOURCES = Symbol.for('cdk-ml-patterns.model-sources');

interface Source {
  readonly registry: IModelRegistry;
  readonly permissions: () => Permission[];
}

/** Says what it takes to run models that are registered here: reading their artifacts, pulling their images. */
export function addModelSource(registry: IModelRegistry, permissions: () => Permission[]): void {
  sourcesOf(registry).push({ registry, permissions });
}

/** What it takes to run any model of the registry, as far as this app registers them. */
export function modelSources(registry: IModelRegistry): Permission[] {
  return sourcesOf(registry).filter(source => isSame(source.registry, registry)).flatMap(source => source.permissions());
}

/** The same group: by name, and as far as accounts and Regions are known. */
function isSame(one: IModelRegistry, other: IModelRegistry): boolean {
  const maySame = (x: string, y: string) => Token.compareStrings(x, y) !== TokenComparison.DIFFERENT;
  const [a, b] = [one.env, other.env];
  return one.modelPackageGroupName === other.modelPackageGroupName && maySame(a.account, b.account) && maySame(a.region, b.region);
}

function sourcesOf(registry: IModelRegistry): Source[] {
  const stage = (Stage.of(registry) ?? registry.node.root) as { [SOURCES]?: Source[] };
  if (stage[SOURCES] === undefined) { Object.defineProperty(stage, SOURCES, { value: [] }); }
  return stage[SOURCES]!;
}
