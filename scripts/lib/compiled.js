'use strict';
// Compiles the library, always or unless lib/ is what the sources give.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, runTool } = require('./exec');
const { filesBelow } = require('./files');

const LIB = path.join(ROOT, 'lib');

/** Hash over sources and result: either may have been changed by another command since. */
function state() {
  const hash = createHash('sha256');
  const files = ['src', 'lib'].flatMap(dir => filesBelow(path.join(ROOT, dir)).map(file => path.join(ROOT, dir, file)));
  for (const file of [path.join(ROOT, 'package.json'), ...files]) {
    hash.update(path.relative(ROOT, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** `stamp` is a file that remembers the last result; returns whether there was anything to do. */
function ensureCompiled(stamp, log) {
  if (fs.existsSync(LIB) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === state()) { return false; }
  compile(log);
  fs.writeFileSync(stamp, state());
  return true;
}

/** What projen's task does, so that what is tested is what is released; what a removed source left in lib/ would be published. */
function compile(log) {
  fs.rmSync(LIB, { recursive: true, force: true });
  runTool('jsii', ['--fail-on-warnings'], { log });
  run(process.execPath, ['scripts/lazy-index.js'], { log });
}

module.exports = { compile, ensureCompiled };
