'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./exec');
const { missingTools } = require('./toolchains');

const LOGS = path.join(ROOT, '.verify', 'logs');
const TAIL_LINES = 40;
const TAIL_WIDTH = 300; // a stack trace into bundled code shows a whole file as one line

/**
 * Runs stages one after another and returns how many passed, failed and were skipped.
 *
 * A stage is `{ name, needs, tools, run }`: `needs` names the stages whose result it builds on, `tools` the toolchains it cannot do
 * without, and `run(log)` throws when it fails and may return a remark for its line.
 */
function runStages(stages, only) {
  fs.mkdirSync(LOGS, { recursive: true });
  const chosen = stages.filter(stage => only === undefined || only.includes(stage.name));
  const outcomes = new Map();
  for (const stage of chosen) {
    outcomes.set(stage.name, runStage(stage, outcomes));
  }
  const count = outcome => [...outcomes.values()].filter(o => o === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

function runStage(stage, outcomes) {
  const blocker = (stage.needs ?? []).find(name => ['failed', 'skipped'].includes(outcomes.get(name)));
  if (blocker !== undefined) {
    const outcome = outcomes.get(blocker);
    return report(outcome, stage.name, `not run: ${blocker} ${outcome === 'failed' ? 'failed' : 'was skipped'}`);
  }
  const missing = missingTools(stage.tools ?? []);
  if (missing.length > 0) {
    return report(process.env.CI === 'true' ? 'failed' : 'skipped', stage.name, `NOT INSTALLED: ${missing.join(', ')}`);
  }
  return timed(stage);
}

function timed(stage) {
  const log = path.join(LOGS, `${stage.name}.log`);
  fs.writeFileSync(log, '');
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  try {
    const remark = stage.run(log);
    return report('passed', stage.name, [seconds(), remark].filter(Boolean).join(', '));
  } catch (error) {
    report('failed', stage.name, `${seconds()}, ${error.message}`);
    console.log(tail(log));
    return 'failed';
  }
}

function report(outcome, name, text) {
  console.log(`${outcome.toUpperCase().padEnd(8)}${name.padEnd(28)}${text}`);
  return outcome;
}

function tail(log) {
  const lines = fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
  return [...lines.map(line => `    | ${line.slice(0, TAIL_WIDTH)}`), `    whole log: ${path.relative(ROOT, log)}`].join('\n');
}

module.exports = { runStages };
