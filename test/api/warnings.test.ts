import { readFileSync } from 'fs';
import { join } from 'path';
import { filesBelow } from '../source-files';

const ROOT = join(__dirname, '..', '..');
const CONTEXT_KEYS = ['compliance', 'compliancePacks', 'complianceLevel', 'complianceReport'];

/** Ids of warnings in the sources; those made by a helper are spelt out beside its name. */
function inSources(): string[] {
  const text = filesBelow(join(ROOT, 'src'), /\.ts$/).filter(file => !file.includes('/report/')).map(file => readFileSync(file, 'utf8')).join('\n');
  const whole = [...text.matchAll(/'cdk-ml-patterns:(\w+)'/g)].map(m => m[1]);
  const byHelper = [...text.matchAll(/warnIf\(.*'(\w+)',/g)].map(m => m[1]);
  return [...new Set([...whole, ...byHelper])].filter(id => !CONTEXT_KEYS.includes(id)).sort();
}

const listed = [...readFileSync(join(ROOT, 'docs', 'warnings-and-errors.md'), 'utf8').matchAll(/^\| `cdk-ml-patterns:(\w+)`/gm)].map(m => m[1]);

test('docs/warnings-and-errors.md lists every warning, and no other', () => {
  expect(listed).toEqual([...listed].sort());
  expect(listed).toEqual(inSources());
});

test('a test asks for each warning by its id', () => {
  const tests = filesBelow(join(ROOT, 'test'), /\.test\.ts$/).map(file => readFileSync(file, 'utf8')).join('\n');
  expect(listed.filter(id => !new RegExp(`\\b${id}\\b`).test(tests))).toEqual([]);
});
