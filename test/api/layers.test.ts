import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { MAX_LINES, mayImport } from '../../projenrc/layers';
import { filesBelow } from '../source-files';

const ROOT = path.join(__dirname, '..', '..');
const SRC = path.join(ROOT, 'src');

/** Files of src/ that a file imports, requires or re-exports. */
function importedSources(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(fs.readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(f => f.fileName).filter(name => name.startsWith('.')).map(name => path.resolve(path.dirname(file), name));
}

const layerOf = (file: string) => path.relative(SRC, file).split(path.sep)[0];

const layers = fs.readdirSync(SRC, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);

test.each(layers)('%s imports only from its own and lower layers', layer => {
  const allowed = mayImport(layer);
  const wrong = filesBelow(path.join(SRC, layer), /\.ts$/).flatMap(file => importedSources(file)
    .filter(imported => !allowed.includes(layerOf(imported)))
    .map(imported => `${path.relative(ROOT, file)} imports ${path.relative(ROOT, imported)}`));
  expect(wrong).toEqual([]);
});

test('only index.ts stands beside the layers, and only re-exports them', () => {
  expect(fs.readdirSync(SRC, { withFileTypes: true }).filter(entry => entry.isFile()).map(entry => entry.name)).toEqual(['index.ts']);
  const statements = fs.readFileSync(path.join(SRC, 'index.ts'), 'utf8').trim().split('\n');
  expect(statements.filter(line => !/^export \* from '\.\/[a-z]+';$/.test(line))).toEqual([]);
});

test(`no file is longer than ${MAX_LINES} lines`, () => {
  const files = ['src', 'test', 'projenrc', 'scripts', 'examples', 'bench'].flatMap(dir => filesBelow(path.join(ROOT, dir), /\.(ts|js|py|java|go)$/));
  const lines = (file: string) => fs.readFileSync(file, 'utf8').trimEnd().split('\n').length;
  expect(files.filter(file => lines(file) > MAX_LINES).map(file => path.relative(ROOT, file))).toEqual([]);
});
