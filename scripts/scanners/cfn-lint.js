'use strict';
const path = require('node:path');
const { captureOffline } = require('../lib/offline');
const { pythonTools } = require('../lib/tools');

/** The templates name no Region, so they must hold in an old and in a newer one. */
const REGIONS = ['us-east-1', 'eu-central-1'];
const LEVELS = { Error: 'error', Warning: 'warning' };

exports.name = 'cfn-lint';

exports.scan = (files, log) => {
  const bin = pythonTools('scanners', log);
  const args = ['--format', 'json', '--regions', ...REGIONS, '--non-zero-exit-code', 'none', '--', ...files];
  return JSON.parse(captureOffline(path.join(bin, 'cfn-lint'), args, { log })).map(match => ({
    level: LEVELS[match.Level],
    file: match.Filename,
    resource: match.Location.Path?.[0] === 'Resources' ? match.Location.Path[1] : '',
    rule: match.Rule.Id,
    text: match.Message,
  }));
};
