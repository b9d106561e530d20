'use strict';
const path = require('node:path');
const { ROOT, run } = require('./exec');

const MODULE = 'github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns';
const GO = { GOFLAGS: '-mod=mod' };

/** Replaces the module by the packed one, builds and runs. */
function synth(dir, { versions, env, log }) {
  const go = (...args) => run('go', args, { cwd: dir, env: GO, log });
  go('mod', 'edit',
    `-require=github.com/aws/aws-cdk-go/awscdk/v2@v${versions.cdk}`,
    `-require=github.com/aws/constructs-go/constructs/v10@v${versions.constructs}`,
    `-require=github.com/aws/jsii-runtime-go@v${versions.jsii}`,
    `-replace=${MODULE}=${path.join(ROOT, 'dist', 'go', 'cdkmlpatterns')}`);
  go('mod', 'tidy');
  go('build', '-o', 'app', '.');
  run(path.join(dir, 'app'), [], { cwd: dir, env, log });
}

/** The only test that has failed, whatever comes before and after. */
const FAILED = /(?<![\s\S])(?:(?!^--- FAIL: )[\s\S])*^--- FAIL: TestFindingWhichFails (?:(?!^--- FAIL: )[\s\S])*(?![\s\S])/m;

/** What runs the unit tests of the app, once it has been built, and says that all but one have passed. */
function tests() {
  return { command: 'go', args: ['test', '-v', '-count=1', '.'], env: GO, outcome: [FAILED, /(?:^--- PASS: [\s\S]*){3}/m] };
}

module.exports = { synth, tests };
