import { existsSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { Token } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';

/** The directory and the Dockerfile in it are there. */
export function checkDirectory(directory: string, dockerfile: string, problems: Problems): void {
  if (Token.isUnresolved(directory)) {
    problems.check(false, 'directory must be known at synth');
  } else if (!isDirectory(directory)) {
    problems.check(false, `directory must be a folder, seen from where the program runs, got '${directory}'`);
  } else if (!dockerfile.startsWith('/') && !dockerfile.includes('..')) { // which was said already
    problems.check(existsSync(join(directory, dockerfile)), `dockerfile must be a file of the directory: there is no '${dockerfile}' in '${directory}'`);
  }
}

/**
 * What is left out of the source: what the caller says, what `.dockerignore` says, and what CDK itself writes, but never the Dockerfile. Nor what says so itself: of
 * a Dockerfile with a file of its own, Docker then reads that one, and not the one for the directory.
 */
export function excluded(directory: string, dockerfile: string, exclude: string[] = []): string[] {
  const name = [ownIgnore(dockerfile), '.dockerignore'].find(n => existsSync(join(directory, n)));
  const ignored = name === undefined ? [] : readFileSync(join(directory, name), 'utf8').split(/\r?\n/).filter(line => line !== '');
  return [...ignored, ...exclude, 'cdk.out', `!${dockerfile}`, ...name === undefined ? [] : [`!${name}`]];
}

/** The same for an image asset of CDK, which knows `.dockerignore` only: of a Dockerfile with a file of its own, all is let in again first. */
export function excludedFromAsset(directory: string, dockerfile: string, exclude?: string[]): string[] | undefined {
  return existsSync(join(directory, ownIgnore(dockerfile))) ? ['!**', ...excluded(directory, dockerfile, exclude)] : exclude;
}

/** https://docs.docker.com/build/concepts/context/#filename-and-location */
function ownIgnore(dockerfile: string): string {
  return `${dockerfile}.dockerignore`;
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
