'use strict';
const path = require('node:path');
const { ROOT, run } = require('../lib/exec');
const { pythonTools } = require('../lib/tools');

module.exports = [
  {
    name: 'image-build-handler',
    tools: ['python'],
    run: log => {
      const python = path.join(pythonTools('emulator', log), 'python'); // for boto3
      const tests = path.join(ROOT, 'test', 'containers', 'image-build');
      run(python, ['-B', '-W', 'error::SyntaxWarning', '-m', 'unittest', 'discover', '-s', tests, '-p', '*_test.py'], { log });
    },
  },
];
