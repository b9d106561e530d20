/**
 * The folders of src/, lowest first. A file imports from its own folder and from lower ones; folders that stand in one row do not
 * import each other. Read by the lint rule below and by test/api/layers.test.ts.
 */
export const LAYERS: readonly (readonly string[])[] = [
  ['core'],
  ['instances'],
  ['compliance'],
  ['app'], // what constructs of one app know of each other
  ['identity'],
  ['delivery'],
  ['network'],
  ['storage'],
  ['containers'],
  ['jobs'],
  ['registry'],
  ['training', 'inference'],
  ['frontdoor', 'observability'],
  ['platform'],
];

/** Folders beside the order: they read what a synth made, not the constructs. They may use core and what the checks say, and nothing uses them. */
export const STANDALONE: readonly string[] = ['report'];

/** Lines that no source file exceeds. */
export const MAX_LINES = 400;

/** Folders that files of `layer` may import from, its own included. */
export function mayImport(layer: string): string[] {
  if (STANDALONE.includes(layer)) { return ['core', 'compliance', layer]; }
  const row = LAYERS.findIndex(names => names.includes(layer));
  if (row < 0) { throw new Error(`src/${layer} is not a layer: name it in projenrc/layers.ts`); }
  return [...LAYERS.slice(0, row).flat(), layer];
}

/** One zone of the rule `import/no-restricted-paths` for each folder. */
export function importZones(): object[] {
  return [...LAYERS.flat(), ...STANDALONE].map(layer => ({
    target: `./src/${layer}`,
    from: './src',
    except: mayImport(layer).map(name => `./${name}`),
    message: `src/${layer} imports only from ${mayImport(layer).join(', ')}`,
  }));
}
