import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..', '..');

/** All sources of the programs in a language that the packed library is tried with. */
function programs(language: string, extension: string): string[] {
  const folder = join(ROOT, 'test', 'languages', language);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith(extension)).map(file => readFileSync(join(folder, file), 'utf8'));
}

test.each([['java', 'java'], ['go', 'go'], ['python', 'py']])('what the page of %s shows stands in a program that is run', (language, extension) => {
  const page = readFileSync(join(ROOT, 'docs', `${language}.md`), 'utf8');
  const blocks = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code);
  expect(blocks.length).toBeGreaterThan(0);
  const sources = programs(language, `.${extension}`);
  expect(blocks.filter(code => !sources.some(source => source.includes(code)))).toEqual([]);
});
