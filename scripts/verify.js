'use strict';
// Everything that must hold before a change is merged, in one run. `--only lint,unit` runs some of the stages, with those that they build on.
const { ensureInstalled } = require('./lib/setup');
const { runStages } = require('./lib/stages');
const consumers = require('./stages/consumers');
const containers = require('./stages/containers');
const documentation = require('./stages/documentation');
const imageBuild = require('./stages/image-build');
const library = require('./stages/library');
const packages = require('./stages/packages');
const sources = require('./stages/sources');
const templates = require('./stages/templates');

const install = { name: 'install', run: log => ensureInstalled(log) ? 'npm ci' : 'up to date' };

const STAGES = [install, ...sources, ...library, ...imageBuild, ...containers, ...documentation, ...packages, ...consumers, ...templates]
  .map(stage => stage === install ? stage : { ...stage, needs: ['install', ...(stage.needs ?? [])] });

function chosen(args) {
  if (args.length === 0) { return undefined; }
  const names = args[0] === '--only' && args.length === 2 ? args[1].split(',') : [];
  const unknown = names.filter(name => !STAGES.some(stage => stage.name === name));
  if (names.length === 0 || unknown.length > 0) {
    throw new Error(`usage: npm run verify [-- --only a,b], stages are ${STAGES.map(stage => stage.name).join(', ')}`);
  }
  return withNeeds(names);
}

/** A stage builds on the results of others, so these run too. */
function withNeeds(names) {
  return [...new Set(names.flatMap(name => [...withNeeds(STAGES.find(stage => stage.name === name).needs ?? []), name]))];
}

try {
  const { passed, failed, skipped } = runStages(STAGES, chosen(process.argv.slice(2)));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
