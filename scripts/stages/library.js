'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, runTool } = require('../lib/exec');
const { mustNotChange } = require('../lib/files');

module.exports = [
  {
    name: 'compile',
    run: log => {
      fs.rmSync(path.join(ROOT, 'lib'), { recursive: true, force: true }); // what a removed source left behind would be published
      runTool('jsii', ['--fail-on-warnings'], { log });
      run(process.execPath, ['scripts/lazy-index.js'], { log });
    },
  },
  { name: 'import', needs: ['compile'], run: log => ['import.cjs', 'import.mjs'].map(program => run(process.execPath, [path.join('test', 'api', program)], { log })) && undefined },
  { name: 'api-lint', needs: ['compile'], run: log => run(process.execPath, ['scripts/apilint.js'], { log }) },
  { name: 'api-docs', needs: ['compile'], run: log => mustNotChange(() => runTool('jsii-docgen', ['-o', 'API.md'], { log })) },
  { name: 'unit', run: log => runTool('jest', ['--ci'], { log }) },
];
