'use strict';
// Unit tests only. Arguments go to jest: `npm test -- storage`, or `npm test -- -u` to rewrite snapshots.
const { runTool } = require('./lib/exec');
const { ensureInstalled } = require('./lib/setup');

try {
  ensureInstalled();
  runTool('jest', ['--ci', ...process.argv.slice(2)]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
