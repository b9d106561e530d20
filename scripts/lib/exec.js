'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..', '..');

const ENV = {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', // a list of major versions, not a switch
  ESLINT_USE_FLAT_CONFIG: 'false',
  NODE_NO_WARNINGS: '1',
};

/**
 * Runs a program without standard input and throws when it fails.
 *
 * `log` is a file that the output is appended to; without it the output goes to the terminal.
 */
function run(command, args, { cwd = ROOT, env = {}, log } = {}) {
  const out = log === undefined ? 'inherit' : fs.openSync(log, 'a');
  try {
    if (log !== undefined) { fs.writeSync(out, `$ ${[command, ...args].join(' ')}\n`); }
    const result = spawnSync(command, args, { cwd, env: { ...process.env, ...ENV, ...env }, stdio: ['ignore', out, out] });
    if (result.error) { throw result.error; }
    if (result.status !== 0) { throw new Error(`${path.basename(command)} ended with ${result.status ?? result.signal}`); }
  } finally {
    if (log !== undefined) { fs.closeSync(out); }
  }
}

/** Runs a program and returns what it writes; messages go to the file `log`. `ok` are the statuses of a program that did its work. */
function capture(command, args, { cwd = ROOT, env = {}, log, ok = [0] }) {
  const errors = fs.openSync(log, 'a');
  try {
    fs.writeSync(errors, `$ ${[command, ...args].join(' ')}\n`);
    const result = spawnSync(command, args, { cwd, env: { ...process.env, ...ENV, ...env }, stdio: ['ignore', 'pipe', errors], encoding: 'utf8', maxBuffer: 1 << 28 });
    if (result.error) { throw result.error; }
    if (!ok.includes(result.status)) {
      fs.writeSync(errors, result.stdout);
      throw new Error(`${path.basename(command)} ended with ${result.status ?? result.signal}`);
    }
    return result.stdout;
  } finally {
    fs.closeSync(errors);
  }
}

/** Runs a program of a package in node_modules with this Node, which spares npx's start-up. */
function runTool(tool, args, options = {}) {
  const [name, bin = name] = tool.split(':');
  const dir = path.join(ROOT, 'node_modules', name);
  const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
  run(process.execPath, [path.join(dir, file), ...args], options);
}

/** Whether a program starts and says its version. */
function available(command, args = ['--version']) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

module.exports = { ROOT, run, capture, runTool, available };
