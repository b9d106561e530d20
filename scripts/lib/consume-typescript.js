'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, runTool } = require('./exec');
const { theFile } = require('./files');

/** Installs the tarball beside the wanted aws-cdk-lib, compiles and runs. */
function synth(dir, { versions, env, log }) {
  const file = path.join(dir, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  Object.assign(manifest.dependencies, {
    'aws-cdk-lib': versions.cdk,
    'constructs': versions.constructs,
    'cdk-ml-patterns': `file:${theFile(path.join(ROOT, 'dist', 'js'), '.tgz')}`,
  });
  delete manifest.devDependencies['aws-cdk']; // the app is run without the CLI
  fs.writeFileSync(file, JSON.stringify(manifest, undefined, 2));

  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: dir, log });
  runTool('typescript:tsc', ['-p', dir], { cwd: dir, log });
  run(process.execPath, ['out/app.js'], { cwd: dir, env, log });
}

/** Of all files. */
const SUMMARY = /^# tests 4\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0$/m;

/** What runs the unit tests of the app, once it has been installed, and says that all but one have passed. */
function tests() {
  return { command: process.execPath, args: ['--test', '--test-reporter=tap', 'out/findings.js'], outcome: [SUMMARY, /^\s*not ok \d+ - a finding, which fails$/m] };
}

module.exports = { synth, tests };
