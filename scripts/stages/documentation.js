'use strict';
const { runTool } = require('../lib/exec');
const { compileSnippets } = require('../lib/snippets');

module.exports = [
  {
    name: 'examples-in-docs',
    needs: ['compile'],
    run: log => {
      runTool('jsii-rosetta', ['extract', '--strict', '.'], { log });
      return `${compileSnippets(log)} more in docs/`;
    },
  },
];
