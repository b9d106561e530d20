'use strict';
// Tools of other package managers, installed below .verify/ and kept until their versions change.
const { createHash } = require('node:crypto');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run } = require('./exec');

const TOOLS = path.join(ROOT, '.verify', 'tools');
const PYTHON = path.join(ROOT, 'scripts', 'python');

/** The folder `<name>-<hash of what goes in>`, filled by `install(dir)` unless an earlier run has done so. */
function kept(name, contents, install) {
  const dir = path.join(TOOLS, `${name}-${createHash('sha256').update(contents).digest('hex').slice(0, 12)}`);
  const stamp = path.join(dir, '.complete');
  if (!fs.existsSync(stamp)) {
    olderOnes(name).forEach(old => fs.rmSync(old, { recursive: true, force: true }));
    fs.mkdirSync(dir, { recursive: true });
    install(dir);
    fs.writeFileSync(stamp, '');
  }
  return dir;
}

function olderOnes(name) {
  if (!fs.existsSync(TOOLS)) { return []; }
  return fs.readdirSync(TOOLS).filter(dir => dir.replace(/-[0-9a-f]{12}$/, '') === name).map(dir => path.join(TOOLS, dir));
}

/** Programs of the Python environment that `requirements-<name>.txt` describes, as a folder. */
function pythonTools(name, log) {
  const requirements = path.join(PYTHON, `requirements-${name}.txt`);
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.version, sys.base_prefix)'], { encoding: 'utf8' });
  const dir = kept(name, python + fs.readFileSync(requirements, 'utf8'), fresh => {
    run('python3', ['-m', 'venv', fresh], { log });
    run(path.join(fresh, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements], { log });
  });
  return path.join(dir, 'bin');
}

/** Folder of one npm package, without what it depends on. */
function npmPackage(name, version, log) {
  const dir = kept(name.split('/').pop(), version, fresh => {
    run('npm', ['install', '--prefix', fresh, '--no-audit', '--no-fund', '--no-save', '--legacy-peer-deps', `${name}@${version}`], { log });
  });
  return path.join(dir, 'node_modules', name);
}

module.exports = { PYTHON, pythonTools, npmPackage };
