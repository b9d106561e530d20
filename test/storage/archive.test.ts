import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { filesOf } from '../../src/storage/archive';

const root = mkdtempSync(join(tmpdir(), 'archive-'));
afterAll(() => rmSync(root, { recursive: true }));

test('a directory holds the same files, seen from wherever the program runs', () => {
  mkdirSync(join(root, 'lib'));
  for (const name of ['model.py', 'notes.md', 'lib/a.py', 'lib/b.md']) { writeFileSync(join(root, name), name); }
  const seen = filesOf(relative(process.cwd(), root), ['*.md']);
  expect(seen.map(f => [f.name, f.content.toString()])).toEqual([['lib/a.py', 'lib/a.py'], ['model.py', 'model.py']]);
  expect(seen).toEqual(filesOf(root, ['*.md']));
});
