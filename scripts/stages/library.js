'use strict';
const path = require('node:path');
const { compile } = require('../lib/compiled');
const { run, runTool } = require('../lib/exec');
const { mustNotChange } = require('../lib/files');

module.exports = [
  { name: 'compile', run: compile },
  {
    name: 'import',
    needs: ['compile'],
    run: log => ['import.cjs', 'import.mjs'].forEach(program => run(process.execPath, [path.join('test', 'api', program)], { log })),
  },
  { name: 'api-lint', needs: ['compile'], run: log => run(process.execPath, ['scripts/apilint.js'], { log }) },
  { name: 'api-docs', needs: ['compile'], run: log => mustNotChange(() => runTool('jsii-docgen', ['-o', 'API.md'], { log })) },
  { name: 'unit', run: log => runTool('jest', ['--ci'], { log }) },
];
