import * as fs from 'fs';
import * as path from 'path';

/** What builds leave inside the examples. */
const NOT_OURS = ['node_modules', '.venv', 'target', 'out', 'cdk.out'];

/** Files below a directory, however deep. */
export function filesBelow(dir: string, extension: RegExp): string[] {
  if (!fs.existsSync(dir)) { return []; }
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap(entry => {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) { return NOT_OURS.includes(entry.name) ? [] : filesBelow(file, extension); }
    return extension.test(entry.name) ? [file] : [];
  });
}
