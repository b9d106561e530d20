'use strict';
const path = require('node:path');
const { captureOffline } = require('../lib/offline');
const { PYTHON, pythonTools } = require('../lib/tools');

/** The two that judge statements of IAM, as libraries of one program. */
const policyScanner = name => ({
  name,
  scan: (files, log) => {
    const bin = pythonTools('scanners', log);
    return JSON.parse(captureOffline(path.join(bin, 'python'), [path.join(PYTHON, 'policies.py'), name, ...files], { log }));
  },
});

module.exports = [policyScanner('cloudsplaining'), policyScanner('parliament')];
