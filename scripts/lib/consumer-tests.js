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
  const missed = outcome.filter(said => !said.test(output));
  if (missed.length > 0) { throw new Error(`of the tests in ${dir} not exactly the one with a finding has failed and three passed: ${missed.join(' ')}`); }
  const finding = fs.readFileSync(path.join(dir, 'finding.txt'), 'utf8');
  if (!output.replace(BEFORE, '').includes(finding)) { throw new Error(`${command} in ${dir} does not show the finding:\n${finding}`); }
}

module.exports = { mustFailReadably };
