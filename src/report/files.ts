import { existsSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { isObject, JsonObject } from './json';

/** Something that the caller can put right: the command says it in one line, without a stack trace. */
export class BadInput extends Error {}

/** Where a cloud assembly lies, or an error that says why it is none. */
export function assemblyDirectory(directory: string): string {
  if (!existsSync(directory)) { throw new BadInput(`no such directory: ${directory}`); }
  if (!statSync(directory).isDirectory()) { throw new BadInput(`not a directory: ${directory}`); }
  if (!existsSync(join(directory, 'manifest.json'))) { throw new BadInput(`not a cloud assembly, it has no manifest.json: ${directory}`); }
  return directory;
}

export function readJson(file: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (e) {
    const problem = e instanceof SyntaxError ? `broken JSON (${e.message.replace(/\s+/g, ' ')})` : 'it cannot be read';
    throw new BadInput(`${problem}: ${file}`);
  }
  if (!isObject(parsed)) { throw new BadInput(`not a JSON object: ${file}`); }
  return parsed;
}
