import * as fs from 'fs';
import * as path from 'path';

test('the command is a program of its own: Python runs it without npm, which would make it one', () => {
  const { bin } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
  const file = path.resolve(bin['cdk-ml-report']);
  expect(fs.readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect((fs.statSync(file).mode & 0o111).toString(8)).toBe('111'); // eslint-disable-line no-bitwise
  const [, target] = /require\('(.*)\.js'\)/.exec(fs.readFileSync(file, 'utf8')) ?? [];
  expect(fs.existsSync(path.resolve(path.dirname(file), target).replace(/\/lib\//, '/src/') + '.ts')).toBe(true);
});
