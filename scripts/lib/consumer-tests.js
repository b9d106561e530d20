'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { capture } = require('./exec');

/** What test runners put before the lines of a message. */
const BEFORE = /^(E(?= ))?\s*/gm;

/**
 * Runs the unit tests of a consumer, one of which has a finding: it alone fails, and the runner shows what `finding.txt` of the app holds,
 * whole and line by line.
 */
function mustFailReadably(dir, { command, args, env, outcome }, log) {
  const output = capture(command, args, { cwd: dir, env: { ...env, CDK_VALIDATION: 'false' }, log, ok: [1] });
  fs.appendFileSync(log, output);
  if (!outcome.test(output)) { throw new Error(`of the tests in ${dir} not one has failed and three passed: ${outcome}`); }
  const finding = fs.readFileSync(path.join(dir, 'finding.txt'), 'utf8');
  if (!output.replace(BEFORE, '').includes(finding)) { throw new Error(`${command} in ${dir} does not show the finding:\n${finding}`); }
}

module.exports = { mustFailReadably };
