'use strict';
const { available, capture } = require('./exec');

/** So that no scanner looks for an account, a region, updates or a server of its maker. */
const QUIET = {
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  CHECKOV_RUN_SCA_PACKAGE_SCAN_V2: 'false',
  ENABLE_SCA_FOR_CLOUDFORMATION: 'false',
  LOG_LEVEL: 'ERROR',
  NO_COLOR: '1',
  PYTHONWARNINGS: 'ignore',
};

let isolating;

/** Whether programs can be started without any network. */
function canIsolate() {
  return isolating ??= available('unshare', ['--user', '--map-root-user', '--net', 'true']);
}

/** Runs a program and returns what it writes, without a network where the system can take it away. */
function captureOffline(command, args, options) {
  const env = { ...QUIET, ...options.env };
  return canIsolate()
    ? capture('unshare', ['--user', '--map-root-user', '--net', command, ...args], { ...options, env })
    : capture(command, args, { ...options, env });
}

module.exports = { canIsolate, captureOffline };
