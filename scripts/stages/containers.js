'use strict';
// Runs the container kit as SageMaker would, natively: what it must do, a real data set from end to end, and how much it slows Gunicorn down.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ROOT, capture, run } = require('../lib/exec');
const { pythonTools } = require('../lib/tools');

const KIT = path.join(ROOT, 'container-kit');
const TESTS = path.join(ROOT, 'test', 'container-kit');
const EXAMPLE = path.join(KIT, 'examples', 'diabetes');
const PROGRAMS = path.join(KIT, 'template', 'program');
const LEAST_ITEMS = 71; // fewer: the check has stopped looking at something

function lint(bin, log) {
  const sources = [KIT, TESTS, path.join(PROGRAMS, 'train'), path.join(PROGRAMS, 'serve')];
  const config = ['--no-cache', '--config', path.join(TESTS, 'ruff.toml')];
  run(path.join(bin, 'ruff'), ['check', ...config, ...sources], { log });
  run(path.join(bin, 'ruff'), ['format', '--check', ...config, ...sources], { log });
}

/** The check that users run on their images, on the programs of the template with the example's model. */
function checkContract(python, folder, log) {
  const program = name => `${python} ${path.join(PROGRAMS, name)}`;
  const commands = ['--train', program('train'), '--serve', program('serve'), '--preprocess', program('preprocess.py'), '--evaluate', program('evaluate.py')];
  const env = {
    SAGEMAKER_SUBMIT_DIRECTORY: EXAMPLE,
    SAGEMAKER_PROGRAM: path.join(TESTS, 'slow_model.py'),
    PYTHONPATH: EXAMPLE,
    KIT_BIND_ADDRESS: '127.0.0.1',
    KIT_RUN_DIR: path.join(folder, 'run'),
  };
  const slow = ['--slow-body', '{"instances": [[-1, {seconds}]]}', '--timeout', '3'];
  const output = capture(python, [path.join(KIT, 'check'), '--strict', ...commands, '--multi-model', ...slow], { env, log });
  fs.appendFileSync(log, output);
  const last = lastLine(output);
  const [passed, failed, skipped] = last.match(/^(\d+) passed, (\d+) failed, (\d+) skipped$/).slice(1).map(Number);
  if (passed < LEAST_ITEMS || failed > 0 || skipped > 0) { throw new Error(`the contract: ${last}, expected at least ${LEAST_ITEMS} passed and nothing else`); }
  return `${passed} items of the contract`;
}

/** What a program of the tests says in its last line. */
function said(python, program, log) {
  return lastLine(capture(python, [path.join(TESTS, program)], { log }));
}

/** A user copies the template out of the package. */
function mustBePublished(log) {
  const [{ files }] = JSON.parse(capture('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { log }));
  const published = files.map(file => file.path).filter(file => file.startsWith('container-kit/'));
  const tracked = capture('git', ['ls-files', 'container-kit'], { log }).trim().split('\n');
  const lost = tracked.filter(file => !published.includes(file));
  const strange = published.filter(file => !tracked.includes(file));
  if (lost.length + strange.length > 0) { throw new Error(`the package lacks ${lost.join(', ') || 'nothing'}, and holds also ${strange.join(', ') || 'nothing'}`); }
}

function lastLine(output) {
  return output.trimEnd().split('\n').pop();
}

function check(log) {
  const bin = pythonTools('container-kit', log);
  const python = path.join(bin, 'python');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'container-kit-'));
  fs.chmodSync(folder, 0o755); // the workers of nginx are another user
  process.env.PYTHONDONTWRITEBYTECODE = '1';
  try {
    mustBePublished(log);
    lint(bin, log);
    run(python, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--basetemp', path.join(folder, 'pytest'), TESTS], { log });
    return [checkContract(python, folder, log), said(python, 'real_data.py', log), said(python, 'throughput.py', log)].join('; ');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = [{ name: 'container-contract', tools: ['python', 'nginx'], run: check }];
