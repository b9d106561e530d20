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

/** What is left out of the source: what the caller says, what `.dockerignore` says, and what CDK itself writes, but never the Dockerfile. */
export function excluded(directory: string, dockerfile: string, exclude: string[] = []): string[] {
  const file = [`${dockerfile}.dockerignore`, '.dockerignore'].map(name => join(directory, name)).find(path => existsSync(path));
  const ignored = file === undefined ? [] : readFileSync(file, 'utf8').split(/\r?\n/).filter(line => line !== '');
  return [...ignored, ...exclude, 'cdk.out', `!${dockerfile}`, ...file === undefined ? [] : ['!.dockerignore']];
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
