import { readdirSync, readFileSync, realpathSync, statSync } from 'fs';
import { join, resolve } from 'path';
import { gzipSync } from 'zlib';
import { IgnoreStrategy } from 'aws-cdk-lib';

/** https://www.gnu.org/software/tar/manual/html_node/Standard.html */
const BLOCK = 512;
const MAX_NAME = 100;
const MAX_PREFIX = 155;
/** Of every file, since not every system knows which of them are programs. */
const MODE = 0o755;

/** Left on disks by tools; it would make an archive another without a change. */
export const LEFT_BY_TOOLS = ['__pycache__', '*.pyc', '.git', '.DS_Store', '.ipynb_checkpoints', '.venv', '.pytest_cache'];

/** One file of an archive. */
export interface ArchiveEntry {
  /** Path in the archive, with `/` on every system. */
  readonly name: string;
  readonly content: Buffer;
}

/** Files of a directory, in the order of their names, without those that `exclude` names as .gitignore does. Links are followed. */
export function filesOf(directory: string, exclude: string[]): ArchiveEntry[] {
  return namesOf(directory, exclude).map(name => ({ name, content: readFileSync(join(directory, name)) }));
}

/** The names of these files. */
export function namesOf(directory: string, exclude: string[]): string[] {
  const root = resolve(directory); // which CDK's patterns ask for
  const ignore = IgnoreStrategy.git(root, exclude);
  const walk = (below: string, from: string[]): string[] => {
    const here = realpathSync(join(root, below));
    if (from.includes(here)) { return []; } // a link to a directory around it
    return readdirSync(here).sort().flatMap(child => {
      const name = below === '' ? child : `${below}/${child}`;
      const path = join(root, name);
      if (statSync(path).isDirectory()) { return ignore.completelyIgnores(path) ? [] : walk(name, [...from, here]); }
      return ignore.ignores(path) ? [] : [name];
    });
  };
  return walk('', []);
}

/** An archive that is the same wherever and whenever it is made; without names that it cannot hold, which `splitName` tells. */
export function tar(entries: ArchiveEntry[]): Buffer {
  const padded = (content: Buffer) => Buffer.concat([content, Buffer.alloc((BLOCK - content.length % BLOCK) % BLOCK)]);
  const fitting = entries.filter(e => splitName(e.name) !== undefined);
  return Buffer.concat([...fitting.flatMap(e => [header(e), padded(e.content)]), Buffer.alloc(2 * BLOCK)]);
}

/** Compressed without the time and the system on which that was done. */
export function gzip(content: Buffer): Buffer {
  const compressed = gzipSync(content, { level: 9 });
  compressed[9] = 0xff;
  return compressed;
}

/** A name that does not fit is cut at a `/`, as the format asks for; undefined if it cannot be. */
export function splitName(name: string): { prefix: string; base: string } | undefined {
  const long = (text: string) => Buffer.byteLength(text);
  if (long(name) <= MAX_NAME) { return { prefix: '', base: name }; }
  const cuts = [...name.matchAll(/\//g)].map(m => ({ prefix: name.slice(0, m.index), base: name.slice(m.index! + 1) }));
  return cuts.find(({ prefix, base }) => long(prefix) <= MAX_PREFIX && long(base) <= MAX_NAME);
}

function header({ name, content }: ArchiveEntry): Buffer {
  const { prefix, base } = splitName(name)!;
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) => block.write(value.toString(8).padStart(length - 1, '0'), at);
  block.write(base, 0);
  octal(MODE, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(content.length, 124, 12);
  octal(0, 136, 12);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345);
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\u0000 `, 148);
  return block;
}
