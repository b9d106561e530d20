'use strict';
// Builds and runs an example against the compiled library of this repository, as if it had been installed.
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, runTool } = require('./exec');

/** Synthesises the example in `source` to `cdkOut`; `app` is a scratch directory. */
function synthesise(source, app, cdkOut, log) {
  [app, cdkOut].forEach(dir => fs.rmSync(dir, { recursive: true, force: true }));
  // Not package.json: tools that look through the repository would find two packages of one name.
  fs.cpSync(source, app, { recursive: true, filter: file => !/[\\/](node_modules|out|cdk\.out|package\.json)$/.test(file) });
  // The example says `cdk-ml-patterns`; everything else it finds in the repository's own node_modules, further up.
  fs.mkdirSync(path.join(app, 'node_modules'));
  fs.symlinkSync(ROOT, path.join(app, 'node_modules', 'cdk-ml-patterns'), 'junction');
  runTool('typescript:tsc', ['-p', app], { log });

  const { app: command, context = {} } = JSON.parse(fs.readFileSync(path.join(app, 'cdk.json'), 'utf8'));
  const asked = { ...context, 'cdk-ml-patterns:complianceReport': true };
  const env = { CDK_OUTDIR: cdkOut, CDK_CONTEXT_JSON: JSON.stringify(asked) };
  run(process.execPath, [command.replace(/^node /, '')], { cwd: app, env, log });
}

module.exports = { synthesise };
