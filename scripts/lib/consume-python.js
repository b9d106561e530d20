'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run } = require('./exec');
const { theFile } = require('./files');

const VENV = path.join(ROOT, '.verify', 'venv');
const PYTHON = path.join(VENV, 'bin', 'python');
const OURS = /^cdk-ml-patterns\b/;

/** Installs what the app requires into a kept environment, and the wheel anew each time. */
function synth(dir, { versions, env, log }) {
  const requirements = path.join(dir, 'requirements.txt');
  const constraints = path.join(dir, 'constraints.txt');
  const wheel = theFile(path.join(ROOT, 'dist', 'python'), '.whl');
  const lines = fs.readFileSync(requirements, 'utf8').split('\n');
  fs.writeFileSync(requirements, lines.map(line => OURS.test(line) ? wheel : line).join('\n'));
  fs.writeFileSync(constraints, `aws-cdk-lib==${versions.cdk}\nconstructs==${versions.constructs}\n`);

  if (!fs.existsSync(PYTHON)) { run('python3', ['-m', 'venv', VENV], { log }); }
  const pip = (...args) => run(PYTHON, ['-m', 'pip', 'install', '--quiet', ...args], { cwd: dir, log });
  pip('--requirement', requirements, '--constraint', constraints);
  pip('--force-reinstall', '--no-deps', wheel);
  run(PYTHON, ['app.py'], { cwd: dir, env, log });
}

/** What runs the unit tests of the app, once it has been installed, and says that all but one have passed. */
function tests() {
  return { command: PYTHON, args: ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'], outcome: [/^1 failed, 3 passed in/m, /^FAILED test_findings\.py::test_a_finding_which_fails\b/m] };
}

module.exports = { synth, tests };
