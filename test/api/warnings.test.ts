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

test('docs/warnings-and-errors.md lists every warning, and no other', () => {
  const listed = [...readFileSync(join(ROOT, 'docs', 'warnings-and-errors.md'), 'utf8').matchAll(/^\| `cdk-ml-patterns:(\w+)`/gm)].map(m => m[1]);
  expect(listed).toEqual([...listed].sort());
  expect(listed).toEqual(inSources());
});
