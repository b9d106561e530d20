'use strict';
// The proactive controls of AWS Control Tower, with the program that comes beside them.
const fs = require('node:fs');
const path = require('node:path');
const { filesBelow } = require('../lib/files');
const { captureOffline } = require('../lib/offline');
const { npmPackage } = require('../lib/tools');

const VERSION = '0.0.62';
const SYSTEMS = { linux: 'ubuntu', darwin: 'macos' };
const CHIPS = { x64: 'x86_64', arm64: 'aarch64' };
const VIOLATIONS = 19; // how it ends when it has found something

exports.name = 'cfn-guard';

exports.scan = (files, log) => {
  const dir = npmPackage('@cdklabs/cdk-validator-cfnguard', VERSION, log);
  const system = [SYSTEMS[process.platform], CHIPS[process.arch]];
  if (system.includes(undefined)) { throw new Error(`there is no cfn-guard for ${process.platform} on ${process.arch}`); }
  const program = path.join(dir, 'bin', ...system, 'cfn-guard');
  const rules = path.join(dir, 'rules', 'control-tower', 'cfn-guard');
  const args = ['validate', '--structured', '--output-format', 'json', '--show-summary', 'none', '--rules', rules, '--data', ...files];
  const controls = controlsOf(rules);
  return JSON.parse(captureOffline(program, args, { log, ok: [0, VIOLATIONS] })).flatMap(report => report.not_compliant.flatMap(({ Rule }) =>
    resourcesIn(Rule).map(resource => ({
      level: 'error',
      file: files.find(file => file === report.name || file.endsWith(path.sep + report.name)),
      resource,
      rule: controls.get(Rule.name)?.id ?? Rule.name,
      text: controls.get(Rule.name)?.text ?? Rule.name,
    }))));
};

/** Number and text of each control, by the name of its rule. */
function controlsOf(rules) {
  return new Map(filesBelow(rules).filter(file => file.endsWith('.guard')).flatMap(file => {
    const source = fs.readFileSync(path.join(rules, file), 'utf8');
    const [, id, text] = /\[(CT\.[A-Z0-9.]+)\]: (.+)/.exec(source) ?? [];
    return [...source.matchAll(/^rule (\w+)/gm)].map(([, name]) => [name, { id, text }]);
  }));
}

function resourcesIn(rule) {
  const ids = new Set([...JSON.stringify(rule).matchAll(/\/Resources\/([A-Za-z0-9]+)/g)].map(([, id]) => id));
  return ids.size > 0 ? [...ids].sort() : [''];
}
