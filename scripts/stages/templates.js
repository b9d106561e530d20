'use strict';
// Judges what the examples synthesise: by linters and scanners that know nothing of this library, and by deploying it on an emulator.
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, capture } = require('../lib/exec');
const { listed, missed, readWaivers, waive } = require('../lib/findings');
const { canIsolate } = require('../lib/offline');
const { assemblies, templates } = require('../lib/templates');
const { PYTHON, pythonTools } = require('../lib/tools');
const cfnLint = require('../scanners/cfn-lint');
const checkov = require('../scanners/checkov');
const cfnGuard = require('../scanners/cfn-guard');
const policyScanners = require('../scanners/policies');

const WAIVERS = path.join(ROOT, 'scripts', 'scanners', 'waivers.json');
const BAD = path.join(ROOT, 'test', 'scanners', 'bad.template.json');
const SILENCING = ['cfn-lint', 'checkov', 'guard'];
const EXPECTED = JSON.parse(fs.readFileSync(path.join(ROOT, 'test', 'scanners', 'expected.json'), 'utf8'));

/** What one scanner finds in the templates; it must also see what is wrong with the template that is known to be bad. */
function scan(scanner, judged, log) {
  const raw = scanner.scan([...judged.map(t => t.file), BAD], log).map(finding => ({ ...finding, scanner: scanner.name }));
  const about = file => raw.filter(finding => path.resolve(finding.file) === file);
  const blind = missed(about(BAD), EXPECTED[scanner.name].map(rule => `${scanner.name}:${rule}`));
  if (blind.length > 0) { throw new Error(`${path.relative(ROOT, BAD)} is wrong, but nothing was reported by ${blind.join(', ')}`); }
  return judged.flatMap(({ name, file }) => about(file).map(finding => ({ ...finding, template: name })));
}

/** Scanners can be told within a template to look away; excuses stand in one file only. */
function mustNotSilence({ name, file }) {
  const { Metadata, Resources } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const silencing = [Metadata, ...Object.values(Resources).map(r => r.Metadata)].flatMap(metadata => Object.keys(metadata ?? {})).filter(key => SILENCING.includes(key));
  if (silencing.length > 0) { throw new Error(`${name} holds instructions for scanners: ${silencing.join(', ')}`); }
}

function judge(scanners, log) {
  const judged = templates();
  judged.forEach(mustNotSilence);
  const found = scanners.flatMap(scanner => scan(scanner, judged, log));
  const names = scanners.map(scanner => scanner.name);
  const waivers = readWaivers(WAIVERS).map(waiver => ({ ...waiver, rules: waiver.rules.filter(rule => names.includes(rule.split(':')[0])) }));
  const { standing, waived, unused } = waive(found, waivers);
  fs.appendFileSync(log, `${listed(standing)}\n`);
  const errors = standing.filter(finding => finding.level === 'error');
  const problems = [
    ...errors.length > 0 ? [`errors in templates: ${errors.length}`] : [],
    ...unused.map(waiver => `the waiver of ${waiver} excuses nothing`),
  ];
  if (problems.length > 0) { throw new Error(problems.join(', ')); }
  return `${names.join(', ')}: ${judged.length} templates without errors, ${standing.length} warnings, ${waived.length} waived${canIsolate() ? ', offline' : ''}`;
}

/** Deploys every example that has an endpoint on moto, reads it back, updates and deletes it. */
function emulate(log) {
  const apps = assemblies();
  const bin = pythonTools('emulator', log);
  const results = JSON.parse(capture(path.join(bin, 'python'), [path.join(PYTHON, 'deploy.py'), ...apps.map(({ dir }) => dir)], { log }));
  const problems = results.flatMap(({ problems: found }, i) => found.map(problem => `${apps[i].app}: ${problem}`));
  if (problems.length > 0) {
    fs.appendFileSync(log, `${problems.join('\n')}\n`);
    throw new Error(`differences between templates and what was deployed: ${problems.length}`);
  }
  const deployed = apps.filter((_, i) => results[i].stacks.length > 0);
  if (deployed.length === 0) { throw new Error('no example holds an endpoint'); }
  const all = kind => [...new Set(results.flatMap(result => Object.keys(result[kind])))].map(name => name.replace('AWS::', '')).sort().join(' ');
  return [
    `${deployed.map(({ app }) => app).join(', ')} deployed, read back, updated and deleted`,
    `moto made ${all('created')}`,
    `ignored ${all('ignored')}`,
    `dropped ${all('dropped')}`,
  ].join('; ');
}

const NEEDS = ['consume-typescript', 'consume-typescript-newest'];

module.exports = [
  { name: 'cfn-lint', needs: NEEDS, tools: ['python'], run: log => judge([cfnLint], log) },
  { name: 'scanners', needs: NEEDS, tools: ['python'], run: log => judge([checkov, cfnGuard, ...policyScanners], log) },
  { name: 'emulator', needs: NEEDS, tools: ['python'], run: emulate },
];
