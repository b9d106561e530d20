'use strict';
const { run, runTool } = require('../lib/exec');
const { mustNotChange } = require('../lib/files');

/** Checks what GitHub would tell only after a push. */
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

module.exports = [
  { name: 'generated', run: log => mustNotChange(() => runTool('projen', ['default'], { log })) },
  { name: 'workflows', tools: ['go'], run: log => run('go', ['run', ACTIONLINT], { log }) },
  {
    name: 'lint',
    run: log => {
      runTool('projen', ['eslint'], { log });
      runTool('typescript:tsc', ['--noEmit', '-p', 'tsconfig.dev.json'], { log });
    },
  },
];
