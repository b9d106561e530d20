'use strict';
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./exec');

function hash(file) {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

/** Hash by path of every file that git tracks or would add. */
function worktree() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  const files = listed.split('\0').filter(file => file !== '' && fs.existsSync(path.join(ROOT, file)));
  return new Map(files.map(file => [file, hash(path.join(ROOT, file))]));
}

/** Throws when `work` changes, adds or removes a file that git sees. */
function mustNotChange(work) {
  const before = worktree();
  work();
  const after = worktree();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(file => before.get(file) !== after.get(file));
  if (changed.length > 0) { throw new Error(`not up to date, commit the new state of: ${changed.join(', ')}`); }
}

/** Paths below `dir`, relative to it and sorted. */
function filesBelow(dir) {
  return fs.readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(dir, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** The one file of `dir` whose name ends so. */
function theFile(dir, suffix) {
  const found = fs.readdirSync(dir).filter(name => name.endsWith(suffix));
  if (found.length !== 1) { throw new Error(`${dir} holds ${found.length} files *${suffix}, expected one`); }
  return path.join(dir, found[0]);
}

module.exports = { mustNotChange, filesBelow, theFile };
