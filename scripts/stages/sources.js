'use strict';
const { runTool } = require('../lib/exec');
const { mustNotChange } = require('../lib/files');

module.exports = [
  { name: 'generated', run: log => mustNotChange(() => runTool('projen', ['default'], { log })) },
  {
    name: 'lint',
    run: log => {
      runTool('projen', ['eslint'], { log });
      runTool('typescript:tsc', ['--noEmit', '-p', 'tsconfig.dev.json'], { log });
    },
  },
];
