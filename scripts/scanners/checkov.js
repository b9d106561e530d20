'use strict';
const path = require('node:path');
const { captureOffline } = require('../lib/offline');
const { pythonTools } = require('../lib/tools');

const FLAGS = ['--framework', 'cloudformation', '--output', 'json', '--compact', '--skip-download', '--skip-results-upload', '--soft-fail'];

exports.name = 'checkov';

/** The open edition has no severities: whatever fails is an error. */
exports.scan = (files, log) => {
  const bin = pythonTools('checkov', log);
  const output = captureOffline(path.join(bin, 'checkov'), [...FLAGS, ...files.flatMap(file => ['--file', file])], { log });
  return [JSON.parse(output)].flat().flatMap(({ results }) => [
    ...results.failed_checks.map(check => ({
      level: 'error',
      file: check.file_abs_path,
      resource: check.resource.split('.').pop(),
      rule: check.check_id,
      text: check.check_name,
    })),
    ...results.parsing_errors.map(file => ({ level: 'error', file, resource: '', rule: 'PARSE', text: 'checkov cannot read the template' })),
  ]);
};
